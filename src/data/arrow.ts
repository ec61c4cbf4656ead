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
import type { Dataset, Matrix } from '../types';
import { createMatrix } from '../vectors';
import { mostUnpacked } from './bomb';
import { nameColumns } from './columns';
import { spaceKeyOfFiles } from './fileColumns';
import { decompressLz4Frame } from './lz4';
import { readSpaceFields } from './spaceFields';
import { datasetOfTable, parseJsonObject, readColumnarCell } from './table';

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
 * `vector` or `embedding`, or else the first of at least two dimensions. Throws when the file is damaged, at the first row whose vector
 * has another length than the first or a hole, and as `datasetOfTable` does.
 */
export async function parseArrow(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadingOptions = {},
): Promise<Dataset> {
  try {
    Object.assign(unpacking, { packed: bytes.length, unpacked: 0 });
    const table = tableFromIPC(bytes, { useDate: true, useBigInt: true });
    if (isMarked(bytes, 0) && !isMarked(bytes, bytes.length - fileMark.length)) throw new Error('it is cut short');
    if (table.names.length === 0) throw new Error('it has no columns');
    for (const column of table.children) column.data.forEach(checkLengths);
    const all = table.names.map((name, i) => ({ name: String(name), column: table.getChildAt<unknown>(i) }));
    // A column of nulls has no buffers, so that any length can be told of it.
    const columns = all.filter(({ column }) => column.type.typeId !== Type.Null);
    const flat = columns.filter(({ column }) => !isNested(column));
    const numRows = flat[0]?.column.length ?? 0;
    const other = columns.find(({ column }) => column.length !== numRows);
    if (flat.length > 0 && other)
      throw new Error(`${numRows} rows, and ${other.column.length} in the column ${other.name}`);
    const lists = columns.filter(({ column }) => isNumberList(column));
    const chosen = lists[nameColumns(lists.map(({ name }) => name)).array] ?? lists[0];
    const vectors = chosen && readLists(file, chosen.column);
    const cells = flat.map(({ column }) => column.toArray());
    const rows = Array.from({ length: numRows }, (_, row) => cells.map((cell): unknown => cell[row]));
    const names = flat.map(({ name }) => name);
    const given = { names, rows, firstRow: 1, readCell: readColumnarCell, ...(vectors && { vectors }) };
    const space = spaceOf(table);
    return { ...datasetOfTable(file, given, options), ...(space && { space }) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('arrowDamaged', { file, reason: error instanceof Error ? error.message : String(error) });
  }
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

function readLists(file: string, column: Column<unknown>): Matrix {
  let dim = 0;
  let data = new Float32Array(0);
  let row = 0;
  for (const batch of column.data) {
    const [child] = batch.children;
    if (!child) throw new Error('a list without values');
    const bounds = boundsOf(batch);
    const floats = child.nullCount === 0 && child.values instanceof Float32Array ? child.values : undefined;
    for (let i = 0; i < batch.length; i++, row++) {
      const [start, end] = bounds(i);
      const place = String(row + 1);
      if (isNull(batch, i) || start === end) throw new InputError('vectorMissing', { file, place });
      if (row === 0) {
        dim = end - start;
        data = new Float32Array(column.length * dim);
      }
      if (end - start !== dim) throw new InputError('vectorLength', { file, place, found: end - start, expected: dim });
      if (floats && areFinite(floats, start, end)) {
        data.set(floats.subarray(start, end), row * dim);
        continue;
      }
      for (let j = 0; j < dim; j++) {
        const value = isNull(child, start + j) ? NaN : Math.fround(Number(child.value(start + j)));
        if (!Number.isFinite(value))
          throw new InputError('vectorNumber', { file, place, column: j + 1, cell: String(child.at(start + j)) });
        data[row * dim + j] = value;
      }
    }
  }
  if (dim === 0) throw new InputError('noTexts', { file });
  return createMatrix(data, dim);
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
