/** Packed arrays of NumPy: texts, whose bytes take several times what is made of them, are never there as a whole. */
import { joinBytes, viewOf } from './bytes';
import { type NpyArray, type NpyHeader, npyHeaderBytes, parseNpy, parseNpyHeader } from './npy';
import { NpyTexts } from './npyTexts';
import type { PackedFile } from './unpack';

/** No header of what is read here is longer, whatever it says. */
const mostOfHeader = 1 << 20;

/** What a packed array says of itself, by its first pieces. Throws as `parseNpyHeader` does, and as it is unpacked. */
export function readNpyHead(file: string, packed: PackedFile): NpyHeader {
  return parseNpyHeader(file, firstBytes(packed.pieces()), packed.bytes);
}

/** Reads a packed array, as `parseNpy` does. Throws as it does, and as it is unpacked. */
export function readNpy(file: string, packed: PackedFile): NpyArray {
  const pieces = packed.pieces();
  const head = firstBytes(pieces);
  const { kind, size, count, shape, fortran, little, start } = parseNpyHeader(file, head, packed.bytes);
  if (kind !== 'U' || (fortran && shape.length > 1)) return parseNpy(file, packed.unpack());
  const texts = new NpyTexts(file, size, little);
  const data: string[] = [];
  const take = (bytes: Uint8Array): Uint8Array => {
    const view = viewOf(bytes);
    let at = 0;
    for (; at + size <= bytes.length && data.length < count; at += size) data.push(texts.read(view, at));
    return bytes.subarray(at);
  };
  // Parts of a text that has not ended.
  let parts = [take(head.subarray(start))];
  let waiting = parts[0]!.length;
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    // The pieces are taken to their end all the same: it tells whether they are what was packed.
    if (data.length === count) continue;
    parts.push(next.value);
    waiting += next.value.length;
    if (waiting < size) continue;
    parts = [take(joinBytes(parts))];
    waiting = parts[0]!.length;
  }
  return { kind: 'texts', shape, data };
}

/** So many pieces that they hold the header, as one. */
function firstBytes(pieces: Iterator<Uint8Array>): Uint8Array {
  let head: Uint8Array = new Uint8Array(0);
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    head = joinBytes([head, next.value]);
    if (head.length >= Math.min(mostOfHeader, npyHeaderBytes(head))) break;
  }
  return head;
}
