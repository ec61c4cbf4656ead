/** A file of any format that can be opened -> Dataset. A new format is a line in `readers`, or in `loaders` if it comes with a library. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { chooseRows } from './choosing';
import { DelimitedReader } from './delimitedReader';
import { gunzip, gunzipPieces } from './gzip';
import { JsonReader } from './json';
import { JsonlReader } from './jsonl';
import { joinLabels, parseMatrix } from './labelled';
import { looksLike, looksLikeZip } from './magic';
import { parseNpz } from './npz';
import { isProjector, parseProjector } from './projector';
import { type PieceReader, type ReadingHooks, readPieces, readWhole } from './reader';
import { ReadingProgress } from './readingProgress';
import { TextFileReader, WordVectorReader } from './wordVectorReader';
import { parseWordVectorsBinary } from './wordVectors';
import { listZip } from './unpack';

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
  whole(): Promise<Uint8Array<ArrayBuffer>>;
}

export type NamedFile = NamedBytes | NamedPieces;

type Loaded = (
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadingOptions,
  hooks: ReadingHooks,
) => Promise<Dataset>;

/** Reads texts as they come, or a file that is in memory as a whole. */
type Reader =
  | { readonly text: (file: string, options: ReadingOptions) => PieceReader }
  | { readonly whole: (file: string, bytes: Uint8Array, options: ReadingOptions) => Dataset };

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['.txt', { text: (file, options) => new TextFileReader(file, options) }],
  ['.csv', { text: (file, options) => new DelimitedReader(file, ',', options) }],
  ['.tsv', { text: (file, options) => new DelimitedReader(file, '\t', options) }],
  ['.json', { text: (file, options) => new JsonReader(file, options) }],
  ['.jsonl', { text: (file, options) => new JsonlReader(file, options) }],
  ['.ndjson', { text: (file, options) => new JsonlReader(file, options) }],
  ['.npz', { whole: parseArchive }],
  ['.zip', { whole: parseArchive }],
  ['.vec', { text: (file, options) => new WordVectorReader(file, options) }],
  ['.bin', { whole: (file, bytes, options) => chooseRows(file, parseWordVectorsBinary(file, bytes), options) }],
]);
/** Formats whose readers come with a library that is loaded when it is needed. */
const loaders: ReadonlyMap<string, () => Promise<Loaded>> = new Map<string, () => Promise<Loaded>>([
  ['.parquet', async () => (await import('./parquet')).parseParquet],
  ['.constela', async () => (await import('./capsule')).parseCapsule],
  ['.arrow', async () => (await import('./arrow')).parseArrow],
  ['.feather', async () => (await import('./arrow')).parseArrow],
  ['.xlsx', async () => (await import('./xlsx')).parseXlsx],
]);
const matrixEnding = '.npy';
const gzipEnding = '.gz';

/** The endings of file names that can be opened, each with its dot. */
export const openEndings: readonly string[] = [...readers.keys(), ...loaders.keys(), matrixEnding, gzipEnding];

/** Whether a file of this name is a matrix without labels, which is opened together with a file of texts. */
export function needsLabels(name: string): boolean {
  return endingOf(inner(name)) === matrixEnding;
}

/**
 * Reads a file of any format, gzip of one too; a matrix without labels with `labels`, a file of as many texts. Texts, tables of text and
 * word vectors are read as they come, so that memory holds the rows that are kept. Throws an InputError that says what was wrong, where,
 * and what to do.
 */
export async function openFile(
  file: NamedFile,
  labels?: NamedFile,
  options: ReadingOptions = {},
  hooks: ReadingHooks = {},
): Promise<Dataset> {
  const isPacked = inner(file.name) !== file.name;
  const name = inner(file.name);
  const reader = readers.get(endingOf(name));
  const pieces = () => watched(file, hooks);
  if (reader && 'text' in reader && (isPacked || !('bytes' in file))) {
    const unpacked = () => (isPacked ? gunzipPieces(file.name, pieces(), sizeOf(file)) : pieces());
    return readPieces(name, unpacked, reader.text(name, options), options.encoding);
  }
  const packed = 'bytes' in file ? file.bytes : await file.whole();
  hooks.signal?.throwIfAborted();
  const bytes = isPacked ? gunzip(file.name, packed) : packed;
  const load = loaders.get(endingOf(name));
  if (load) {
    if (bytes.length === 0) throw new InputError('fileEmpty', { file: name });
    return (await load())(name, bytes, options, hooks);
  }
  if (!needsLabels(name)) return parseFile(name, bytes, options);
  const vectors = parseMatrix(name, bytes);
  // Rows are chosen once each has its text.
  const { filter: _filter, limit: _limit, keep: _keep, ...reading } = options;
  const texts = labels && { file: labels.name, dataset: await openFile(labels, undefined, reading, hooks) };
  return chooseRows(name, joinLabels(name, vectors, texts), options);
}

/**
 * Reads a file by the ending of its name (case ignored). Archives are told apart by what is in them, NumPy arrays or the
 * Projector's tables, whichever of the two endings they have; a text ending on binary content is refused, with what it looks
 * like. `name` is used in messages only. Throws an InputError that says what was wrong, where, and what to do.
 */
export function parseFile(name: string, bytes: Uint8Array, options: ReadingOptions = {}): Dataset {
  const reader = readers.get(endingOf(name));
  if (!reader) throw new InputError('fileEnding', { file: name, endings: openEndings.join(' ') });
  if (bytes.length === 0) throw new InputError('fileEmpty', { file: name });
  if ('whole' in reader) return reader.whole(name, bytes, options);
  return readWhole(name, bytes, reader.text(name, options), options.encoding);
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

/** The name without the ending of a gzip file. */
export function inner(name: string): string {
  return endingOf(name) === gzipEnding ? name.slice(0, -gzipEnding.length) : name;
}

/** The ending of a name, with its dot and in lower case. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot).toLowerCase();
}

function parseArchive(file: string, bytes: Uint8Array, options: ReadingOptions): Dataset {
  if (!looksLikeZip(bytes)) {
    const kind = looksLike(bytes);
    throw kind === undefined ? new InputError('fileNotZip', { file }) : new InputError('fileOtherKind', { file, kind });
  }
  const names = listZip(file, bytes);
  if (names.some((name) => name.endsWith('.npy'))) return chooseRows(file, parseNpz(file, bytes), options);
  if (isProjector(names)) return parseProjector(file, bytes, options);
  throw new InputError('zipContent', { file, names: names.slice(0, 5).join(', ') || '0' });
}
