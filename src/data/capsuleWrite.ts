/** Capsules as files: `capsule.ts` says what is in one. Apart from it, because reading takes libraries that are loaded when a file is opened. */
import type { Dataset } from '../types';
import { encodeLines } from './encodeLines';
import { numberEntry } from './npzWrite';
import { writeParquet } from './parquetWrite';
import type { Pieces } from './pieces';
import { writeSpaceFields } from './spaceFields';
import { writeZip, type ZipEntry } from './zipWrite';

export const capsuleFormat = 'constela-capsule';
/** Raised by what an older Constela would read wrongly; files that it may ignore do not raise it. */
export const capsuleVersion = 1;

export function writeCapsule(dataset: Dataset): Pieces {
  const { items, vectors, positions, space, settings } = dataset;
  const manifest = {
    format: capsuleFormat,
    version: capsuleVersion,
    rows: items.length,
    ...(space && { space: writeSpaceFields(space) }),
  };
  const json = (name: string, value: object): ZipEntry => ({
    name,
    pieces: () => encodeLines([JSON.stringify(value, null, 2)]),
    effort: 6,
  });
  const table = writeParquet({ items }, { vectors: false });
  return writeZip([
    json('manifest.json', manifest),
    { name: 'items.parquet', pieces: () => table, effort: 0 },
    ...(vectors ? [numberEntry('vectors', vectors)] : []),
    ...(positions ? [numberEntry('positions', positions)] : []),
    ...(settings ? [json('settings.json', settings)] : []),
  ]);
}
