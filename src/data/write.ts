/** Dataset -> a file of any format that can be written. A new format is a line in `writers`, or in `loaders` if it comes with a library. */
import { InputError } from '../errors';
import { withColumns, withOrWithoutVectors } from '../exportFormats';
import type { Dataset, ExportFormat, ExportOptions } from '../types';
import { writeDelimited } from './delimited';
import { writeGexf } from './gexf';
import { writeGraphml } from './graphml';
import { writeGlb } from './glb';
import { writeJson } from './jsonWrite';
import { writeJsonl } from './jsonlWrite';
import { writeNeighboursCsv, writeNeighboursJson } from './neighbourLists';
import { writeMatrix } from './npyWrite';
import { writeNpz } from './npzWrite';
import { pickColumns } from './pickColumns';
import { gatherPieces, type Pieces } from './pieces';
import { writePly } from './ply';
import { writeProjector } from './projectorWrite';
import { writeWordVectors, writeWordVectorsBinary } from './wordVectorsWrite';

/** Formats that need no library. */
export type PlainFormat = Exclude<ExportFormat, 'parquet' | 'arrow' | 'capsule' | 'html'>;

const endings: Readonly<Record<ExportFormat, string>> = {
  csv: '.csv',
  tsv: '.tsv',
  json: '.json',
  jsonl: '.jsonl',
  npz: '.npz',
  npy: '.npy',
  parquet: '.parquet',
  arrow: '.arrow',
  capsule: '.constela',
  vec: '.vec',
  bin: '.bin',
  projector: '.zip',
  graphml: '.graphml',
  gexf: '.gexf',
  neighboursCsv: '.neighbours.csv',
  neighboursJson: '.neighbours.json',
  glb: '.glb',
  ply: '.ply',
  html: '.html',
};

/** The endings of file names that can be written, each with its dot. */
export const exportEndings: readonly string[] = Object.values(endings);

/** The endings of these formats, in one line. */
export function formatEndings(formats: readonly ExportFormat[]): string {
  return formats.map((format) => endings[format]).join(' ');
}

/** Its pieces may be of any size. */
type Writer = (dataset: Dataset, options: ExportOptions) => Pieces;

const writers: { readonly [F in PlainFormat]: Writer } = {
  csv: (dataset, options) => writeDelimited(dataset, ',', options),
  tsv: (dataset, options) => writeDelimited(dataset, '\t', options),
  json: writeJson,
  jsonl: writeJsonl,
  npz: writeNpz,
  npy: writeMatrix,
  vec: writeWordVectors,
  bin: writeWordVectorsBinary,
  projector: writeProjector,
  graphml: writeGraphml,
  gexf: writeGexf,
  neighboursCsv: writeNeighboursCsv,
  neighboursJson: writeNeighboursJson,
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

/**
 * The bytes of an export, which are made as they are asked for; opened again, they give the dataset that was written (the formats' own limits are in `writeDelimited`,
 * `writeNpz`, `writeProjector` and `writeWordVectors`), but for points, pages, graphs and lists of neighbours, which are not read. NumPy, Projector and word2vec files
 * and capsules carry the vectors whatever `options.vectors` says. Rejects when there is no text, or vectors are wanted and there are none; with
 * a RangeError when vectors, positions, neighbours or colours have another number of rows than items. What a format demands besides, its pieces
 * may throw.
 */
export async function writeDataset(format: ExportFormat, dataset: Dataset, options: ExportOptions): Promise<Pieces> {
  if (isPlain(format)) return writePlain(format, dataset, options);
  check(format, dataset, options);
  return gatherPieces((await loaders[format]())(picked(format, dataset, options), options));
}

/** The same at once, in a format that needs no library. */
export function writePlain(format: PlainFormat, dataset: Dataset, options: ExportOptions): Pieces {
  check(format, dataset, options);
  return gatherPieces(writers[format](picked(format, dataset, options), options));
}

function picked(format: ExportFormat, dataset: Dataset, { columns }: ExportOptions): Dataset {
  return columns && withColumns.includes(format) ? pickColumns(dataset, columns) : dataset;
}

function isPlain(format: ExportFormat): format is PlainFormat {
  return format in writers;
}

function check(format: ExportFormat, dataset: Dataset, options: ExportOptions): void {
  const { items, vectors, positions, neighbours, colours } = dataset;
  if (items.length === 0) throw new InputError('exportEmpty');
  for (const { rows } of [vectors, positions, neighbours].filter((part) => part !== undefined)) {
    if (rows !== items.length) throw new RangeError(`${rows} rows for ${items.length} items`);
  }
  if (colours && colours.length !== items.length * 3)
    throw new RangeError(`${colours.length} bytes of colour for ${items.length} items`);
  if (options.vectors && !vectors && withOrWithoutVectors.includes(format)) throw new InputError('exportNeedsVectors');
}

/** The format that a file name's ending asks for. Throws for an ending that cannot be written. */
export function exportFormatOf(fileName: string): ExportFormat {
  const formats = Object.keys(endings) as ExportFormat[];
  const fits = formats.filter((format) => fileName.toLowerCase().endsWith(endings[format]));
  // `.neighbours.csv` ends in `.csv` as well.
  const format = fits.sort((a, b) => endings[b].length - endings[a].length)[0];
  if (!format) throw new InputError('exportEnding', { file: fileName, endings: exportEndings.join(' ') });
  return format;
}
