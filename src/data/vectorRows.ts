/** Vectors that come row by row, as a matrix of float32. */
import { InputError } from '../errors';
import type { Matrix } from '../types';
import { createMatrix } from '../vectors';
import { NumberList } from './numberList';
import type { Problem } from './rows';
import { excerpt } from './table';

/**
 * Numbers in a block, where nobody knows how many rows come. Blocks are put together once, at the end: an array that doubles is in
 * memory with the one before, and again when it is cut to length.
 */
const blockNumbers = 1 << 20;

export class VectorRows {
  /** Numbers of each vector; 0 until the first one. */
  private dim = 0;
  #blocks: (Float32Array<ArrayBuffer> | undefined)[] = [];
  #next = new Float32Array(0);

  /**
   * @param expected rows that are likely to come
   * @param names what the numbers are called where each is a column of its own, for messages
   */
  constructor(
    private readonly file: string,
    private readonly expected: number,
    private readonly names?: readonly string[],
  ) {}

  /** Every vector has to have so many numbers; without this, as many as the first. */
  expect(dim: number): void {
    this.dim = dim;
    this.#next = new Float32Array(dim);
  }

  /**
   * Reads the next vector, to be kept by `put`: an array or a `NumberList`. What keeps it from being one, where it is no array of finite
   * numbers or has another length than the first.
   * @param numberOf the float32 of a value, NaN where it holds no finite one
   */
  read(values: unknown, place: number, numberOf: (value: unknown) => number = jsonNumber): Problem | undefined {
    const { file, names } = this;
    const isRead = values instanceof NumberList;
    if (!(isRead || Array.isArray(values)) || values.length === 0)
      return { reason: 'noVector', error: () => new InputError('vectorMissing', { file, place: String(place) }) };
    const { length: found } = values;
    if (this.dim === 0) this.expect(found);
    const { dim: expected } = this;
    if (found !== expected) {
      const params = { file, place: String(place), found, expected };
      return { reason: 'vectorLength', error: () => new InputError('vectorLength', params) };
    }
    const next = this.#next;
    if (isRead) {
      next.set(values.numbers);
      return undefined;
    }
    for (let i = 0; i < found; i++) {
      const value: unknown = values[i];
      const number = numberOf(value);
      if (Number.isNaN(number)) {
        const params = { file, place: String(place), column: names?.[i] ?? i + 1, cell: excerpt(value) };
        return { reason: 'vectorNumber', error: () => new InputError('vectorNumber', params) };
      }
      next[i] = number;
    }
    return undefined;
  }

  /** Keeps the vector that was read last in a slot. */
  put(slot: number): void {
    const { dim } = this;
    const rows = this.#blockRows;
    const block = (this.#blocks[Math.floor(slot / rows)] ??= new Float32Array(rows * dim));
    block.set(this.#next, (slot % rows) * dim);
  }

  /** The vectors of the slots, in their order; zeros where none was kept. They are handed over: nothing is kept of them. */
  matrix(order: readonly number[]): Matrix {
    const { dim } = this;
    const blocks = this.#blocks;
    this.#blocks = [];
    const rows = this.#blockRows;
    const [first] = blocks;
    const isInOrder = order.every((slot, i) => slot === i);
    if (isInOrder && first?.length === order.length * dim) return createMatrix(first, dim);
    const data = new Float32Array(order.length * dim);
    order.forEach((slot, i) => {
      const at = Math.floor(slot / rows);
      const from = (slot % rows) * dim;
      const block = blocks[at];
      if (block) data.set(block.subarray(from, from + dim), i * dim);
      // What has been copied need not wait for the rest.
      if (isInOrder && at > 0) blocks[at - 1] = undefined;
    });
    return createMatrix(data, dim);
  }

  get #blockRows(): number {
    return this.expected || Math.max(1, Math.floor(blockNumbers / this.dim));
  }
}

function jsonNumber(value: unknown): number {
  const number = typeof value === 'number' ? Math.fround(value) : NaN;
  return Number.isFinite(number) ? number : NaN;
}
