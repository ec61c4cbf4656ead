/** Reading the bundle for TensorFlow's Embedding Projector, which `projectorWrite.ts` describes. */
import { readSpaceFields } from './spaceFields';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, SpaceSpec } from '../types';
import { uniqueNames } from './columns';
import { excerpt, readTextCell } from './table';
import { datasetOfTable } from './tableReader';
import { decodeText } from './text';
import { listZip, readZip } from './zip';

/** Names in a bundle that is read and in one that is written. */
export const projectorFiles = {
  tensors: 'tensors.tsv',
  metadata: 'metadata.tsv',
  config: 'projector_config.json',
} as const;
const {
  tensors: TENSORS,
  metadata: METADATA,
  config: CONFIG,
}: Record<keyof typeof projectorFiles, string> = projectorFiles;

/**
 * Reads a bundle: `tensors.tsv` and `metadata.tsv`, or the files (TSV, or `.bytes` of raw little-endian float32) that the first
 * embedding of its `projector_config.json` names; folders in the archive do not matter. Looser than the Projector in taking CRLF
 * line ends and a byte order mark; stricter in taking no labels in the tensors file. The metadata is a table: see
 * `TableReader`. Throws when a file is missing, a row of tensors or metadata has another length than the first, or the two
 * disagree in rows.
 */
export function parseProjector(file: string, bytes: Uint8Array, choice: ReadingOptions = {}): Dataset {
  const find = (name: string): Uint8Array | undefined => {
    const entry = listZip(file, bytes).find(
      (path) => baseName(path) === baseName(name) && !path.startsWith('__MACOSX/'),
    );
    return entry === undefined ? undefined : readZip(file, bytes, (path) => path === entry).get(entry);
  };
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
