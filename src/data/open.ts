/** A file of any format that can be opened -> Dataset. A new format is a line in `readers`, or in `loaders` if it comes with a library. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { parseDelimited } from './delimited';
import { gunzip, looksLikeGzip } from './gzip';
import { parseJson } from './json';
import { parseJsonl } from './jsonl';
import { joinLabels, parseMatrix } from './labelled';
import { looksLike, looksLikeZip } from './magic';
import { parseNpz } from './npz';
import { isProjector, parseProjector } from './projector';
import { parseTxt } from './txt';
import { isWordVectors, parseWordVectors, parseWordVectorsBinary } from './wordVectors';
import { listZip } from './zip';

/** A file by its name and bytes. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Loaded = (file: string, bytes: Uint8Array<ArrayBuffer>, options: ReadingOptions) => Promise<Dataset>;

type Reader = (file: string, bytes: Uint8Array, options: ReadingOptions) => Dataset;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['.txt', parseTextFile],
  ['.csv', (file, bytes, options) => parseDelimited(file, bytes, ',', options)],
  ['.tsv', (file, bytes, options) => parseDelimited(file, bytes, '\t', options)],
  ['.json', parseJson],
  ['.jsonl', parseJsonl],
  ['.ndjson', parseJsonl],
  ['.npz', parseArchive],
  ['.zip', parseArchive],
  ['.vec', parseWordVectors],
  ['.bin', parseWordVectorsBinary],
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
 * Reads a file of any format, gzip of one too; a matrix without labels with `labels`, a file of as many texts. Throws an InputError
 * that says what was wrong, where, and what to do.
 */
export async function openFile(file: NamedBytes, labels?: NamedBytes, options: ReadingOptions = {}): Promise<Dataset> {
  const { name, bytes } = unpack(file);
  const load = loaders.get(endingOf(name));
  if (load) {
    if (bytes.length === 0) throw new InputError('fileEmpty', { file: name });
    return (await load())(name, bytes, options);
  }
  if (!needsLabels(name)) return parseFile(name, bytes, options);
  const vectors = parseMatrix(name, bytes);
  return joinLabels(
    name,
    vectors,
    labels && { file: labels.name, dataset: await openFile(labels, undefined, options) },
  );
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
  return reader(name, bytes, options);
}

/** The file inside a gzip file, and any other file as it is. */
function unpack({ name, bytes }: NamedBytes): NamedBytes {
  if (inner(name) === name) return { name, bytes };
  if (bytes.length === 0) throw new InputError('fileEmpty', { file: name });
  if (!looksLikeGzip(bytes)) throw new InputError('gzipDamaged', { file: name, reason: 'no gzip header' });
  return { name: inner(name), bytes: gunzip(name, bytes) };
}

/** The name without the ending of a gzip file. */
function inner(name: string): string {
  return endingOf(name) === gzipEnding ? name.slice(0, -gzipEnding.length) : name;
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot).toLowerCase();
}

/** Plain text, or word vectors: GloVe's files end so too. */
function parseTextFile(file: string, bytes: Uint8Array): Dataset {
  return isWordVectors(bytes) ? parseWordVectors(file, bytes) : parseTxt(file, bytes);
}

function parseArchive(file: string, bytes: Uint8Array, options: ReadingOptions): Dataset {
  if (!looksLikeZip(bytes)) {
    const kind = looksLike(bytes);
    throw kind === undefined ? new InputError('fileNotZip', { file }) : new InputError('fileOtherKind', { file, kind });
  }
  const names = listZip(file, bytes);
  if (names.some((name) => name.endsWith('.npy'))) return parseNpz(file, bytes);
  if (isProjector(names)) return parseProjector(file, bytes, options);
  throw new InputError('zipContent', { file, names: names.slice(0, 5).join(', ') || '0' });
}
