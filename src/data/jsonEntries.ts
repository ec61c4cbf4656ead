/** JSON values of one kind as rows: texts or objects of a table, or lists of numbers. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { NamedVectors } from './namedVectors';
import { isNeighbours, neighbourColumn } from './neighbourColumn';
import { NumberList } from './numberList';
import { readJsonCell } from './table';
import { TableReader } from './tableReader';

/** Rows x columns: a few megabytes of objects that share no key would need billions of cells. */
const mostCells = 50_000_000;

/** Takes the entries of a list one by one. */
export interface EntryReader {
  /**
   * @param row the entry's number, 1 for the first
   * @param error what is said where too many entries are of another kind
   * @param written the entry as it stands in the file, if that is at hand
   * Whether more are wanted.
   */
  add(row: number, entry: unknown, error: () => InputError, written?: string): boolean;
  end(): Dataset;
  /** Where the vectors are, once the first entries tell: the key of the objects, null for the entries themselves. A `NumberList` may stand there. */
  readonly vectors: string | null | undefined;
}

/** A reader of entries that are all of the kind of `first`; undefined where that is neither a text, nor an object, nor a list of numbers. */
export function entryReaderFor(file: string, first: unknown, options: ReadingOptions): EntryReader | undefined {
  if (typeof first === 'string')
    return new Entries(file, options, (entry) => (typeof entry === 'string' ? { text: entry } : undefined));
  if (isObject(first)) return new Entries(file, options, (entry) => (isObject(entry) ? entry : undefined));
  return isNumbers(first) ? new Lists(file, options) : undefined;
}

/** Whether a JSON value is a list that begins with a number: a vector, though a number within may be none. */
export function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'number';
}

/** Vectors without texts. */
class Lists implements EntryReader {
  readonly vectors = null;
  readonly #rows: NamedVectors;

  constructor(file: string, options: ReadingOptions) {
    this.#rows = new NamedVectors(file, options);
  }

  add(row: number, entry: unknown, error: () => InputError, written?: string): boolean {
    const asWritten = () => written ?? JSON.stringify(entry);
    if (Array.isArray(entry) || entry instanceof NumberList)
      return this.#rows.add({ row, values: entry, written: asWritten });
    return this.#rows.leaveOut(row, { reason: 'notAnObject', error }, asWritten());
  }

  end(): Dataset {
    return this.#rows.end();
  }
}

class Entries implements EntryReader {
  /** In the order in which the entries bring them. */
  readonly #names: string[] = [];
  readonly #columns = new Map<string, number>();
  readonly #table: TableReader;
  #rows = 0;

  constructor(
    private readonly file: string,
    options: ReadingOptions,
    private readonly objectOf: (entry: unknown) => JsonObject | undefined,
  ) {
    const write = (cells: readonly unknown[]) =>
      JSON.stringify(Object.fromEntries(this.#names.map((name, column) => [name, cells[column]])));
    this.#table = new TableReader(file, { names: this.#names, grows: true, readCell: readJsonCell, write }, options);
  }

  add(row: number, entry: unknown, error: () => InputError, written?: string): boolean {
    const object = this.objectOf(entry);
    if (!object)
      return this.#table.leaveOut(row, { reason: 'notAnObject', error }, [], written ?? JSON.stringify(entry));
    const cells: unknown[] = new Array(this.#names.length).fill(undefined);
    for (const name of Object.keys(object)) {
      // Rows that are left out make them lie, and vectors give them anew.
      if (name === neighbourColumn && isNeighbours(object[name])) continue;
      let column = this.#columns.get(name);
      if (column === undefined) {
        column = this.#names.push(name) - 1;
        this.#columns.set(name, column);
      }
      cells[column] = object[name];
    }
    const columns = this.#names.length;
    if (++this.#rows * columns > mostCells)
      throw new InputError('tableTooLarge', { file: this.file, rows: this.#rows, columns });
    return this.#table.add(row, cells);
  }

  get vectors(): string | undefined {
    return this.#table.vectorColumn;
  }

  end(): Dataset {
    return this.#table.end();
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
