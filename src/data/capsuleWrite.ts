/** Capsules as files: `capsule.ts` says what is in one. Apart from it, because reading takes libraries that are loaded when a file is opened. */
import type { Dataset, Matrix, Positions } from '../types';
import { writeNpyNumbers } from './npy';
import { writeParquet } from './parquetWrite';
import { writeSpaceFields } from './spaceFields';
import { encodeLines } from './text';
import { writeZip, type ZipEntry } from './zip';

export const capsuleFormat = 'constela-capsule';
/** Raised by what an older Constela would read wrongly; files that it may ignore do not raise it. */
export const capsuleVersion = 1;

export function writeCapsule(dataset: Dataset): Uint8Array<ArrayBuffer> {
  const { items, vectors, positions, space, settings } = dataset;
  const manifest = {
    format: capsuleFormat,
    version: capsuleVersion,
    rows: items.length,
    ...(space && { space: writeSpaceFields(space) }),
  };
  const json = (name: string, value: object): ZipEntry => ({
    name,
    bytes: encodeLines([JSON.stringify(value, null, 2)]),
    effort: 6,
  });
  const numbers = (name: string, { data, rows, dim }: Matrix | Positions): ZipEntry => ({
    name,
    bytes: writeNpyNumbers(data, [rows, dim]),
    effort: 0,
  });
  return writeZip([
    json('manifest.json', manifest),
    { name: 'items.parquet', bytes: writeParquet({ items }, { vectors: false }), effort: 0 },
    ...(vectors ? [numbers('vectors.npy', vectors)] : []),
    ...(positions ? [numbers('positions.npy', positions)] : []),
    ...(settings ? [json('settings.json', settings)] : []),
  ]);
}
