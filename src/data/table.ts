/** Tables (of CSV, TSV, JSON objects, Projector metadata) <-> items with their groups, own columns, positions and vectors. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Cell, Dataset, Matrix, NewItem, Positions } from '../types';
import { createMatrix, takeRows } from '../vectors';
import { nameColumns, readOwnColumn, uniqueNames, writeOwnColumn } from './columns';
import { formatFloat32 } from './float32';

/** A table as a file gives it. */
export interface Table {
  readonly names: readonly string[];
  /** As many cells a row as there are names. */
  readonly rows: readonly (readonly unknown[])[];
  /** Number of the first of `rows` in its file, for messages. */
  readonly firstRow: number;
  /** What a cell of an own column holds; undefined where it holds nothing. */
  readonly readCell: (cell: unknown) => Cell | undefined;
  /** The rows' vectors, where they are no cells. */
  readonly vectors?: Matrix;
}

/**
 * Items of a table, row by row; rows without a text are skipped with their vectors and positions.
 *
 * - Text: the chosen column, or the one called text, word, label, ..., or the one with the longest average text.
 * - Group: the chosen column, or the one called group, category, class, topic, ..., label.
 * - Positions: columns x, y and, if it is there, z, when every cell is a number.
 * - Vectors: one column `vector` (`embedding`) of number arrays (in CSV: JSON arrays), or columns v0, v1, ..., as the file has
 *   them: not made unit length. They are vectors if the first row's are; then every row's must be.
 * - All others are the items' own columns.
 *
 * Numbers of positions and vectors are rounded to float32. Throws when there are no texts, a chosen column is missing, or a
 * vector has a cell that is no number or another length than the first.
 */
export function datasetOfTable(file: string, table: Table, choice: ReadingOptions = {}): Dataset {
  const { names } = table;
  const named = nameColumns(names);
  const chosenText = choice.textColumn === undefined ? named.text : chosenColumn(file, names, choice.textColumn);
  let group = named.group;
  if (choice.groupColumn === null) group = -1;
  else if (choice.groupColumn !== undefined) group = chosenColumn(file, names, choice.groupColumn);
  const text =
    chosenText >= 0 ? chosenText : longestTextColumn(table, new Set([...named.vector, ...named.position]), group);
  if (text === group) group = -1;

  const rows: number[] = [];
  table.rows.forEach((cells, row) => {
    if (cellText(cells[text]).trim() !== '') rows.push(row);
  });
  if (rows.length === 0) throw new InputError('noTexts', { file });

  const isFree = (column: number) => column !== text && column !== group;
  const position = named.position.every(isFree) ? readPositions(table, rows, named.position) : undefined;
  const isWhole = rows.length === table.rows.length;
  const given = table.vectors && (isWhole ? table.vectors : takeRows(table.vectors, rows));
  const inArrays = given ?? (isFree(named.array) ? readArrayColumn(file, table, rows, named.array) : undefined);
  const inColumns =
    inArrays || !named.vector.every(isFree) ? undefined : readVectorColumns(file, table, rows, named.vector);
  const used = new Set([text, group]);
  if (position) named.position.forEach((column) => used.add(column));
  if (inColumns) named.vector.forEach((column) => used.add(column));
  if (inArrays && !given) used.add(named.array);

  const own = names.map((_, column) => column).filter((column) => !used.has(column));
  const ownNames = uniqueNames(own.map((column) => readOwnColumn(names[column]!)));
  const vectors = inArrays ?? inColumns;
  return {
    items: rows.map((row) => readItem(table, table.rows[row]!, text, group, own, ownNames)),
    ...(vectors && { vectors }),
    ...(position && { positions: position }),
  };
}

/** The columns of a dataset without its vectors: text, group and positions where there are any, then the items' own. */
export function tableOfDataset({ items, positions }: Dataset): {
  names: string[];
  row: (index: number) => string[];
} {
  const hasGroups = items.some((item) => item.group !== undefined);
  const own = [...new Set(items.flatMap((item) => Object.keys(item.columns ?? {})))];
  const axes = positions ? ['x', 'y', 'z'].slice(0, positions.dim) : [];
  return {
    names: ['text', ...(hasGroups ? ['group'] : []), ...axes, ...own.map((name) => writeOwnColumn(name, hasGroups))],
    row: (index) => {
      const { text, group = '', columns = {} } = items[index]!;
      const at = axes.map((_, axis) => formatFloat32(positions!.data[index * axes.length + axis]!));
      const cells = own.map((name) => (Object.hasOwn(columns, name) ? String(columns[name] ?? '') : ''));
      return [text, ...(hasGroups ? [group] : []), ...at, ...cells];
    },
  };
}

/** A text cell as an own column holds it: a number only where writing it again gives the same text (007 stays a text). */
export function readTextCell(cell: unknown): Cell | undefined {
  if (typeof cell !== 'string' || cell === '') return undefined;
  const number = Number(cell);
  return Number.isFinite(number) && String(number) === cell ? number : cell;
}

/** A JSON value as an own column holds it: arrays and objects as their JSON text. */
export function readJsonCell(value: unknown): Cell | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return jsonOf(value) ?? null;
}

/** A value of a format with types as an own column holds it: dates in ISO 8601, whole numbers that float64 cannot hold as texts. */
export function readColumnarCell(value: unknown): Cell | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  return ArrayBuffer.isView(value) ? undefined : jsonOf(value);
}

/** JSON of a value that came from a file. Arrays in each other, thousands deep, can be read and not written again: `[…]` stands for them. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return '[…]';
  }
}

/** The object that is written as JSON; undefined where it is none. */
export function parseJsonObject(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Number arrays as a matrix of float32, one a row, all of one length. `place` names row `i` for messages. Throws at the first
 * that is no array of finite numbers or has another length than the first; `notFinite` says so of a number.
 */
export function readVectors(
  file: string,
  arrays: readonly unknown[],
  place: (i: number) => string,
  notFinite: 'vectorNumber' | 'positionNumber' = 'vectorNumber',
): Matrix {
  const dim = Array.isArray(arrays[0]) ? arrays[0].length : 0;
  if (dim === 0) throw new InputError('vectorMissing', { file, place: place(0) });
  const data = new Float32Array(arrays.length * dim);
  arrays.forEach((array, i) => {
    if (!Array.isArray(array)) throw new InputError('vectorMissing', { file, place: place(i) });
    if (array.length !== dim) {
      throw new InputError('vectorLength', { file, place: place(i), found: array.length, expected: dim });
    }
    array.forEach((value: unknown, j) => {
      const number = typeof value === 'number' ? Math.fround(value) : NaN;
      if (!Number.isFinite(number)) {
        throw new InputError(notFinite, { file, place: place(i), column: j + 1, cell: excerpt(value) });
      }
      data[i * dim + j] = number;
    });
  });
  return createMatrix(data, dim);
}

/** The beginning of a JSON value, for messages. */
export function excerpt(value: unknown): string {
  const text = jsonOf(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function chosenColumn(file: string, names: readonly string[], name: string): number {
  const column = names.indexOf(name);
  if (column < 0) throw new InputError('columnMissing', { file, column: name, columns: names.join(', ') });
  return column;
}

function cellText(cell: unknown): string {
  return typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : '';
}

/** The float32 of a cell, NaN where it holds no finite number. */
function cellNumber(cell: unknown): number {
  const number = typeof cell === 'number' ? cell : typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : NaN;
  const rounded = Math.fround(number);
  return Number.isFinite(rounded) ? rounded : NaN;
}

/** Columns of words come before columns of numbers, and other columns before the group. */
function longestTextColumn(table: Table, excluded: ReadonlySet<number>, group: number): number {
  let best = -1;
  let bestRank = -1;
  let bestLength = -1;
  table.names.forEach((_, column) => {
    if (excluded.has(column)) return;
    const texts = table.rows.map((row) => cellText(row[column])).filter((text) => text !== '');
    const length = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, table.rows.length);
    const rank = texts.every((text) => !Number.isNaN(cellNumber(text))) ? 0 : column === group ? 1 : 2;
    if (rank > bestRank || (rank === bestRank && length > bestLength)) {
      [best, bestRank, bestLength] = [column, rank, length];
    }
  });
  return best;
}

function readPositions(table: Table, rows: readonly number[], columns: readonly number[]): Positions | undefined {
  if (columns.length === 0) return undefined;
  const data = Float32Array.from(rows.flatMap((row) => columns.map((column) => cellNumber(table.rows[row]![column]))));
  return data.some(Number.isNaN) ? undefined : { data, rows: rows.length, dim: columns.length === 3 ? 3 : 2 };
}

function readVectorColumns(
  file: string,
  table: Table,
  rows: readonly number[],
  columns: readonly number[],
): Matrix | undefined {
  const dim = columns.length;
  if (columns.some((column) => Number.isNaN(cellNumber(table.rows[rows[0]!]![column]))) || dim === 0) return undefined;
  const data = new Float32Array(rows.length * dim);
  let p = 0;
  for (const row of rows) {
    const cells = table.rows[row]!;
    for (const column of columns) {
      const number = cellNumber(cells[column]);
      if (Number.isNaN(number)) {
        const place = String(row + table.firstRow);
        throw new InputError('vectorNumber', {
          file,
          place,
          column: table.names[column]!,
          cell: excerpt(cells[column]),
        });
      }
      data[p++] = number;
    }
  }
  return createMatrix(data, dim);
}

function readArrayColumn(file: string, table: Table, rows: readonly number[], column: number): Matrix | undefined {
  if (column < 0) return undefined;
  const first = parseArray(table.rows[rows[0]!]![column]);
  if (!Array.isArray(first) || first.length === 0 || typeof first[0] !== 'number') return undefined;
  const arrays = rows.map((row) => parseArray(table.rows[row]![column]));
  return readVectors(file, arrays, (i) => String(rows[i]! + table.firstRow));
}

function parseArray(cell: unknown): unknown {
  if (typeof cell !== 'string' || !cell.trimStart().startsWith('[')) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function readItem(
  { readCell }: Table,
  cells: readonly unknown[],
  text: number,
  group: number,
  own: readonly number[],
  ownNames: readonly string[],
): NewItem {
  const groupText = cellText(cells[group]);
  const entries: [string, Cell][] = [];
  own.forEach((column, i) => {
    const cell = readCell(cells[column]);
    if (cell !== undefined) entries.push([ownNames[i]!, cell]);
  });
  return {
    text: cellText(cells[text]),
    ...(groupText.trim() !== '' && { group: groupText }),
    ...(entries.length > 0 && { columns: Object.fromEntries(entries) }),
  };
}
