/** Writing zip archives, in memory; `unpack.ts` reads them. */
import { type Zippable, zipSync } from 'fflate';

/** A file to put in an archive. `effort`: 0 stores (float32 hardly shrinks), 1 deflates fast (long files), 6 well. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly effort: 0 | 1 | 6;
}

/** An archive of `entries`. The same entries give the same bytes: all are dated 1 January 1980, the earliest that zip knows. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const mtime = new Date(1980, 0, 1);
  const files: Zippable = {};
  for (const { name, bytes, effort } of entries) files[name] = [bytes, { level: effort, mtime }];
  return zipSync(files);
}
