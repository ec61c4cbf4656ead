/** Files that are small and unpack to fill the memory. */

/** Beyond so many bytes a file that shrank more than so many times is no data: texts shrink 3 to 10 times. */
const suspicious = { bytes: 100_000_000, times: 200 };

/** The bytes that `packed` bytes may unpack to, where they are known to unpack to `unpacked`; `limit` at most. */
export function mostUnpacked(unpacked: number, packed: number, limit: number): number {
  return unpacked > suspicious.bytes ? Math.min(limit, Math.max(suspicious.bytes, packed * suspicious.times)) : limit;
}
