/** Vectors row by row, each with a word, or without one and named by its number. */
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { detach, type Problem, Rows, testOf } from './rows';
import { checkTextColumns } from './txt';
import { VectorRows } from './vectorRows';

/** A row as it comes. */
export interface NamedRow {
  /** Its number in the file, for messages. */
  readonly row: number;
  /** Undefined where the file has no words: the text is then the row's number among the vectors, 1 for the first. */
  readonly word?: string;
  /** An array or a `NumberList`. */
  readonly values: unknown;
  /** The row as it stands in the file, for the list of those that are left out. */
  readonly written: () => string;
}

export class NamedVectors {
  readonly #rows: Rows;
  readonly #vectors: VectorRows;
  readonly #words: string[] = [];
  readonly #seen = new Set<string>();
  readonly #passes: (word: string) => boolean;
  /** Rows that came. */
  #count = 0;
  #isNumbered = false;

  /** @param numberOf the float32 of a value, as `VectorRows` has it. Throws where another column than `text` is asked for. */
  constructor(
    file: string,
    options: ReadingOptions,
    private readonly numberOf?: (value: unknown) => number,
  ) {
    checkTextColumns(file, options);
    this.#rows = new Rows(file, options);
    this.#vectors = new VectorRows(file, 0);
    this.#passes = options.filter ? testOf(options.filter) : () => true;
  }

  /** Every vector has to have so many numbers; without this, as many as the first. */
  expect(dim: number): void {
    this.#vectors.expect(dim);
  }

  /**
   * Takes a row: of equal words the first wins, as in word2vec's own readers, and what is no vector is left out. False where no more are
   * wanted: it has not been looked at.
   */
  add({ row, word, values, written }: NamedRow): boolean {
    const rows = this.#rows;
    if (!rows.begin()) return false;
    this.#count++;
    this.#isNumbered = word === undefined;
    const text = word ?? String(this.#count);
    if (!this.#passes(text)) rows.passOver();
    else if (text.trim() === '') rows.leaveOut(row, 'noText', written());
    else {
      const problem = this.#vectors.read(values, row, this.numberOf);
      if (problem) rows.leaveOut(row, problem, written());
      else if (word !== undefined && this.#seen.has(word)) rows.leaveOut(row, 'repeated', written());
      else this.#keep(text);
    }
    return true;
  }

  /** A row that is of another kind. Whether more are wanted. */
  leaveOut(row: number, problem: Problem, written: string): boolean {
    if (!this.#rows.begin()) return false;
    this.#count++;
    this.#rows.leaveOut(row, problem, written);
    return true;
  }

  /** Throws as `Rows` does: where half of the rows or more are left out, and where there are none. */
  end(): Dataset {
    const order = this.#rows.order();
    return {
      items: order.map((slot) => ({ text: this.#words[slot]! })),
      vectors: this.#vectors.matrix(order),
      ...(this.#isNumbered && { numbered: true }),
      ...this.#rows.told,
    };
  }

  #keep(text: string): void {
    const slot = this.#rows.keep();
    // The words are fewer than the numbers, and hold the lines in memory.
    const copy = detach(text);
    if (!this.#isNumbered) this.#seen.add(copy);
    if (slot < 0) return;
    this.#words[slot] = copy;
    this.#vectors.put(slot);
  }
}
