/** Dataset -> a file of any format that can be written. A new format is a line in `writers`, or in `loaders` if it comes with a library. */
import { InputError } from '../errors';
import type { Dataset, ExportFormat, ExportOptions } from '../types';
import { writeDelimited } from './delimited';
import { writeGlb } from './glb';
import { writeJson } from './json';
import { writeJsonl } from './jsonl';
import { writeWordVectors, writeWordVectorsBinary } from './wordVectors';
import { writeNpz } from './npz';
import { writePly } from './ply';
import { writeProjector } from './projector';

/** Formats that need no library. */
export type PlainFormat = Exclude<ExportFormat, 'parquet' | 'arrow' | 'capsule' | 'html'>;

const endings: Readonly<Record<ExportFormat, string>> = {
  csv: '.csv',
  tsv: '.tsv',
  json: '.json',
  jsonl: '.jsonl',
  npz: '.npz',
  parquet: '.parquet',
  arrow: '.arrow',
  capsule: '.constela',
  vec: '.vec',
  bin: '.bin',
  projector: '.zip',
  glb: '.glb',
  ply: '.ply',
  html: '.html',
};

/** The endings of file names that can be written, each with its dot. */
export const exportEndings: readonly string[] = Object.values(endings);

type Writer = (dataset: Dataset, options: ExportOptions) => Uint8Array<ArrayBuffer>;

const writers: { readonly [F in PlainFormat]: Writer } = {
  csv: (dataset, options) => writeDelimited(dataset, ',', options),
  tsv: (dataset, options) => writeDelimited(dataset, '\t', options),
  json: writeJson,
  jsonl: writeJsonl,
  npz: writeNpz,
  vec: writeWordVectors,
  bin: writeWordVectorsBinary,
  projector: writeProjector,
  glb: writeGlb,
  ply: writePly,
};

/** Formats whose writers come with a library that is loaded when it is needed. */
const loaders: { readonly [F in Exclude<ExportFormat, PlainFormat>]: () => Promise<Writer> } = {
  parquet: async () => (await import('./parquetWrite')).writeParquet,
  arrow: async () => (await import('./arrowWrite')).writeArrow,
  capsule: async () => (await import('./capsuleWrite')).writeCapsule,
  html: async () => {
    const [{ writeWebPage }, viewer] = await Promise.all([import('./webPage'), import('../viewer/main.ts?standalone')]);
    return (dataset, options) => writeWebPage(dataset, options, viewer.default);
  },
};

/** Formats that carry the vectors always. */
export const alwaysWithVectors: readonly ExportFormat[] = ['npz', 'projector', 'vec', 'bin', 'capsule'];
/** Formats that carry them only when asked. */
const withOrWithout: readonly ExportFormat[] = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'arrow'];

/**
 * The bytes of an export; opened again, they give the dataset that was written (the formats' own limits are in `writeDelimited`,
 * `writeNpz`, `writeProjector` and `writeWordVectors`), but for `writeGlb`, `writePly` and `writeWebPage`, which are not read. NumPy, Projector and word2vec files
 * and capsules carry the vectors whatever `options.vectors` says. Rejects when there is no text, or vectors are wanted and there are none; with
 * a RangeError when vectors, positions or colours have another number of rows than items.
 */
export async function writeDataset(
  format: ExportFormat,
  dataset: Dataset,
  options: ExportOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  if (isPlain(format)) return writePlain(format, dataset, options);
  check(format, dataset, options);
  return (await loaders[format]())(dataset, options);
}

/** The same at once, in a format that needs no library. */
export function writePlain(format: PlainFormat, dataset: Dataset, options: ExportOptions): Uint8Array<ArrayBuffer> {
  check(format, dataset, options);
  return writers[format](dataset, options);
}

function isPlain(format: ExportFormat): format is PlainFormat {
  return format in writers;
}

function check(format: ExportFormat, { items, vectors, positions, colours }: Dataset, options: ExportOptions): void {
  if (items.length === 0) throw new InputError('exportEmpty');
  for (const { rows } of [vectors, positions].filter((part) => part !== undefined)) {
    if (rows !== items.length) throw new RangeError(`${rows} rows for ${items.length} items`);
  }
  if (colours && colours.length !== items.length * 3)
    throw new RangeError(`${colours.length} bytes of colour for ${items.length} items`);
  if (options.vectors && !vectors && withOrWithout.includes(format)) throw new InputError('exportNeedsVectors');
}

/** A file name for an export of the collection `name`: what could mean a folder or a device becomes a hyphen. */
export function exportFileName(format: ExportFormat, name = 'constela'): string {
  const safe = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N} _-]+/gu, '-');
  const trimmed = safe.replace(/^[ -]+|[ -]+$/g, '').slice(0, 80);
  return (trimmed || 'constela') + endings[format];
}

/** The format that a file name's ending asks for. Throws for an ending that cannot be written. */
export function exportFormatOf(fileName: string): ExportFormat {
  const formats = Object.keys(endings) as ExportFormat[];
  const format = formats.find((format) => fileName.toLowerCase().endsWith(endings[format]));
  if (!format) throw new InputError('exportEnding', { file: fileName, endings: exportEndings.join(' ') });
  return format;
}
