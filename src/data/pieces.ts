/** Files as they are written: piece by piece, so that nothing holds the whole of one. */
import { joinBytes } from './bytes';

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The bytes of a file, in order. A piece holds until the next one is asked for, and whoever needs it longer copies it: it may be a view of
 * the vectors themselves, or of memory that the next piece fills. Nobody changes it.
 */
export type Pieces = Iterable<Bytes>;

/** Smaller ones cost more calls of the system than they save memory. */
export const pieceBytes = 1 << 20;
/** A larger part is handed out in several pieces, so that whoever copies one needs no more. */
const mostBytes = 4 << 20;

/** What is written in small parts and large ones, as pieces of about `pieceBytes`: small parts are copied together, large ones never. */
export function* gatherPieces(parts: Pieces): Generator<Bytes> {
  const gathered = new Uint8Array(pieceBytes);
  let length = 0;
  for (const part of parts) {
    if (length + part.length > pieceBytes && length > 0) {
      yield gathered.subarray(0, length);
      length = 0;
    }
    if (part.length < pieceBytes) {
      gathered.set(part, length);
      length += part.length;
    } else for (let at = 0; at < part.length; at += mostBytes) yield part.subarray(at, at + mostBytes);
  }
  if (length > 0) yield gathered.subarray(0, length);
}

/** All of them as one. */
export function joinPieces(pieces: Pieces): Bytes {
  return joinBytes(Array.from(pieces, (piece) => piece.slice()));
}

/** Whether this machine has the least byte of a number first, as nearly all files have it. */
export const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Numbers of 32 bits as files have them: a view, but on a machine that has their bytes the other way round. */
export function littleEndian({
  buffer,
  byteOffset,
  byteLength,
}: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Bytes {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  if (isLittleEndian) return bytes;
  const swapped = bytes.slice();
  for (let i = 0; i < swapped.length; i += 4) swapped.subarray(i, i + 4).reverse();
  return swapped;
}
