/** Reading the bundle for TensorFlow's Embedding Projector, which `projectorWrite.ts` describes. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, SpaceSpec } from '../types';
import { createMatrix } from '../vectors';
import { nameColumns, uniqueNames } from './columns';
import { readBookmarks } from './projectorBookmarks';
import type { Problem } from './rows';
import { readSpaceFields } from './spaceFields';
import { cellNumber, excerpt, readTextCell } from './table';
import type { TableShape } from './tableColumns';
import { TableReader } from './tableReader';
import { decodeText } from './text';
import { packedFiles } from './unpack';
import { VectorRows } from './vectorRows';

/** Names in a bundle that is read and in one that is written. */
export const projectorFiles = {
  tensors: 'tensors.tsv',
  metadata: 'metadata.tsv',
  config: 'projector_config.json',
  bookmarks: 'bookmarks.txt',
} as const;

/** Names of the columns in which the places of a bookmark stand beside the metadata. */
const placeNames = ['projection_x', 'projection_y', 'projection_z'];

/**
 * Reads a bundle: `tensors.tsv` and `metadata.tsv`, or the files (TSV, or `.bytes` of raw little-endian float32) that the first
 * embedding of its `projector_config.json` names; folders in the archive do not matter. Looser than the Projector in taking CRLF
 * line ends and a byte order mark, and in leaving out rows of tensors or metadata that cannot be used; stricter in taking no labels in the
 * tensors file. The metadata is a table: see `TableReader`; where it has no positions, those of a bookmark are taken, if each row has
 * one. Throws when a file is missing, the two disagree in rows, or half of the rows or more cannot be used.
 */
export function parseProjector(file: string, bytes: Uint8Array, choice: ReadingOptions = {}): Dataset {
  const parts = packedFiles(file, bytes, (path) => !path.startsWith('__MACOSX/'));
  const find = (name: string): Uint8Array | undefined =>
    [...parts].find(([path]) => baseName(path) === baseName(name))?.[1].unpack();
  const need = (name: string): Uint8Array => {
    const content = find(name);
    if (!content) throw new InputError('projectorMissing', { file, missing: name });
    return content;
  };
  const config = readConfig(file, find(projectorFiles.config));
  const tensors = need(config.tensorPath);
  const read = config.tensorPath.endsWith('.bytes') ? readRawTensors : readTensors;
  const given = read(`${file}: ${config.tensorPath}`, tensors, config.tensorShape);
  const metadataFile = `${file}: ${config.metadataPath}`;
  const { names, lines } = readMetadata(metadataFile, need(config.metadataPath));
  const { rows } = given.vectors;
  if (lines.length !== rows) throw new InputError('projectorRows', { file, tensors: rows, metadata: lines.length });
  const isPlaced = nameColumns(names).position.length > 0;
  const bookmarks = isPlaced ? undefined : find(config.bookmarksPath);
  const places = bookmarks && readBookmarks(bookmarks, rows);
  const shape: TableShape = {
    names: [...names, ...placeNames.slice(0, places?.dim ?? 0)],
    readCell: readTextCell,
    write: (cells) => cells.slice(0, names.length).join('\t'),
    expected: rows,
    ...given,
  };
  const reader = new TableReader(metadataFile, shape, choice);
  lines.every(({ line, number }, i) => {
    const cells = line.split('\t');
    const at = places ? [...places.data.subarray(i * places.dim, (i + 1) * places.dim)] : [];
    return cells.length === names.length
      ? reader.add(number, [...cells, ...at])
      : reader.leaveOut(number, otherLength(metadataFile, number, cells.length, names.length), cells, line);
  });
  return { ...reader.end(), ...(config.space && { space: config.space }) };
}

function otherLength(file: string, row: number, found: number, expected: number): Problem {
  return {
    reason: 'otherLength',
    error: () => new InputError('csvRagged', { file, row, found, expected, delimiter: 'tab' }),
  };
}

/** Whether an archive that holds files of these names is such a bundle. */
export function isProjector(names: readonly string[]): boolean {
  const known: readonly string[] = [projectorFiles.tensors, projectorFiles.config];
  return names.some((name) => known.includes(baseName(name)));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

interface Config {
  readonly tensorPath: string;
  readonly tensorShape: unknown;
  readonly metadataPath: string;
  readonly bookmarksPath: string;
  readonly space?: SpaceSpec;
}

function readConfig(file: string, bytes: Uint8Array | undefined): Config {
  const usual = {
    tensorPath: projectorFiles.tensors,
    metadataPath: projectorFiles.metadata,
    bookmarksPath: projectorFiles.bookmarks,
    tensorShape: undefined,
  };
  if (!bytes) return usual;
  let config: unknown;
  try {
    config = JSON.parse(decodeText(`${file}: ${projectorFiles.config}`, bytes));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('projectorConfig', { file });
  }
  const embedding = field(field(config, 'embeddings'), '0');
  const given = field(config, 'space');
  const [model, prompt, layer, adapter] = ['modelId', 'prompt', 'layer', 'adapter'].map((key) => field(given, key));
  const space = readSpaceFields({ model, prompt, layer, adapter });
  const path = (key: 'tensorPath' | 'metadataPath' | 'bookmarksPath'): string => {
    const given = field(embedding, key);
    return typeof given === 'string' ? given : usual[key];
  };
  return {
    tensorPath: path('tensorPath'),
    metadataPath: path('metadataPath'),
    bookmarksPath: path('bookmarksPath'),
    tensorShape: field(embedding, 'tensorShape'),
    ...(space && { space }),
  };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

interface NumberedLine {
  readonly line: string;
  readonly number: number;
}

/** Lines with their numbers, without the blank ones. */
function numberedLines(file: string, bytes: Uint8Array): NumberedLine[] {
  return decodeText(file, bytes)
    .split('\n')
    .map((line, i) => ({ line: line.endsWith('\r') ? line.slice(0, -1) : line, number: i + 1 }))
    .filter(({ line }) => line !== '');
}

/** The rows' vectors, and what is wrong with those that are none. */
type Tensors = Pick<Required<TableShape>, 'vectors' | 'problemOf'>;

function readTensors(file: string, bytes: Uint8Array): Tensors {
  const lines = numberedLines(file, bytes);
  if (lines.length === 0) throw new InputError('noTexts', { file });
  const rows = new VectorRows(file, lines.length);
  const problems = lines.map(({ line, number }, i) => {
    const problem = rows.read(line.split('\t'), number, cellNumber);
    if (!problem) rows.put(i);
    return problem;
  });
  return { vectors: rows.matrix([...lines.keys()]), problemOf: (i) => problems[i] };
}

function readRawTensors(file: string, bytes: Uint8Array, shape: unknown): Tensors {
  const [rows, dim] = [field(shape, '0'), field(shape, '1')];
  if (!isCount(rows) || !isCount(dim) || rows * dim * 4 !== bytes.length) {
    throw new InputError('projectorBytes', { file, found: bytes.length, shape: excerpt(shape) });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const data = Float32Array.from({ length: rows * dim }, (_, i) => view.getFloat32(i * 4, true));
  const problemOf = (i: number): Problem | undefined => {
    const wrong = data.subarray(i * dim, (i + 1) * dim).findIndex((value) => !Number.isFinite(value));
    if (wrong < 0) return undefined;
    const params = { file, place: String(i + 1), column: wrong + 1, cell: String(data[i * dim + wrong]) };
    return { reason: 'vectorNumber', error: () => new InputError('vectorNumber', params) };
  };
  return { vectors: createMatrix(data, dim), problemOf };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

/** A header is there if and only if the first line holds a tab; one column without a header is the label. */
function readMetadata(file: string, bytes: Uint8Array): { names: string[]; lines: NumberedLine[] } {
  const lines = numberedLines(file, bytes);
  const first = lines[0];
  if (!first?.line.includes('\t')) return { names: ['label'], lines };
  return { names: uniqueNames(first.line.split('\t')), lines: lines.slice(1) };
}
