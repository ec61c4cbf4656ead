/**
 * A file of any format that can be opened -> Dataset. A new format is a line in `readers`, or in `loaders` if it comes with a library, and
 * its ending in `endings.ts`.
 */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import type { RangedBytes } from './bytes';
import { chooseRows } from './choosing';
import { DelimitedReader } from './delimitedReader';
import { JsonReader } from './json';
import { JsonlReader } from './jsonl';
import { endingOf, inner, openEndings } from './endings';
import { joinLabels, type LabelledBy, parseNumbered } from './labelled';
import { looksLike, looksLikeZip } from './magic';
import { parseNpz } from './npz';
import { isProjector, openProjector, parseProjector } from './projector';
import { readerOfTsv, readRawTensors, TensorReader } from './projectorTensors';
import { type NamedFile, unpackedPieces, unpackedRanges, unpackedWhole } from './namedFiles';
import { type PieceReader, type ReadingHooks, readPieces, readWhole } from './reader';
import { readerOfTexts, WordVectorReader } from './wordVectorReader';
import { parseWordVectorsBinary } from './wordVectors';
import { listZip } from './unpack';

/** Reads texts as they come, a file that is in memory as a whole, or those parts of one that it needs. */
type Reader =
  | { readonly text: (file: string, options: ReadingOptions) => PieceReader }
  | { readonly whole: (file: string, bytes: Uint8Array, options: ReadingOptions) => Dataset }
  | { readonly parts: (file: string, bytes: RangedBytes, options: ReadingOptions) => Dataset };

type Loaded<Bytes> = (file: string, bytes: Bytes, options: ReadingOptions, hooks: ReadingHooks) => Promise<Dataset>;

type Loader =
  | { readonly whole: () => Promise<Loaded<Uint8Array<ArrayBuffer>>> }
  | { readonly parts: () => Promise<Loaded<RangedBytes>> };

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['.txt', { text: readerOfTexts }],
  ['.csv', { text: (file, options) => new DelimitedReader(file, ',', options) }],
  ['.tsv', { text: readerOfTsv }],
  ['.json', { text: (file, options) => new JsonReader(file, options) }],
  ['.jsonl', { text: (file, options) => new JsonlReader(file, options) }],
  ['.ndjson', { text: (file, options) => new JsonlReader(file, options) }],
  ['.npz', { parts: parseArchive }],
  ['.zip', { parts: parseArchive }],
  ['.vec', { text: (file, options) => new WordVectorReader(file, options) }],
  ['.bin', { parts: (file, bytes, options) => chooseRows(file, parseWordVectorsBinary(file, bytes), options) }],
  ['.npy', { whole: (file, bytes, options) => chooseRows(file, parseNumbered(file, bytes), options) }],
]);
/** Formats whose readers come with a library that is loaded when it is needed. */
const loaders: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  ['.parquet', { whole: async () => (await import('./parquet')).parseParquet }],
  ['.constela', { parts: async () => (await import('./capsule')).parseCapsule }],
  ['.arrow', { whole: async () => (await import('./arrow')).parseArrow }],
  ['.feather', { whole: async () => (await import('./arrow')).parseArrow }],
  ['.xlsx', { parts: async () => (await import('./xlsx')).parseXlsx }],
]);
const rawTensors = '.bytes';

/**
 * Reads a file of any format, gzip of one too, with those that stand beside it (see `groupFiles`): of vectors without texts a file of as many
 * texts, of an Embedding Projector's tensors its metadata, configuration and bookmarks. Texts, tables of text and vectors written as text are
 * read as they come, so that memory holds the rows that are kept. Throws an InputError that says what was wrong, where, and what to do.
 */
export async function openFile(
  file: NamedFile,
  beside: readonly NamedFile[] = [],
  options: ReadingOptions = {},
  hooks: ReadingHooks = {},
): Promise<Dataset> {
  const ending = endingOf(inner(file.name));
  if (ending === rawTensors || (ending === '.tsv' && beside.length > 0))
    return openTensors(file, beside, options, hooks);
  const [labels] = beside;
  if (!labels) return openAlone(file, options, hooks);
  const dataset = await openAlone(file, {}, hooks);
  return joinLabels(inner(file.name), dataset, await openLabels(labels, options, hooks), options);
}

async function openAlone(file: NamedFile, options: ReadingOptions, hooks: ReadingHooks): Promise<Dataset> {
  const isPacked = inner(file.name) !== file.name;
  const name = inner(file.name);
  const ending = endingOf(name);
  const reader = readers.get(ending);
  const loader = loaders.get(ending);
  const whole = async () => filled(name, await unpackedWhole(file, hooks));
  const ranges = async () => filled(name, await unpackedRanges(file, hooks));
  if (loader && 'parts' in loader) return (await loader.parts())(name, await ranges(), options, hooks);
  if (loader) return (await loader.whole())(name, await whole(), options, hooks);
  if (reader && 'parts' in reader) return reader.parts(name, await ranges(), options);
  if (reader && 'text' in reader && (isPacked || !('bytes' in file)))
    return readPieces(name, () => unpackedPieces(file, hooks), reader.text(name, options), options.encoding);
  return parseFile(name, await unpackedWhole(file, hooks), options);
}

function filled<Bytes extends RangedBytes>(file: string, bytes: Bytes): Bytes {
  if (bytes.length === 0) throw new InputError('fileEmpty', { file });
  return bytes;
}

/** The texts of vectors: which of the rows are wanted is chosen once each has its vector. */
async function openLabels(file: NamedFile, options: ReadingOptions, hooks: ReadingHooks): Promise<LabelledBy> {
  const { filter: _filter, limit: _limit, keep: _keep, ...reading } = options;
  return { file: file.name, dataset: await openAlone(file, reading, hooks) };
}

async function openTensors(
  file: NamedFile,
  beside: readonly NamedFile[],
  options: ReadingOptions,
  hooks: ReadingHooks,
): Promise<Dataset> {
  const name = inner(file.name);
  const parts = await Promise.all(
    beside.map(async (part) => ({ name: inner(part.name), bytes: await unpackedWhole(part, hooks) })),
  );
  return openProjector(name, parts, options, {
    tensors: async ({ tensorShape }) =>
      endingOf(name) === rawTensors
        ? readRawTensors(name, await unpackedWhole(file, hooks), tensorShape)
        : readPieces(name, () => unpackedPieces(file, hooks), new TensorReader(name)),
    labels: (called) =>
      openLabels(
        beside.find((part) => inner(part.name) === called)!,
        options,
        hooks,
      ),
  });
}

/**
 * Reads a file by the ending of its name (case ignored). Archives are told apart by what is in them, NumPy arrays or the
 * Projector's tables, whichever of the two endings they have; a text ending on binary content is refused, with what it looks
 * like. `name` is used in messages only. Throws an InputError that says what was wrong, where, and what to do.
 */
export function parseFile(name: string, bytes: Uint8Array, options: ReadingOptions = {}): Dataset {
  const reader = readers.get(endingOf(name));
  if (!reader) throw new InputError('fileEnding', { file: name, endings: openEndings.join(' ') });
  filled(name, bytes);
  if ('whole' in reader) return reader.whole(name, bytes, options);
  if ('parts' in reader) return reader.parts(name, bytes, options);
  return readWhole(name, bytes, reader.text(name, options), options.encoding);
}

function parseArchive(file: string, bytes: RangedBytes, options: ReadingOptions): Dataset {
  if (!looksLikeZip(bytes)) {
    const kind = looksLike(bytes);
    throw kind === undefined ? new InputError('fileNotZip', { file }) : new InputError('fileOtherKind', { file, kind });
  }
  const names = listZip(file, bytes);
  if (names.some((name) => name.endsWith('.npy'))) return chooseRows(file, parseNpz(file, bytes), options);
  if (isProjector(names)) return parseProjector(file, bytes, options);
  throw new InputError('zipContent', { file, names: names.slice(0, 5).join(', ') || '0' });
}
