/**
 * The bundle for TensorFlow's Embedding Projector: a zip of `tensors.tsv`, `metadata.tsv`, its two configurations and, where there is a
 * map, `bookmarks.txt`. Load the files by hand, serve the folder and open `projector_config.json` with `?config=URL`, or start
 * `tensorboard --logdir` on it.
 */
import { readSpaceFields } from './spaceFields';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, SpaceSpec } from '../types';
import { uniqueNames } from './columns';
import { formatRow } from './float32';
import { writeBookmarks } from './projectorBookmarks';
import { excerpt, readTextCell, tableOfDataset } from './table';
import { datasetOfTable } from './tableReader';
import { decodeText, encodeLines } from './text';
import { packedFiles } from './unpack';
import { writeZip } from './zip';

const TENSORS = 'tensors.tsv';
const METADATA = 'metadata.tsv';
const CONFIG = 'projector_config.json';
/** The same for TensorBoard, in the text format of protocol buffers. */
const SERVER_CONFIG = 'projector_config.pbtxt';
const BOOKMARKS = 'bookmarks.txt';
/** The Projector drops blank lines, which would shift every later row against its vector. */
const BLANK = '(blank)';

/**
 * Writes the bundle. `tensors.tsv`: numbers only, no header. `metadata.tsv`: one column, the texts, without a header when there
 * is nothing else (the Projector calls it `label`); else `text`, `group`, `x`, `y`, `z` and the items' own columns, with one.
 * The positions ride in the metadata too, because the Projector can colour by any number. Tabs and
 * line ends become blanks and byte order marks go: the format cannot hold them. Model and prompt are in the config, under `space`, where
 * the Projector does not look. Throws without vectors, or with fewer than two dimensions, which the Projector refuses.
 */
export function writeProjector(dataset: Dataset): Uint8Array<ArrayBuffer> {
  const { vectors, positions, space } = dataset;
  if (!vectors) throw new InputError('projectorNeedsVectors');
  if (vectors.dim < 2) throw new InputError('projectorDims', { found: vectors.dim });
  const table = tableOfDataset(dataset);
  const rows = dataset.items.map((_, i) => {
    const [text, ...cells] = table.row(i).map(flatten);
    return [text!.trim() === '' ? BLANK : text!, ...cells].join('\t');
  });
  const header = uniqueNames(table.names.map(flatten));
  const shape = [vectors.rows, vectors.dim] as const;
  const config = {
    embeddings: [
      {
        tensorName: space?.modelId ?? 'Constela',
        tensorShape: shape,
        tensorPath: TENSORS,
        metadataPath: METADATA,
        ...(positions && { bookmarksPath: BOOKMARKS }),
      },
    ],
    ...(space && { space }),
  };
  const hasHeader = table.names.length > 1;
  // Places are columns of the metadata, which then has a header.
  const bookmarks = positions && writeBookmarks(positions, shape, header[0]!);
  const served = [
    'embeddings {',
    '  tensor_name: "Constela"',
    `  tensor_path: "${TENSORS}"`,
    `  metadata_path: "${METADATA}"`,
    ...(positions ? [`  bookmarks_path: "${BOOKMARKS}"`] : []),
    '}',
  ];
  const tensors = dataset.items.map((_, i) => formatRow(vectors.data, vectors.dim, i).join('\t'));
  return writeZip([
    { name: TENSORS, bytes: encodeLines(tensors), effort: 1 },
    { name: METADATA, bytes: encodeLines(hasHeader ? [header.join('\t'), ...rows] : rows), effort: 6 },
    { name: CONFIG, bytes: encodeLines([JSON.stringify(config, null, 2)]), effort: 6 },
    { name: SERVER_CONFIG, bytes: encodeLines(served), effort: 6 },
    ...(bookmarks ? [{ name: BOOKMARKS, bytes: bookmarks, effort: 1 } as const] : []),
  ]);
}

/**
 * Reads a bundle: `tensors.tsv` and `metadata.tsv`, or the files (TSV, or `.bytes` of raw little-endian float32) that the first
 * embedding of its `projector_config.json` names; folders in the archive do not matter. Looser than the Projector in taking CRLF
 * line ends and a byte order mark; stricter in taking no labels in the tensors file. The metadata is a table: see
 * `TableReader`. Throws when a file is missing, a row of tensors or metadata has another length than the first, or the two
 * disagree in rows.
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
  const config = readConfig(file, find(CONFIG));
  const tensors = need(config.tensorPath);
  const rows = config.tensorPath.endsWith('.bytes')
    ? readRawTensors(`${file}: ${config.tensorPath}`, tensors, config.tensorShape)
    : readTensors(`${file}: ${config.tensorPath}`, tensors);
  const metadataFile = `${file}: ${config.metadataPath}`;
  const metadata = readMetadata(metadataFile, need(config.metadataPath));
  if (metadata.rows.length !== rows.length) {
    throw new InputError('projectorRows', { file, tensors: rows.length, metadata: metadata.rows.length });
  }
  const table = {
    names: ['vector', ...metadata.names],
    rows: metadata.rows.map((cells, i) => [rows[i], ...cells]),
    firstRow: metadata.firstRow,
    readCell: readTextCell,
    write: (cells: readonly unknown[]) => cells.slice(1).join('\t'),
  };
  return { ...datasetOfTable(metadataFile, table, choice), ...(config.space && { space: config.space }) };
}

/** Whether an archive that holds files of these names is such a bundle. */
export function isProjector(names: readonly string[]): boolean {
  return names.some((name) => [TENSORS, CONFIG].includes(baseName(name)));
}

function flatten(cell: string): string {
  return cell.replace(/\uFEFF/g, '').replace(/[\t\n\r]+/g, ' ');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

interface Config {
  readonly tensorPath: string;
  readonly tensorShape: unknown;
  readonly metadataPath: string;
  readonly space?: SpaceSpec;
}

function readConfig(file: string, bytes: Uint8Array | undefined): Config {
  const usual = { tensorPath: TENSORS, metadataPath: METADATA, tensorShape: undefined };
  if (!bytes) return usual;
  let config: unknown;
  try {
    config = JSON.parse(decodeText(`${file}: ${CONFIG}`, bytes));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('projectorConfig', { file });
  }
  const embedding = field(field(config, 'embeddings'), '0');
  const given = field(config, 'space');
  const [model, prompt, layer, adapter] = ['modelId', 'prompt', 'layer', 'adapter'].map((key) => field(given, key));
  const space = readSpaceFields({ model, prompt, layer, adapter });
  const [tensorPath, metadataPath] = [field(embedding, 'tensorPath'), field(embedding, 'metadataPath')];
  return {
    tensorPath: typeof tensorPath === 'string' ? tensorPath : usual.tensorPath,
    metadataPath: typeof metadataPath === 'string' ? metadataPath : usual.metadataPath,
    tensorShape: field(embedding, 'tensorShape'),
    ...(space && { space }),
  };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

/** Lines with their numbers, without the blank ones. */
function numberedLines(file: string, bytes: Uint8Array): { line: string; number: number }[] {
  return decodeText(file, bytes)
    .split('\n')
    .map((line, i) => ({ line: line.endsWith('\r') ? line.slice(0, -1) : line, number: i + 1 }))
    .filter(({ line }) => line !== '');
}

function readTensors(file: string, bytes: Uint8Array): number[][] {
  let expected: number | undefined;
  return numberedLines(file, bytes).map(({ line, number }) => {
    const cells = line.split('\t');
    expected ??= cells.length;
    if (cells.length !== expected) {
      throw new InputError('vectorLength', { file, place: number, found: cells.length, expected });
    }
    return cells.map((cell, j) => {
      const value = cell.trim() === '' ? NaN : Number(cell);
      if (!Number.isFinite(Math.fround(value))) {
        throw new InputError('vectorNumber', { file, place: number, column: j + 1, cell: excerpt(cell) });
      }
      return value;
    });
  });
}

function readRawTensors(file: string, bytes: Uint8Array, shape: unknown): number[][] {
  const [rows, dim] = [field(shape, '0'), field(shape, '1')];
  if (!isCount(rows) || !isCount(dim) || rows * dim * 4 !== bytes.length) {
    throw new InputError('projectorBytes', { file, found: bytes.length, shape: excerpt(shape) });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: dim }, (_, j) => view.getFloat32((i * dim + j) * 4, true)),
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

/** A header is there if and only if the first line holds a tab; one column without a header is the label. */
function readMetadata(file: string, bytes: Uint8Array): { names: string[]; rows: string[][]; firstRow: number } {
  const lines = numberedLines(file, bytes);
  const first = lines[0];
  if (!first?.line.includes('\t')) return { names: ['label'], rows: lines.map(({ line }) => [line]), firstRow: 1 };
  const names = first.line.split('\t');
  const rows = lines.slice(1).map(({ line, number }) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) {
      throw new InputError('csvRagged', {
        file,
        row: number,
        found: cells.length,
        expected: names.length,
        delimiter: 'tab',
      });
    }
    return cells;
  });
  return { names: uniqueNames(names), rows, firstRow: 2 };
}
