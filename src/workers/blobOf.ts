/** Files that a worker made, for the page to save. */
import type { Pieces } from '../data/pieces';

/** The bytes move, piece by piece, to where the browser keeps those of blobs, which may be a disk: the worker never holds all of them. */
export function blobOf(pieces: Pieces): Blob {
  return new Blob(Array.from(pieces, (piece) => new Blob([piece])));
}
