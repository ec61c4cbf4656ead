/** What becomes of a file's rows: which are kept, and what is told of those that are not. */
import { InputError } from '../errors';
import type { LeftOutReason, LeftOutRow, Reading, ReadingOptions, RowFilter, Unplaced } from '../reading';

/** More are refused: a map of them is out of reach, and their texts alone fill the memory of a tab. */
export const mostRows = 1_000_000;
/** Characters of a row that could not be used: enough to find it again. */
const excerptLength = 200;
/** Of the sample: a file gives the same one each time. */
const sampleSeed = 0x2545f491;

/** Why a row cannot be used, and the error where that is so of too many. */
export interface Problem {
  readonly reason: LeftOutReason;
  readonly error: () => InputError;
}

export class Rows {
  /** Columns that might have been positions. */
  unplaced: Unplaced | undefined;
  #looked = 0;
  #filtered = 0;
  #limited = false;
  readonly #leftOut: LeftOutRow[] = [];
  /** Rows that cannot be used and should be, and the first of them. */
  #wrong = 0;
  #first: Problem | undefined;
  /** Rows that may be kept, seen so far. */
  #wanted = 0;
  /** Of a sample, which of the wanted rows stands in each slot. */
  readonly #sampled: number[] = [];
  #state = sampleSeed;

  constructor(
    private readonly file: string,
    private readonly options: ReadingOptions,
  ) {}

  /** Whether rows that are kept stand among many that are not: what is kept of them should not hold the others in memory. */
  get isSparse(): boolean {
    return this.options.filter !== undefined || this.options.limit?.take === 'sample';
  }

  /** A row comes. False where no more are wanted: it has not been looked at. */
  begin(): boolean {
    const { limit } = this.options;
    if (limit?.take === 'first' && this.#wanted >= limit.count) {
      this.stop();
      return false;
    }
    this.#looked++;
    return true;
  }

  /** The file has further rows, which are not looked at. */
  stop(): void {
    this.#limited = true;
  }

  /** The row does not pass the filter. */
  passOver(): void {
    this.#filtered++;
  }

  /**
   * The row cannot be used. Without a text, or with one that came before, tables may have any number of rows; a problem has to be an
   * exception. Throws where there are too many to tell of.
   */
  leaveOut(row: number, why: Problem | 'noText' | 'repeated', beginning: string): void {
    if (typeof why === 'object') {
      this.#wrong++;
      this.#first ??= why;
    }
    const reason = typeof why === 'object' ? why.reason : why;
    this.#leftOut.push({ row, reason, excerpt: beginningOf(beginning) });
    if (this.#leftOut.length > mostRows) throw this.#first?.error() ?? new InputError('noTexts', { file: this.file });
  }

  /** Where the row is kept, taking the place of what stands there; -1 where it is not. Throws where there are too many. */
  keep(): number {
    const { limit } = this.options;
    const row = this.#wanted++;
    if (limit?.take !== 'sample') {
      if (row >= mostRows) throw new InputError('rowsTooMany', { file: this.file, limit: mostRows });
      return row;
    }
    // Algorithm R (Waterman; Knuth, TAOCP 2, 3.4.2): each of the rows seen so far is in the sample with equal probability.
    const slot = row < limit.count ? row : Math.floor(this.#random() * (row + 1));
    if (slot >= limit.count) return -1;
    if (slot >= mostRows) throw new InputError('rowsTooMany', { file: this.file, limit: mostRows });
    this.#sampled[slot] = row;
    return slot;
  }

  /** The slots in the order of their rows. Throws the first problem where half of the rows or more have one, and where no row is left. */
  order(): readonly number[] {
    const { file, options } = this;
    // Rows that are none of the table pass no filter, so they are held against all.
    if (this.#first && this.#wrong * 2 >= this.#looked) throw this.#first.error();
    if (this.#wanted === 0) throw this.#nothingLeft(file, options);
    if (options.limit?.take !== 'sample') return Array.from({ length: this.#wanted }, (_, slot) => slot);
    const rows = this.#sampled;
    return [...rows.keys()].sort((a, b) => rows[a]! - rows[b]!);
  }

  /** What is to be told; nothing where every row was kept, and all that might be positions are. */
  get told(): { readonly reading?: Reading } {
    const { limit } = this.options;
    const limited = this.#limited || (limit?.take === 'sample' && this.#wanted > limit.count);
    const { unplaced } = this;
    if (this.#leftOut.length === 0 && this.#filtered === 0 && !limited && !unplaced) return {};
    const reading = { rows: this.#looked, leftOut: this.#leftOut, filtered: this.#filtered, limited };
    return { reading: { ...reading, ...(unplaced && { unplaced }) } };
  }

  #nothingLeft(file: string, { filter }: ReadingOptions): InputError {
    const first = this.#first;
    if (first && isOfVector(first.reason)) return first.error();
    if (filter && this.#filtered > 0)
      return new InputError('noRowsPass', { file, column: filter.column, value: filter.value });
    return new InputError('noTexts', { file });
  }

  /** In [0, 1): xorshift32 (Marsaglia 2003), scrambled by a multiplication. */
  #random(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (Math.imul(state, 0x9e3779b1) >>> 0) / 2 ** 32;
  }
}

function isOfVector(reason: LeftOutReason): boolean {
  return reason === 'noVector' || reason === 'vectorNumber' || reason === 'vectorLength';
}

/** A test of cells: texts without regard to case, numbers as numbers. A cell that holds no number passes no numeric test. */
export function testOf({ test, value }: RowFilter): (cell: unknown) => boolean {
  const key = filterKey(value);
  const bound = Number(value);
  if (test === 'contains') return (cell) => filterKey(cell).includes(key);
  if (test === 'equals') return (cell) => filterKey(cell) === key;
  const number = (cell: unknown) => (filterKey(cell).trim() === '' ? NaN : Number(cell));
  return test === 'atLeast' ? (cell) => number(cell) >= bound : (cell) => number(cell) <= bound;
}

function filterKey(cell: unknown): string {
  if (cell === undefined || cell === null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return text.normalize('NFC').toLowerCase();
}

function beginningOf(text: string): string {
  // No character is cut in two.
  return detach(text.slice(0, excerptLength).replace(/[\uD800-\uDBFF]$/, ''));
}

/** A copy of a text that holds no longer one in memory, of which it was cut. */
export function detach(text: string): string {
  // Engines copy what is shorter than this anyway.
  if (text.length < 13) return text;
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === 'string' ? copy : text;
}
