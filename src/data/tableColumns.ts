/** What the columns of a table are: by what is chosen, by their names, and by what stands in the first rows. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Cell, Matrix } from '../types';
import { type NamedColumns, nameColumns } from './columns';
import { type Problem, testOf } from './rows';
import { cellNumber, cellText, parseArray } from './table';
import { VectorRows } from './vectorRows';

export type Cells = readonly unknown[];

/** What a table's file says of it. */
export interface TableShape {
  readonly names: readonly string[];
  /** Whether further columns may come, which are put behind. */
  readonly grows?: boolean;
  /** What a cell of an own column holds; undefined where it holds nothing. */
  readonly readCell: (cell: unknown) => Cell | undefined;
  /** A row as it stands in its file, or nearly so. */
  readonly write: (cells: Cells) => string;
  /** Rows that are likely to come. */
  readonly expected?: number;
  /** Whether the file has further rows, which were not read. */
  readonly hasMore?: boolean;
  /** The rows' vectors, where they are no cells: row `i` of the matrix is that of the `i`-th row. */
  readonly vectors?: Matrix;
  /** What is wrong with such a vector. */
  readonly problemOf?: (i: number) => Problem | undefined;
}

/** The first rows of a file of columns with types. */
export interface ColumnarBeginning {
  readonly names: readonly string[];
  readonly rows: readonly Cells[];
  /** Rows of the file. */
  readonly total: number;
  /** Whether it has a column of vectors, which is none of `names`. */
  readonly vectors: boolean;
  /** Of a workbook, the sheet that was read, and those that can be. */
  readonly sheet?: string;
  readonly sheets?: readonly string[];
}

/** What is made of each row. */
export interface Plan {
  readonly text: number;
  readonly group: number;
  readonly position: readonly number[];
  /** One column of number arrays, or one a dimension; empty where there are no vectors among the cells. */
  readonly vector: readonly number[];
  readonly isArray: boolean;
  readonly vectors?: VectorRows;
  readonly passes: (cells: Cells) => boolean;
}

/** Decides what the columns are by the first rows. Throws when a chosen one is missing. */
export function planColumns(file: string, shape: TableShape, rows: readonly Cells[], options: ReadingOptions): Plan {
  const { names } = shape;
  const { text, group, named } = chooseColumns(file, { names, rows }, options);
  const isFree = (column: number) => column !== text && column !== group;
  const position = named.position.every(isFree) ? named.position : [];
  const texts = rows.filter((cells) => cellText(cells[text]).trim() !== '');
  const mostly = (test: (cells: Cells) => boolean) => 2 * texts.filter(test).length >= texts.length && texts.length > 0;
  const inArrays =
    !shape.vectors &&
    named.array >= 0 &&
    isFree(named.array) &&
    mostly((cells) => isVector(parseArray(cells[named.array])));
  const inColumns =
    !shape.vectors &&
    !inArrays &&
    named.vector.length > 0 &&
    named.vector.every(isFree) &&
    mostly((cells) => named.vector.every((column) => !Number.isNaN(cellNumber(cells[column]))));
  const vector = inArrays ? [named.array] : inColumns ? named.vector : [];
  const vectorNames = inColumns ? vector.map((column) => names[column]!) : undefined;
  const { filter } = options;
  const test = filter && testOf(filter);
  // The column may be one that later rows bring.
  let tested = -1;
  const passes = (cells: Cells) => {
    if (tested < 0 && filter) tested = names.indexOf(filter.column);
    return test === undefined || (tested >= 0 && test(cells[tested]));
  };
  return {
    text,
    group,
    position,
    vector,
    isArray: inArrays,
    ...(vector.length > 0 && { vectors: new VectorRows(file, shape.expected ?? 0, vectorNames) }),
    passes,
  };
}

/**
 * Which columns are the text and the group, by index, as `rows` tell; the group may be -1 for none, and without any column both are.
 * Throws when a chosen one is missing.
 */
export function chooseColumns(
  file: string,
  { names, rows }: { readonly names: readonly string[]; readonly rows: readonly Cells[] },
  { textColumn, groupColumn }: ReadingOptions,
): { readonly text: number; readonly group: number; readonly named: NamedColumns } {
  const named = nameColumns(names);
  const chosenText = textColumn === undefined ? named.text : chosenColumn(file, names, textColumn);
  let group = named.group;
  if (groupColumn === null) group = -1;
  else if (groupColumn !== undefined) group = chosenColumn(file, names, groupColumn);
  const taken = new Set([...named.vector, ...named.position]);
  const text = chosenText >= 0 ? chosenText : longestTextColumn(names, rows, taken, group);
  return { text, group: group === text ? -1 : group, named };
}

/** The index of a column that was chosen. Throws when it is missing. */
export function chosenColumn(file: string, names: readonly string[], name: string): number {
  const column = names.indexOf(name);
  if (column < 0) throw new InputError('columnMissing', { file, column: name, columns: names.join(', ') });
  return column;
}

/** Columns of words come before columns of numbers, and other columns before the group. */
function longestTextColumn(
  names: readonly string[],
  rows: readonly Cells[],
  excluded: ReadonlySet<number>,
  group: number,
): number {
  let best = -1;
  let bestRank = -1;
  let bestLength = -1;
  names.forEach((_, column) => {
    if (excluded.has(column)) return;
    const texts = rows.map((cells) => cellText(cells[column])).filter((text) => text !== '');
    const length = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, rows.length);
    const rank = texts.every((text) => !Number.isNaN(cellNumber(text))) ? 0 : column === group ? 1 : 2;
    if (rank > bestRank || (rank === bestRank && length > bestLength)) {
      [best, bestRank, bestLength] = [column, rank, length];
    }
  });
  return best;
}

function isVector(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'number';
}
