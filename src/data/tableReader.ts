/** Tables (of CSV, TSV, JSON objects, Parquet ...) to items with their groups, own columns, positions and vectors, row by row. */
import type { ReadingOptions } from '../reading';
import type { Cell, Dataset, NewItem, Positions } from '../types';
import { takeRows } from '../vectors';
import { readOwnColumn, uniqueNames } from './columns';
import { detach, type Problem, Rows } from './rows';
import { cellNumber, cellText, parseArray } from './table';
import { type Cells, chosenColumn, type Plan, planColumns, type TableShape } from './tableColumns';

/** Rows that tell what the columns are, before any row is kept. */
const headRows = 1000;

/** One of the first rows, which wait. */
interface HeadRow {
  readonly row: number;
  readonly cells: Cells;
  /** Why it is none of the table. */
  readonly problem?: Problem;
  readonly written?: string;
}

/**
 * Items of a table. Rows without a text are left out with their vectors and positions.
 *
 * - Text: the chosen column, or the one called text, word, label, ..., or the one with the longest average text.
 * - Group: the chosen column, or the one called group, category, class, topic, ..., label.
 * - Positions: columns x, y and, if it is there, z, when every cell is a number. Where only some rows have numbers, it is told.
 * - Vectors: one column `vector` (`embedding`) of number arrays (in CSV: JSON arrays), or columns v0, v1, ..., as the file has
 *   them: not made unit length. They are vectors if those of half of the first rows are; rows whose vector is none are then left out.
 * - All others are the items' own columns, those that are wanted.
 *
 * What the columns are is told by the first thousand rows. Numbers of positions and vectors are rounded to float32. Throws when there
 * are no texts, a chosen column is missing, half of the rows or more cannot be used (naming the first), or there are too many.
 */
export class TableReader {
  readonly rows: Rows;
  #plan: Plan | undefined;
  readonly #head: HeadRow[] = [];
  /** Cells of the rows that are kept, without those that nothing is made of. */
  readonly #kept: Cells[] = [];
  /** Where the vectors of the rows that are kept stand in `shape.vectors`. */
  readonly #places: number[] = [];
  /** Numbers in the file of the rows that are kept, where columns might be positions. */
  readonly #numbers: number[] = [];
  /** The columns that are kept, and how many there were when that was decided. */
  readonly #columns: number[] = [];
  #known = 0;
  #seen = 0;

  constructor(
    private readonly file: string,
    private readonly shape: TableShape,
    private readonly options: ReadingOptions,
  ) {
    this.rows = new Rows(file, options);
  }

  /** The column of the vectors, where they are arrays and the first rows have told so. */
  get vectorColumn(): string | undefined {
    return this.#plan?.isArray ? this.shape.names[this.#plan.vector[0]!] : undefined;
  }

  /** Takes a row by its number in the file. Whether more are wanted. */
  add(row: number, cells: Cells): boolean {
    return this.#plan ? this.#take(this.#plan, row, cells) : this.#wait({ row, cells });
  }

  /** A row that is none of the table. Whether more are wanted. */
  leaveOut(row: number, problem: Problem, cells: Cells, written?: string): boolean {
    if (!this.#plan) return this.#wait({ row, cells, problem, ...(written !== undefined && { written }) });
    if (!this.rows.begin()) return false;
    this.#seen++;
    this.rows.leaveOut(row, problem, written ?? this.shape.write(cells));
    return true;
  }

  end(): Dataset {
    if (!this.#plan) this.#begin();
    const { shape } = this;
    const { text, group, position, vector, vectors } = this.#plan ?? this.#decide();
    this.#checkChosen();
    if (shape.hasMore) this.rows.stop();
    const order = this.rows.order();
    const places = new Map(this.#columns.map((column, at) => [column, at]));
    const at = (column: number) => places.get(column) ?? -1;
    const positions = this.#readPositions(order, position, position.map(at));
    const used = new Set([text, group, ...vector, ...(positions ? position : [])]);
    const own = this.#columns.filter((column) => !used.has(column) && this.#isWanted(column));
    const ownNames = uniqueNames(own.map((column) => readOwnColumn(shape.names[column]!)));
    const parts = { text: at(text), group: at(group), own: own.map(at), ownNames };
    const rows = order.map((slot) => this.#places[slot]!);
    const isWhole = rows.length === shape.vectors?.rows && rows.every((place, i) => place === i);
    const given = shape.vectors && (isWhole ? shape.vectors : takeRows(shape.vectors, rows));
    const matrix = given ?? vectors?.matrix(order);
    return {
      items: order.map((slot) => readItem(this.#kept[slot]!, parts, shape.readCell)),
      ...(matrix && { vectors: matrix }),
      ...(positions && { positions }),
      ...this.rows.told,
    };
  }

  /** Undefined where there are none; where only some rows have numbers, the first other one is noted. */
  #readPositions(order: readonly number[], columns: readonly number[], at: readonly number[]): Positions | undefined {
    if (columns.length === 0) return undefined;
    const dim = columns.length === 3 ? 3 : 2;
    const data = new Float32Array(order.length * dim);
    const numbers: number[] = [];
    const has = (slot: number) => readNumbers(this.#kept[slot]!, at, numbers);
    const gap = order.findIndex((slot, i) => {
      const found = has(slot);
      data.set(numbers, i * dim);
      return !found;
    });
    if (gap < 0) return { data, rows: order.length, dim };
    const names = columns.map((column) => this.shape.names[column]!);
    if (gap > 0 || order.some(has)) this.rows.unplaced = { columns: names, row: this.#numbers[order[gap]!]! };
    return undefined;
  }

  /** Decides by the first rows what the columns are, and takes them. */
  #begin(): boolean {
    if (!this.shape.grows) this.#checkChosen();
    const plan = (this.#plan = this.#decide());
    return this.#head
      .splice(0)
      .every(({ row, cells, problem, written }) =>
        problem ? this.leaveOut(row, problem, cells, written) : this.#take(plan, row, cells),
      );
  }

  #wait(row: HeadRow): boolean {
    this.#head.push(row);
    return this.#head.length < headRows || this.#begin();
  }

  #decide(): Plan {
    const rows = this.#head.flatMap(({ cells, problem }) => (problem ? [] : [cells]));
    return planColumns(this.file, this.shape, rows, this.options);
  }

  #take(plan: Plan, row: number, cells: Cells): boolean {
    const { rows } = this;
    if (!rows.begin()) return false;
    const place = this.#seen++;
    if (!plan.passes(cells)) rows.passOver();
    else if (cellText(cells[plan.text]).trim() === '') rows.leaveOut(row, 'noText', this.shape.write(cells));
    else {
      const problem = this.#readVector(plan, row, place, cells);
      if (problem) rows.leaveOut(row, problem, this.shape.write(cells));
      else this.#keep(plan, row, place, cells);
    }
    return true;
  }

  #readVector({ vector, isArray, vectors }: Plan, row: number, place: number, cells: Cells): Problem | undefined {
    if (this.shape.problemOf) return this.shape.problemOf(place);
    if (isArray) return vectors?.read(parseArray(cells[vector[0]!]), row);
    const numbers = vector.map((column) => cells[column]);
    return vectors?.read(numbers, row, cellNumber);
  }

  #keep(plan: Plan, row: number, place: number, cells: Cells): void {
    const slot = this.rows.keep();
    if (slot < 0) return;
    plan.vectors?.put(slot);
    this.#places[slot] = place;
    if (plan.position.length > 0) this.#numbers[slot] = row;
    this.#learnColumns(plan);
    const columns = this.#columns;
    const kept = columns.length === this.#known ? cells : columns.map((column) => cells[column]);
    this.#kept[slot] = this.rows.isSparse ? kept.map(detached) : kept;
  }

  /** Which of the columns that have come up since are kept beside the vector. */
  #learnColumns({ text, group, position, vector }: Plan): void {
    const { names } = this.shape;
    if (this.#known === names.length) return;
    const ofVector = new Set(vector);
    for (; this.#known < names.length; this.#known++) {
      const column = this.#known;
      const hasPart = column === text || column === group || position.includes(column);
      if (hasPart || (!ofVector.has(column) && this.#isWanted(column))) this.#columns.push(column);
    }
  }

  /** Throws where a column that was chosen is not there. */
  #checkChosen(): void {
    const { filter, keep = [] } = this.options;
    for (const name of [...(filter ? [filter.column] : []), ...keep]) chosenColumn(this.file, this.shape.names, name);
  }

  #isWanted(column: number): boolean {
    const { keep } = this.options;
    return keep === undefined || keep.includes(this.shape.names[column]!);
  }
}

/** A table that is in memory. */
export interface Table extends TableShape {
  /** As many cells a row as there are names. */
  readonly rows: readonly Cells[];
  /** Number of the first of `rows` in its file, for messages. */
  readonly firstRow: number;
}

/** Items of a table, as `TableReader` reads them. */
export function datasetOfTable(file: string, table: Table, options: ReadingOptions = {}): Dataset {
  const reader = new TableReader(file, { expected: table.rows.length, ...table }, options);
  table.rows.every((cells, i) => reader.add(i + table.firstRow, cells));
  return reader.end();
}

function detached(cell: unknown): unknown {
  return typeof cell === 'string' ? detach(cell) : cell;
}

/** The numbers of one row, in `numbers`; false where a cell holds none. */
function readNumbers(cells: Cells, at: readonly number[], numbers: number[]): boolean {
  return at.every((column, axis) => !Number.isNaN((numbers[axis] = cellNumber(cells[column]))));
}

interface Places {
  readonly text: number;
  readonly group: number;
  readonly own: readonly number[];
  readonly ownNames: readonly string[];
}

function readItem(cells: Cells, { text, group, own, ownNames }: Places, readCell: TableShape['readCell']): NewItem {
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
