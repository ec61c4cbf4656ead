/** Reading what TensorFlow's Embedding Projector opens, as a zip or as files beside each other; `projectorWrite.ts` describes it. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import type { RangedBytes } from './bytes';
import { nameColumns, uniqueNames } from './columns';
import { baseName, endingOf } from './endings';
import { joinLabels, type LabelledBy } from './labelled';
import { readBookmarks } from './projectorBookmarks';
import {
  configOfTensors,
  noConfig,
  partOf,
  type ProjectorConfig,
  projectorFiles,
  type ProjectorPart,
  readProjectorConfig,
} from './projectorConfig';
import { readRawTensors, TensorReader, type Tensors } from './projectorTensors';
import { readWhole } from './reader';
import type { Problem } from './rows';
import { readTextCell } from './table';
import type { TableShape } from './tableColumns';
import { TableReader } from './tableReader';
import { decodeText } from './text';
import { packedFiles } from './unpack';

/** Names of the columns in which the places of a bookmark stand beside the metadata. */
const placeNames = ['projection_x', 'projection_y', 'projection_z'];

/** A file of a bundle, as its bytes. */
interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the rows of tensors are called, and where they stand. */
interface Beside {
  readonly metadata?: Part | undefined;
  readonly bookmarks?: Part | undefined;
  readonly config: ProjectorConfig;
}

/**
 * Reads a bundle: `tensors.tsv` and `metadata.tsv`, or the files (TSV, or `.bytes` of raw little-endian float32) that the first
 * embedding of its `projector_config.json` (or `config.json`) names; folders in the archive do not matter. Looser than the Projector in
 * taking CRLF line ends and a byte order mark, and in leaving out rows of tensors or metadata that cannot be used; stricter in taking no
 * labels in the tensors file. The metadata is a table: see `TableReader`; where it has no positions, those of a bookmark are taken, if each
 * row has one, and where there is none, rows are named by their number. Throws when a file that is named is missing, the two disagree in
 * rows, or half of the rows or more cannot be used.
 */
export function parseProjector(file: string, bytes: RangedBytes, options: ReadingOptions = {}): Dataset {
  const parts = packedFiles(file, bytes, (path) => !path.startsWith('__MACOSX/'));
  const find = (name: string): Part | undefined => {
    const found = [...parts].find(([path]) => baseName(path) === baseName(name))?.[1];
    return found && { name, bytes: found.unpack() };
  };
  const need = (name: string): Part => {
    const found = find(name);
    if (!found) throw new InputError('projectorMissing', { file, missing: name });
    return found;
  };
  const configuration = find(projectorFiles.config) ?? find('config.json');
  const config = configuration ? readProjectorConfig(file, configuration.name, configuration.bytes) : noConfig;
  const { metadataPath, bookmarksPath = projectorFiles.bookmarks } = config;
  const tensors = readTensors(file, need(config.tensorPath ?? projectorFiles.tensors), config);
  const metadata = metadataPath === undefined ? find(projectorFiles.metadata) : need(metadataPath);
  return readRows(file, tensors, { config, metadata, bookmarks: find(bookmarksPath) }, options).dataset;
}

/** Whether an archive that holds files of these names is such a bundle. */
export function isProjector(names: readonly string[]): boolean {
  const bases = names.map(baseName);
  const isConfigured = bases.includes('config.json') && bases.some((name) => /\.(tsv|bytes)$/i.test(name));
  return isConfigured || bases.some((name) => name === projectorFiles.tensors || name === projectorFiles.config);
}

/** How what is beside tensors is read, where that takes longer. */
interface BundleReaders {
  readonly tensors: (config: ProjectorConfig) => Promise<Tensors>;
  readonly labels: (name: string) => Promise<LabelledBy>;
}

/**
 * Joins tensors with the files beside them, each by its name: see `partOf`. One that is no part of a bundle holds their texts, as that of a
 * matrix. Files of which nothing is used are told in `unused`. Throws as `parseProjector` does.
 * @param file of the tensors
 */
export async function openProjector(
  file: string,
  beside: readonly Part[],
  options: ReadingOptions,
  readers: BundleReaders,
): Promise<Dataset> {
  const configuration = beside.find(({ name }) => partOf(name, noConfig) === 'config');
  const config = configuration ? configOfTensors(file, configuration) : noConfig;
  const find = (wanted: ProjectorPart | undefined) => beside.find(({ name }) => partOf(name, config) === wanted);
  const tensors = await readers.tensors(config);
  const [metadata, bookmarks] = [find('metadata'), find('bookmarks')];
  const labels = metadata ? undefined : find(undefined);
  const { dataset, isPlaced } = readRows(file, tensors, { config, metadata, bookmarks }, labels ? {} : options);
  // What TensorBoard's configuration says, the other one says too.
  const configured = config === noConfig ? [] : [configuration, find('serverConfig')];
  const used = [metadata, labels, ...configured, ...(isPlaced ? [bookmarks] : [])];
  const unused = beside.filter((part) => !used.includes(part)).map(({ name }) => baseName(name));
  const labelled = labels ? joinLabels(file, dataset, await readers.labels(labels.name), options) : dataset;
  return { ...labelled, ...(unused.length > 0 && { unused }) };
}

function readTensors(file: string, { name, bytes }: Part, { tensorShape }: ProjectorConfig): Tensors {
  const called = `${file}: ${name}`;
  if (endingOf(name) === '.bytes') return readRawTensors(called, bytes, tensorShape);
  return readWhole(called, bytes, new TensorReader(called));
}

/** The rows, and whether the bookmarks have given their positions. */
function readRows(
  file: string,
  tensors: Tensors,
  { metadata, bookmarks, config: { space } }: Beside,
  options: ReadingOptions,
): { readonly dataset: Dataset; readonly isPlaced: boolean } {
  const { rows } = tensors.vectors;
  const metadataFile = metadata ? `${file}: ${baseName(metadata.name)}` : file;
  const { names, lines } = metadata ? readMetadata(metadataFile, metadata.bytes) : numberRows(rows);
  if (lines.length !== rows) throw new InputError('projectorRows', { file, tensors: rows, metadata: lines.length });
  const places =
    bookmarks && nameColumns(names).position.length === 0 ? readBookmarks(bookmarks.bytes, rows) : undefined;
  const shape: TableShape = {
    names: [...names, ...placeNames.slice(0, places?.dim ?? 0)],
    readCell: readTextCell,
    write: (cells) => cells.slice(0, names.length).join('\t'),
    expected: rows,
    ...tensors,
  };
  const reader = new TableReader(metadataFile, shape, options);
  lines.every(({ line, number }, i) => {
    const cells = line.split('\t');
    const at = places ? [...places.data.subarray(i * places.dim, (i + 1) * places.dim)] : [];
    return cells.length === names.length
      ? reader.add(number, [...cells, ...at])
      : reader.leaveOut(number, otherLength(metadataFile, number, cells.length, names.length), cells, line);
  });
  const dataset: Dataset = { ...reader.end(), ...(!metadata && { numbered: true }), ...(space && { space }) };
  return { dataset, isPlaced: places !== undefined };
}

function otherLength(file: string, row: number, found: number, expected: number): Problem {
  return {
    reason: 'otherLength',
    error: () => new InputError('csvRagged', { file, row, found, expected, delimiter: 'tab' }),
  };
}

interface Metadata {
  readonly names: readonly string[];
  readonly lines: readonly { readonly line: string; readonly number: number }[];
}

/** A header is there if and only if the first line holds a tab; one column without a header is the label. Blank lines are none. */
function readMetadata(file: string, bytes: Uint8Array): Metadata {
  const lines = decodeText(file, bytes)
    .split('\n')
    .map((line, i) => ({ line: line.endsWith('\r') ? line.slice(0, -1) : line, number: i + 1 }))
    .filter(({ line }) => line !== '');
  const first = lines[0];
  if (!first?.line.includes('\t')) return { names: ['label'], lines };
  return { names: uniqueNames(first.line.split('\t')), lines: lines.slice(1) };
}

function numberRows(rows: number): Metadata {
  return { names: ['label'], lines: Array.from({ length: rows }, (_, i) => ({ line: String(i + 1), number: i + 1 })) };
}
