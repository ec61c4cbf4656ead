/** Files as readers meet them: by name, and whole, as their bytes come, or those bytes that are asked for. */
import type { RangedBytes } from './bytes';
import { inner } from './endings';
import { gunzip, gunzipPieces } from './gzip';
import type { ReadingHooks } from './reader';
import { ReadingProgress } from './readingProgress';

/** A file by its name and bytes. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file that is read as its bytes come, where its format allows. */
export interface NamedPieces {
  readonly name: string;
  /** In bytes, of all pieces. */
  readonly size: number;
  /** The bytes from the beginning, each time anew. */
  pieces(): AsyncIterable<Uint8Array>;
  /** The bytes from `begin` to `end`, fewer where it ends before. */
  range(begin: number, end: number): Uint8Array;
  whole(): Promise<Uint8Array<ArrayBuffer>>;
}

export type NamedFile = NamedBytes | NamedPieces;

/** The bytes of a file, of gzip those within, as they come. Ended by the signal. */
export function unpackedPieces(file: NamedFile, hooks: ReadingHooks = {}): AsyncIterable<Uint8Array> {
  const pieces = watched(file, hooks);
  return inner(file.name) === file.name ? pieces : gunzipPieces(file.name, pieces, sizeOf(file));
}

/** The same bytes as a whole. */
export async function unpackedWhole(file: NamedFile, { signal }: ReadingHooks = {}): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = 'bytes' in file ? file.bytes : await file.whole();
  signal?.throwIfAborted();
  return inner(file.name) === file.name ? bytes : gunzip(file.name, bytes);
}

/** The same bytes for a reader that asks for those that it needs. Gzip has to be unpacked for it as a whole. */
export async function unpackedRanges(file: NamedFile, hooks: ReadingHooks = {}): Promise<RangedBytes> {
  if ('bytes' in file || inner(file.name) !== file.name) return unpackedWhole(file, hooks);
  const progress = new ReadingProgress(hooks.onProgress, file.size);
  return {
    length: file.size,
    subarray: (begin, end) => {
      hooks.signal?.throwIfAborted();
      const bytes = file.range(begin, end);
      progress.add(bytes.length);
      return bytes;
    },
  };
}

/** The pieces of a file, with how far they are; ended by the signal. */
async function* watched(file: NamedFile, { onProgress, signal }: ReadingHooks): AsyncGenerator<Uint8Array> {
  const progress = new ReadingProgress(onProgress, sizeOf(file));
  for await (const piece of 'bytes' in file ? [file.bytes] : file.pieces()) {
    signal?.throwIfAborted();
    yield piece;
    progress.add(piece.length);
  }
}

function sizeOf(file: NamedFile): number {
  return 'bytes' in file ? file.bytes.length : file.size;
}
