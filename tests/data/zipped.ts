/** Archives of files in memory. */
import { joinPieces, type Bytes } from '../../src/data/pieces';
import { writeZip, type ZipEntry } from '../../src/data/zipWrite';

export interface ZippedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly effort: ZipEntry['effort'];
}

export function zipOf(files: readonly ZippedFile[]): Bytes {
  const entries = files.map(({ name, bytes, effort }) => ({ name, pieces: () => [new Uint8Array(bytes)], effort }));
  return joinPieces(writeZip(entries));
}
