/** Gzip files (RFC 1952) in memory. */
import { Gunzip } from 'fflate';
import { InputError } from '../errors';

/** More than this, unpacked, is refused. */
const mostBytes = 2_000_000_000;
/** Beyond so many bytes a file that shrank more than so many times is no data, but meant to fill the memory: texts shrink 3 to 10 times. */
const suspicious = { bytes: 100_000_000, times: 200 };
/** Packed bytes that are looked at in one go, so that a file is refused before all of it is unpacked. */
const step = 1 << 16;

export function looksLikeGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The bytes that `bytes` packs. Throws when they are damaged, cut short, or more than 2 GB. */
export function gunzip(file: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Gunzip((part, final) => {
    parts.push(part);
    size += part.length;
    ended ||= final;
  });
  try {
    for (let at = 0; at < bytes.length; at += step) {
      stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
      const limit = size > suspicious.bytes ? Math.min(mostBytes, bytes.length * suspicious.times) : mostBytes;
      if (size > limit) throw new InputError('gzipTooLarge', { file, packed: bytes.length, bytes: size, limit });
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('gzipDamaged', { file, reason: error instanceof Error ? error.message : String(error) });
  }
  if (!ended) throw new InputError('gzipDamaged', { file, reason: 'it ends too early' });
  return joined(parts, size);
}

/**
 * The first bytes, `most` at least where there are so many, of what a gzip file packs that begins with `bytes`; and how many of these
 * were looked at for them.
 */
export function gunzipBeginning(
  bytes: Uint8Array,
  most: number,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly packed: number } {
  const parts: Uint8Array[] = [];
  let size = 0;
  let packed = 0;
  const stream = new Gunzip((part) => {
    parts.push(part);
    size += part.length;
  });
  while (packed < bytes.length && size < most) {
    stream.push(bytes.subarray(packed, packed + step));
    packed = Math.min(packed + step, bytes.length);
  }
  return { bytes: joined(parts, size), packed };
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
