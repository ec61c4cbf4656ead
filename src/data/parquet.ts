/** Parquet files, by hyparquet and hyparquet-writer; vectors by `parquetLists.ts`. */
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadata,
  parquetMetadataAsync,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, OnProgress } from '../types';
import { createMatrix } from '../vectors';
import { viewOf } from './bytes';
import { nameColumns, uniqueNames } from './columns';
import { spaceKeyOfFiles } from './fileColumns';
import { beginFlatColumns, type OnValues, readFlatColumns } from './parquetFlat';
import { numberList, readListColumn } from './parquetLists';
import { boundedCompressors, type Compressors } from './parquetPages';
import type { ReadVectors } from './parquetRows';
import type { ReadingHooks } from './reader';
import { ReadingProgress } from './readingProgress';
import type { Problem } from './rows';
import { readSpaceFields } from './spaceFields';
import { parseJsonObject, readColumnarCell, writeColumnarRow } from './table';
import type { ColumnarBeginning } from './tableColumns';
import { datasetOfTable } from './tableReader';

/** Rows x columns that are read at most: what a footer claims is not believed beyond it. */
const mostCells = 200_000_000;
const mostBytes = 2_000_000_000;
/** hyparquet looks for each column among all: 20,000 take it 3 s. */
const mostColumns = 20_000;
/** Rows that are believed whatever the file's size, and beyond them as many for each of its bytes: a run of one value takes none. */
const believed = { rows: 1_000_000, perByte: 16 };

/**
 * Reads a table (see `TableReader`): texts, groups, positions (`x`, `y`, `z` or `projection_x` ...) and the items' own columns. The
 * vectors are a column of lists of float16, float32 or float64, or of 4 x D bytes of little-endian float32: the one called `vector` or
 * `embedding`, or else the first of at least two dimensions. Columns of other nested kinds are left out. Throws when the file is
 * damaged or claims more than can be held, and as `TableReader`. Of the
 * first rows alone, only the row groups that hold them are read.
 */
export async function parseParquet(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadingOptions = {},
  { onProgress }: ReadingHooks = {},
): Promise<Dataset> {
  const isWhole = bytes.length === bytes.buffer.byteLength;
  const buffer = isWhole ? bytes.buffer : bytes.slice().buffer;
  try {
    const metadata = parquetMetadata(buffer);
    nameApart(metadata);
    const root = parquetSchema(metadata);
    const rows = Number(metadata.num_rows);
    checkClaims(file, buffer.byteLength, rows, root, metadata.row_groups);
    const said = metadata.key_value_metadata?.find(({ key }) => key === spaceKeyOfFiles)?.value;
    const space = said === undefined ? undefined : readSpaceFields(parseJsonObject(said) ?? {});
    const read = (groups: RowGroups) => readGroups(file, buffer, metadata, groups, options, onProgress);
    const needed = neededGroups(metadata.row_groups, options);
    let dataset = await read(needed);
    // Some of the first rows could not be used.
    const isShort = needed.length < metadata.row_groups.length && dataset.items.length < (options.limit?.count ?? 0);
    if (isShort) dataset = await read(metadata.row_groups);
    return { ...dataset, ...(space && { space }) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('parquetDamaged', { file, reason });
  }
}

/** The first rows of a Parquet file, `most` at most, of which no more is read than they and its footer take. Throws when it is damaged, or claims too much. */
export async function beginParquet(blob: Blob, most: number): Promise<ColumnarBeginning> {
  const file: AsyncBuffer = {
    byteLength: blob.size,
    slice: (start, end) => blob.slice(start, end).arrayBuffer(),
  };
  const metadata = await parquetMetadataAsync(file);
  nameApart(metadata);
  const root = parquetSchema(metadata);
  checkClaims('', blob.size, Number(metadata.num_rows), root, metadata.row_groups);
  const { names, vectorColumn } = columnsOf(root);
  const compressors = boundedCompressors(blob.size);
  const cells = await beginFlatColumns(file, metadata, names, compressors, most);
  const total = Number(metadata.num_rows);
  const rows = Array.from({ length: Math.min(most, total) }, (_, row) => cells.map((column) => column[row]));
  return { names, rows, total, vectors: vectorColumn !== undefined };
}

type RowGroups = FileMetaData['row_groups'];

/** Columns of one name are told apart: hyparquet knows them by their names. */
function nameApart(metadata: FileMetaData): void {
  const { children } = parquetSchema(metadata);
  const names = uniqueNames(children.map(({ element }) => element.name));
  // A group's chunks are in the order of the schema's leaves.
  const ofLeaf = children.flatMap((column, i) => leavesOf(column).map(() => names[i]!));
  children.forEach(({ element }, i) => (element.name = names[i]!));
  for (const { columns } of metadata.row_groups)
    columns.forEach(({ meta_data: meta }, i) => meta?.path_in_schema.splice(0, 1, ofLeaf[i] ?? ''));
}

function leavesOf(column: SchemaTree): SchemaTree[] {
  return column.children.length === 0 ? [column] : column.children.flatMap(leavesOf);
}

function checkClaims(file: string, size: number, rows: number, root: SchemaTree, groups: RowGroups): void {
  const counted = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (!(rows >= 0) || rows !== counted) throw new Error(`${rows} rows are told, ${counted} in its row groups`);
  const columns = root.children.length;
  const isBelieved = rows <= Math.max(believed.rows, size * believed.perByte);
  if (rows * Math.max(1, columns) > mostCells || columns > mostColumns || !isBelieved)
    throw new InputError('parquetTooLarge', { file, rows, columns });
  const unpacked = groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0);
  if (unpacked > mostBytes) throw new InputError('fileTooLarge', { file, bytes: unpacked, limit: mostBytes });
}

/** The columns that have one value a row, by name, and the one of vectors, if any. */
function columnsOf(root: SchemaTree): { readonly names: string[]; readonly vectorColumn: SchemaTree | undefined } {
  const vectorColumn = findVectors(root);
  const flat = root.children.filter(isCell).filter((column) => column !== vectorColumn);
  return { names: flat.map(({ element }) => element.name), vectorColumn };
}

async function readGroups(
  file: string,
  buffer: ArrayBuffer,
  metadata: FileMetaData,
  groups: RowGroups,
  options: ReadingOptions,
  onProgress: OnProgress | undefined,
): Promise<Dataset> {
  const root = parquetSchema(metadata);
  const { names, vectorColumn } = columnsOf(root);
  const part = { ...metadata, row_groups: groups, num_rows: groups.reduce((sum, group) => sum + group.num_rows, 0n) };
  const compressors = boundedCompressors(buffer.byteLength);
  const onValues = progressOf(part, [...names, ...(vectorColumn ? [vectorColumn.element.name] : [])], onProgress);
  const cells = await readFlatColumns(buffer, part, names, compressors, { onValues });
  const vectors =
    vectorColumn && (await readVectorColumn(file, buffer, part, root, vectorColumn, compressors, onValues));
  const table = {
    names,
    rows: Array.from({ length: Number(part.num_rows) }, (_, row) => cells.map((column) => column[row])),
    firstRow: 1,
    hasMore: groups.length < metadata.row_groups.length,
    readCell: readColumnarCell,
    write: writeColumnarRow(names),
    ...vectors,
  };
  return datasetOfTable(file, table, options);
}

/** Takes how many more values of a column have been read; each counts as much as its share of the column's bytes. */
function progressOf(
  { num_rows: rows, row_groups: groups }: FileMetaData,
  names: readonly string[],
  onProgress: OnProgress | undefined,
): OnValues {
  const bytes = new Map(names.map((name) => [name, 0]));
  for (const { meta_data: chunk } of groups.flatMap(({ columns }) => columns)) {
    const before = bytes.get(chunk?.path_in_schema[0] ?? '');
    if (chunk && before !== undefined)
      bytes.set(chunk.path_in_schema[0]!, before + Number(chunk.total_compressed_size));
  }
  const progress = new ReadingProgress(
    onProgress,
    [...bytes.values()].reduce((sum, size) => sum + size, 0),
  );
  return (name, count) => progress.add(((bytes.get(name) ?? 0) * count) / Number(rows));
}

/** The row groups that hold the first rows, where no more are wanted. */
function neededGroups(groups: RowGroups, { filter, limit }: ReadingOptions): RowGroups {
  if (filter || limit?.take !== 'first') return groups;
  let rows = 0;
  const end = groups.findIndex((group) => (rows += Number(group.num_rows)) >= limit.count);
  return end < 0 ? groups : groups.slice(0, end + 1);
}

/** The column of vectors: by its name, or else the first that may be one. */
function findVectors(root: SchemaTree): SchemaTree | undefined {
  const may = root.children.filter((column) => numberList(column) ?? isPackedFloats(column));
  const named = nameColumns(may.map(({ element }) => element.name)).array;
  return may[named] ?? may.find(({ element }) => element.name !== 'neighbors');
}

/** FIXED_LEN_BYTE_ARRAY(4 x D) without another meaning. */
function isPackedFloats({ children, element }: SchemaTree): boolean {
  const { type, type_length: length = 0, converted_type: converted, logical_type: logical } = element;
  const isPlain = children.length === 0 && type === 'FIXED_LEN_BYTE_ARRAY' && !converted && !logical;
  return isPlain && length % 4 === 0 && length >= 8;
}

/** Whether a column has one value a row. */
function isCell({ children, element }: SchemaTree): boolean {
  return children.length === 0 && element.repetition_type !== 'REPEATED';
}

async function readVectorColumn(
  file: string,
  buffer: ArrayBuffer,
  metadata: FileMetaData,
  root: SchemaTree,
  column: SchemaTree,
  compressors: Compressors,
  onValues: OnValues,
): Promise<ReadVectors> {
  const path = numberList(column);
  const { name, type_length: length = 0 } = column.element;
  const onRows = (count: number) => onValues(name, count);
  if (path) return readListColumn(file, new Uint8Array(buffer), metadata, root, path, compressors, onRows);
  const [values = []] = await readFlatColumns(buffer, metadata, [name], compressors, { onValues, utf8: false });
  const dim = length / 4;
  const data = new Float32Array(values.length * dim);
  const problems = new Map<number, Problem>();
  values.forEach((value, i) => {
    const place = String(i + 1);
    if (!(value instanceof Uint8Array)) {
      problems.set(i, { reason: 'noVector', error: () => new InputError('vectorMissing', { file, place }) });
      return;
    }
    const view = viewOf(value);
    for (let j = 0; j < dim; j++) data[i * dim + j] = view.getFloat32(j * 4, true);
    const wrong = data.subarray(i * dim, (i + 1) * dim).findIndex((number) => !Number.isFinite(number));
    if (wrong < 0) return;
    const params = { file, place, column: wrong + 1, cell: String(data[i * dim + wrong]) };
    problems.set(i, { reason: 'vectorNumber', error: () => new InputError('vectorNumber', params) });
  });
  return { vectors: createMatrix(data, dim), problemOf: (i) => problems.get(i) };
}
