/** The checksum of zip, gzip and PNG. */

/** Bytes that are taken at once. */
const slices = 8;
/** `tables[256 * k + byte]`: what a byte makes of the checksum with `k` bytes of zeros behind it. */
const tables = new Int32Array(slices * 256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  tables[byte] = crc;
}
for (let i = 256; i < tables.length; i++) {
  const before = tables[i - 256]!;
  tables[i] = (before >>> 8) ^ tables[before & 255]!;
}

/**
 * CRC-32 (ISO 3309, RFC 1952) of what gave `crc`, 0 for nothing, and then `bytes`: a whole number from 0 to 2^32 - 1. Eight bytes at a time
 * (Kounavis and Berry, A systematic approach to building high performance software-based CRC generators, 2005).
 */
export function crc32(bytes: Uint8Array, crc = 0): number {
  const { length } = bytes;
  let state = ~crc;
  let at = 0;
  for (const stop = length - slices; at <= stop; at += slices) {
    const low = state ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    state =
      tables[1792 + (low & 255)]! ^
      tables[1536 + ((low >>> 8) & 255)]! ^
      tables[1280 + ((low >>> 16) & 255)]! ^
      tables[1024 + (low >>> 24)]! ^
      tables[768 + bytes[at + 4]!]! ^
      tables[512 + bytes[at + 5]!]! ^
      tables[256 + bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!;
  }
  for (; at < length; at++) state = (state >>> 8) ^ tables[(state ^ bytes[at]!) & 255]!;
  return ~state >>> 0;
}
