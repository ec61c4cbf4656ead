/** A file of the page as a reader in a worker takes it: bytes come when they are wanted. */
import type { RangedBytes } from './bytes';
import type { NamedPieces } from './namedFiles';

/** Throws when it is read and is not there any more, or was changed. */
export function piecesOf(file: File): NamedPieces {
  const { subarray: range } = rangesOf(file);
  return {
    name: file.name,
    size: file.size,
    pieces: () => read(file.stream()),
    range,
    whole: async () => new Uint8Array(await file.arrayBuffer()),
  };
}

/** Throws as `piecesOf` does. */
export function rangesOf(blob: Blob): RangedBytes {
  const reader = new FileReaderSync();
  return {
    length: blob.size,
    subarray: (begin, end) => new Uint8Array(reader.readAsArrayBuffer(blob.slice(begin, end))),
  };
}

/** Not every browser walks through a stream by itself. */
async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}
