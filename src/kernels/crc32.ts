/** The checksum of zip and gzip (assembly/crc32.ts), with a memory of its own, typed. */
import { startKernel, type Started } from './start';
import bytes from './assembly/crc32.ts?kernel';

/** The kernel's function, as the file of assembly/ describes it. Addresses and lengths are in bytes. */
interface Exports {
  addBytes(bytes: number, length: number, tables: number, state: number): number;
}

/** Bytes that the kernel is given at once. */
const most = 1 << 16;
const tables = 16;

interface Kernel extends Started<Exports, 'bytes' | 'tables'> {
  readonly room: Uint8Array;
}

let kernel: Kernel | undefined;

/**
 * CRC-32 (ISO 3309, RFC 1952) of what gave `crc`, 0 for nothing, and then `bytes`: a whole number from 0 to 2^32 - 1.
 */
export function crc32(bytes: Uint8Array, crc = 0): number {
  kernel ??= createKernel();
  const { run, at, room } = kernel;
  let state = ~crc;
  for (let from = 0; from < bytes.length; from += most) {
    const part = bytes.subarray(from, from + most);
    room.set(part);
    state = run.addBytes(at.bytes, part.length, at.tables, state);
  }
  return ~state >>> 0;
}

function createKernel(): Kernel {
  const started = startKernel<Exports, 'bytes' | 'tables'>(bytes, { bytes: most, tables: tables * 256 * 4 });
  const { buffer, at } = started;
  const table = new Int32Array(buffer, at.tables, tables * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  for (let i = 256; i < table.length; i++) {
    const before = table[i - 256]!;
    table[i] = (before >>> 8) ^ table[before & 255]!;
  }
  return { ...started, room: new Uint8Array(buffer, at.bytes, most) };
}
