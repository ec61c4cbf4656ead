/** The checksum of zip and gzip: compiled by scripts/vite/kernels.ts, typed by ../crc32.ts. */

/** Bytes that are taken at once, and of one's table in them. */
const slices: usize = 16;
const tableBytes: usize = 1024;

/**
 * The state of CRC-32 after `length` more bytes, from `state`; both are inverted. Sliced by 16 (Kounavis and Berry, A systematic approach to
 * building high performance software-based CRC generators, 2005).
 * @param tables 16 x 256 of uint32: what a byte makes of the state with as many bytes of zeros behind it as the table's number
 */
export function addBytes(bytes: usize, length: usize, tables: usize, state: u32): u32 {
  const end = bytes + length;
  const last = bytes + (length & ~(slices - 1));
  for (; bytes < last; bytes += slices) {
    const high =
      ofWord(load<u32>(bytes) ^ state, tables + 12 * tableBytes) ^ ofWord(load<u32>(bytes, 4), tables + 8 * tableBytes);
    state = high ^ ofWord(load<u32>(bytes, 8), tables + 4 * tableBytes) ^ ofWord(load<u32>(bytes, 12), tables);
  }
  for (; bytes < end; bytes++) state = (state >>> 8) ^ entry(tables, (state ^ load<u8>(bytes)) & 255);
  return state;
}

/** What four bytes make of the state: the first has the most behind it. */
function ofWord(word: u32, tables: usize): u32 {
  return (
    entry(tables + 3 * tableBytes, word & 255) ^
    entry(tables + 2 * tableBytes, (word >>> 8) & 255) ^
    entry(tables + tableBytes, (word >>> 16) & 255) ^
    entry(tables, word >>> 24)
  );
}

function entry(table: usize, byte: u32): u32 {
  return load<u32>(table + <usize>(byte << 2));
}
