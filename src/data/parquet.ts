/** Parquet files, by hyparquet and hyparquet-writer; vectors by `parquetLists.ts`. */
import { parquetMetadata, parquetSchema, type SchemaTree } from 'hyparquet';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, Matrix } from '../types';
import { createMatrix } from '../vectors';
import { nameColumns, uniqueNames } from './columns';
import { spaceKeyOfFiles } from './fileColumns';
import { readFlatColumns } from './parquetFlat';
import { numberList, readListColumn } from './parquetLists';
import { boundedCompressors, type Compressors } from './parquetPages';
import { readSpaceFields } from './spaceFields';
import { datasetOfTable, parseJsonObject, readColumnarCell } from './table';

/** Rows x columns that are read at most: what a footer claims is not believed beyond it. */
const mostCells = 200_000_000;
const mostBytes = 2_000_000_000;
/** hyparquet looks for each column among all: 20,000 take it 3 s. */
const mostColumns = 20_000;
/** Rows that are believed whatever the file's size, and beyond them as many for each of its bytes: a run of one value takes none. */
const believed = { rows: 1_000_000, perByte: 16 };

/**
 * Reads a table (see `datasetOfTable`): texts, groups, positions (`x`, `y`, `z` or `projection_x` ...) and the items' own columns. The
 * vectors are a column of lists of float16, float32 or float64, or of 4 x D bytes of little-endian float32: the one called `vector` or
 * `embedding`, or else the first of at least two dimensions. Columns of other nested kinds are left out. Throws when the file is
 * damaged or claims more than can be held, at the first row whose vector has another length than the first, and as `datasetOfTable`.
 */
export async function parseParquet(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadingOptions = {},
): Promise<Dataset> {
  const isWhole = bytes.length === bytes.buffer.byteLength;
  const buffer = isWhole ? bytes.buffer : bytes.slice().buffer;
  try {
    const metadata = parquetMetadata(buffer);
    nameApart(metadata);
    const root = parquetSchema(metadata);
    const rows = Number(metadata.num_rows);
    checkClaims(file, buffer.byteLength, rows, root, metadata.row_groups);
    const compressors = boundedCompressors(buffer.byteLength);
    const vectorColumn = findVectors(root);
    const flat = root.children.filter(isCell).filter((column) => column !== vectorColumn);
    const names = flat.map(({ element }) => element.name);
    const cells = await readFlatColumns(buffer, metadata, names, compressors);
    const vectors = vectorColumn && (await readVectorColumn(file, buffer, metadata, root, vectorColumn, compressors));
    const table = {
      names,
      rows: Array.from({ length: rows }, (_, row) => cells.map((column) => column[row])),
      firstRow: 1,
      readCell: readColumnarCell,
      ...(vectors && { vectors }),
    };
    const said = metadata.key_value_metadata?.find(({ key }) => key === spaceKeyOfFiles)?.value;
    const space = said === undefined ? undefined : readSpaceFields(parseJsonObject(said) ?? {});
    return { ...datasetOfTable(file, table, options), ...(space && { space }) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('parquetDamaged', { file, reason });
  }
}

type Metadata = ReturnType<typeof parquetMetadata>;

/** Columns of one name are told apart: hyparquet knows them by their names. */
function nameApart(metadata: Metadata): void {
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

function checkClaims(file: string, size: number, rows: number, root: SchemaTree, groups: Metadata['row_groups']): void {
  const counted = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (!(rows >= 0) || rows !== counted) throw new Error(`${rows} rows are told, ${counted} in its row groups`);
  const columns = root.children.length;
  const isBelieved = rows <= Math.max(believed.rows, size * believed.perByte);
  if (rows * Math.max(1, columns) > mostCells || columns > mostColumns || !isBelieved)
    throw new InputError('parquetTooLarge', { file, rows, columns });
  const unpacked = groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0);
  if (unpacked > mostBytes) throw new InputError('fileTooLarge', { file, bytes: unpacked, limit: mostBytes });
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
  metadata: Metadata,
  root: SchemaTree,
  column: SchemaTree,
  compressors: Compressors,
): Promise<Matrix> {
  const path = numberList(column);
  if (path) return readListColumn(file, new Uint8Array(buffer), metadata, root, path, compressors);
  const { name, type_length: length = 0 } = column.element;
  const [rows = []] = await readFlatColumns(buffer, metadata, [name], compressors, false);
  const data = new Float32Array((rows.length * length) / 4);
  rows.forEach((value, i) => {
    if (!(value instanceof Uint8Array)) throw new InputError('vectorMissing', { file, place: String(i + 1) });
    const view = new DataView(value.buffer, value.byteOffset, value.length);
    for (let j = 0; j < length / 4; j++) {
      const number = view.getFloat32(j * 4, true);
      if (!Number.isFinite(number))
        throw new InputError('vectorNumber', { file, place: String(i + 1), column: j + 1, cell: String(number) });
      data[(i * length) / 4 + j] = number;
    }
  });
  return createMatrix(data, length / 4);
}
