/** LZ4 frames, in which Arrow's own writers compress (LZ4 frame format 1.6.2, LZ4 block format; Yann Collet). */
import { viewOf } from './bytes';

const magic = 0x184d2204;

/** The `size` bytes that a frame packs. Throws an Error where it is none, damaged, or of another size. */
export function decompressLz4Frame(frame: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const view = viewOf(frame);
  if (frame.length < 7 || view.getUint32(0, true) !== magic) throw new Error('no LZ4 frame');
  const flags = frame[4]!;
  const hasBlockSums = (flags & 0x10) !== 0;
  // Magic, flags, block size, and a byte of checksum; before it the content's size and a dictionary's id, where they are said.
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  const out = new Uint8Array(size);
  let written = 0;
  for (;;) {
    const length = view.getUint32(at, true);
    at += 4;
    if (length === 0) break;
    const block = frame.subarray(at, at + (length & 0x7fffffff));
    if (length & 0x80000000) {
      out.set(block, written);
      written += block.length;
    } else {
      written = decompressBlock(block, out, written);
    }
    at += block.length + (hasBlockSums ? 4 : 0);
  }
  if (written !== size) throw new Error(`an LZ4 frame of ${written} bytes, not ${size}`);
  return out;
}

/** Writes what `block` packs at `start` of `out`, which holds what its matches may refer to; returns where it ends. */
function decompressBlock(block: Uint8Array, out: Uint8Array, start: number): number {
  let at = 0;
  let to = start;
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    if (nibble === 15) {
      let byte;
      do {
        byte = block[at++] ?? 0;
        length += byte;
      } while (byte === 255);
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = lengthFrom(token >> 4);
    if (to + literals > out.length || at + literals > block.length) throw new Error('an LZ4 block that overflows');
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    // The last sequence has no match.
    if (at >= block.length) break;
    const offset = block[at]! | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const length = lengthFrom(token & 15) + 4;
    if (offset === 0 || offset > to || to + length > out.length) throw new Error('an LZ4 match out of range');
    // Byte by byte: a match may overlap what it writes.
    for (let i = 0; i < length; i++, to++) out[to] = out[to - offset]!;
  }
  return to;
}
