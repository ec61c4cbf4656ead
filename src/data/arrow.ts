/** Arrow files, streams and Feather (version 2), by flechette. */
import {
  type Batch,
  type Column,
  CompressionType,
  setCompressionCodec,
  type Table,
  tableFromIPC,
  Type,
} from '@uwdata/flechette';
import { decompress as decompressZstd } from 'fzstd';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { createMatrix } from '../vectors';
import { mostUnpacked } from './bomb';
import { nameColumns } from './columns';
import { spaceKeyOfFiles } from './fileColumns';
import { decompressLz4Frame } from './lz4';
import type { ReadingHooks } from './reader';
import { ReadingProgress } from './readingProgress';
import type { Problem } from './rows';
import { readSpaceFields } from './spaceFields';
import { parseJsonObject, readColumnarCell, writeColumnarRow } from './table';
import type { ColumnarBeginning, TableShape } from './tableColumns';
import { datasetOfTable } from './tableReader';

/** Unpacked buffers are said by the file before they are unpacked: more is not believed. */
const mostBytes = 2_000_000_000;

/** What a file, not a stream, begins and ends with. */
const fileMark = [...'ARROW1'].map((char) => char.charCodeAt(0));

const unsupported = () => {
  throw new Error('nothing is compressed here');
};
/** Bytes of the file that is read, and of what was unpacked of it so far: the codecs are told of one buffer at a time. */
const unpacking = { packed: 0, unpacked: 0 };
const checked = (size: number): number => {
  if (!(size >= 0)) throw new Error(`a buffer of ${size} bytes`);
  unpacking.unpacked += size;
  const limit = mostUnpacked(unpacking.unpacked, unpacking.packed, mostBytes);
  if (unpacking.unpacked > limit) throw new Error(`it unpacks to more than ${limit} bytes`);
  return size;
};
setCompressionCodec(CompressionType.LZ4_FRAME, {
  decode: (bytes, size) => decompressLz4Frame(bytes, checked(size)),
  encode: unsupported,
});
setCompressionCodec(CompressionType.ZSTD, {
  decode: (bytes, size) => decompressZstd(bytes, new Uint8Array(checked(size))),
  encode: unsupported,
});

/**
 * Reads a table as `parseParquet` does: the vectors are a list or a fixed-size list of float16, float32 or float64, the column called
 * `vector` or `embedding`, or else the first of at least two dimensions. Rows whose vector has another length
 * than the first or a hole are left out. Throws when the file is damaged, and as `TableReader` does.
 */
export async function parseArrow(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadingOptions = {},
  { onProgress }: ReadingHooks = {},
): Promise<Dataset> {
  try {
    const { rows: numRows, flat, lists, table } = readColumns(bytes);
    const chosen = lists[nameColumns(lists.map(({ name }) => name)).array] ?? lists[0];
    const progress = new ReadingProgress(onProgress, chosen?.column.length ?? 0);
    const vectors = chosen && readLists(file, chosen.column, progress);
    const cells = flat.map(({ column }) => column.toArray());
    const rows = Array.from({ length: numRows }, (_, row) => cells.map((cell): unknown => cell[row]));
    const names = flat.map(({ name }) => name);
    const write = writeColumnarRow(names);
    const given = { names, rows, firstRow: 1, readCell: readColumnarCell, write, ...vectors };
    const space = spaceOf(table);
    return { ...datasetOfTable(file, given, options), ...(space && { space }) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('arrowDamaged', { file, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** The first rows of an Arrow file, `most` at most. Throws when it is damaged. */
export function beginArrow(bytes: Uint8Array, most: number): ColumnarBeginning {
  const { rows: total, flat, lists } = readColumns(bytes);
  const rows = Array.from({ length: Math.min(most, total) }, (_, row) =>
    flat.map(({ column }): unknown => column.at(row)),
  );
  return { names: flat.map(({ name }) => name), rows, total, vectors: lists.length > 0 };
}

/** The columns that have one value a row, and those of lists of numbers. */
function readColumns(bytes: Uint8Array) {
  Object.assign(unpacking, { packed: bytes.length, unpacked: 0 });
  const table = tableFromIPC(bytes, { useDate: true, useBigInt: true });
  if (isMarked(bytes, 0) && !isMarked(bytes, bytes.length - fileMark.length)) throw new Error('it is cut short');
  if (table.names.length === 0) throw new Error('it has no columns');
  for (const column of table.children) column.data.forEach(checkLengths);
  const all = table.names.map((name, i) => ({ name: String(name), column: table.getChildAt<unknown>(i) }));
  // A column of nulls has no buffers, so that any length can be told of it.
  const columns = all.filter(({ column }) => column.type.typeId !== Type.Null);
  const flat = columns.filter(({ column }) => !isNested(column));
  const rows = flat[0]?.column.length ?? 0;
  const other = columns.find(({ column }) => column.length !== rows);
  if (flat.length > 0 && other) throw new Error(`${rows} rows, and ${other.column.length} in the column ${other.name}`);
  return { table, rows, flat, lists: columns.filter(({ column }) => isNumberList(column)) };
}

function isMarked(bytes: Uint8Array, at: number): boolean {
  return fileMark.every((byte, i) => bytes[at + i] === byte);
}

/** A batch says how many rows it has, and its buffers may hold fewer: it is not believed before anything of that length is made. */
function checkLengths(batch: Batch<unknown>): void {
  const { type, length, offsets, values, children } = batch;
  if (type.typeId === Type.Null) return;
  const isPlain = !children && !hasOffsets(type.typeId);
  const held = [
    ...(hasOffsets(type.typeId) ? [(offsets?.length ?? 0) - 1] : []),
    // Values that take several places of their buffer are held to less than they could be: to one.
    ...(isPlain ? [(values?.length ?? 0) * (type.typeId === Type.Bool ? 8 : 1)] : []),
    ...(type.typeId === Type.FixedSizeList ? [Math.floor((children[0]?.length ?? 0) / type.stride)] : []),
    ...(type.typeId === Type.Struct ? children.map((child) => child.length) : []),
  ];
  const fewest = Math.min(...held, batch.nullCount > 0 ? batch.validity.length * 8 : Infinity);
  if (!(length >= 0 && length <= fewest)) throw new Error(`${length} rows are told, ${fewest} are there`);
  children?.forEach(checkLengths);
}

function hasOffsets(typeId: number): boolean {
  return [Type.Utf8, Type.LargeUtf8, Type.Binary, Type.LargeBinary, Type.List, Type.LargeList].some(
    (id) => id === typeId,
  );
}

function spaceOf({ schema }: Table) {
  const said = schema.metadata?.get(spaceKeyOfFiles);
  return said === undefined ? undefined : readSpaceFields(parseJsonObject(said) ?? {});
}

function isNumberList({ type }: Column<unknown>): boolean {
  const isList = type.typeId === Type.List || type.typeId === Type.LargeList || type.typeId === Type.FixedSizeList;
  return isList && type.children[0]?.type.typeId === Type.Float;
}

function isNested({ type }: Column<unknown>): boolean {
  return 'children' in type && Array.isArray(type.children) && type.children.length > 0;
}

/** The lists as a matrix, and what is wrong with those that are no vector of the length of the first. */
function readLists(
  file: string,
  column: Column<unknown>,
  progress: ReadingProgress,
): Pick<Required<TableShape>, 'vectors' | 'problemOf'> {
  const problems = new Map<number, Problem>();
  let dim = 0;
  let data = new Float32Array(0);
  let row = 0;
  for (const batch of column.data) {
    const [child] = batch.children;
    if (!child) throw new Error('a list without values');
    const bounds = boundsOf(batch);
    const floats = child.nullCount === 0 && child.values instanceof Float32Array ? child.values : undefined;
    for (let i = 0; i < batch.length; i++, row++) {
      progress.add(1);
      const [start, end] = bounds(i);
      const found = isNull(batch, i) ? 0 : end - start;
      if (dim === 0 && found > 0) {
        dim = found;
        data = new Float32Array(column.length * dim);
      }
      const place = String(row + 1);
      if (found === 0)
        problems.set(row, { reason: 'noVector', error: () => new InputError('vectorMissing', { file, place }) });
      else if (found !== dim) {
        const params = { file, place, found, expected: dim };
        problems.set(row, { reason: 'vectorLength', error: () => new InputError('vectorLength', params) });
      }
      if (found === dim && floats && areFinite(floats, start, end)) {
        data.set(floats.subarray(start, end), row * dim);
        continue;
      }
      for (let j = 0; found === dim && j < dim; j++) {
        const value = isNull(child, start + j) ? NaN : Math.fround(Number(child.value(start + j)));
        if (!Number.isFinite(value)) {
          const params = { file, place, column: j + 1, cell: String(child.at(start + j)) };
          problems.set(row, { reason: 'vectorNumber', error: () => new InputError('vectorNumber', params) });
          break;
        }
        data[row * dim + j] = value;
      }
    }
  }
  if (row === 0) throw new InputError('noTexts', { file });
  if (dim === 0) throw new InputError('vectorMissing', { file, place: '1' });
  return { vectors: createMatrix(data, dim), problemOf: (i) => problems.get(i) };
}

/** Whether all of these are there, and finite: they are taken at once. */
function areFinite(values: Float32Array, start: number, end: number): boolean {
  if (end > values.length) return false;
  for (let i = start; i < end; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** A batch without nulls has no bits that say so. */
function isNull(batch: Batch<unknown>, i: number): boolean {
  return batch.nullCount > 0 && !batch.isValid(i);
}

/** Where in its child each list of a batch begins and ends. */
function boundsOf(batch: Batch<unknown>): (i: number) => readonly [number, number] {
  const { type, offsets } = batch;
  if (type.typeId === Type.FixedSizeList) return (i) => [i * type.stride, (i + 1) * type.stride];
  return (i) => [Number(offsets[i]), Number(offsets[i + 1])];
}
