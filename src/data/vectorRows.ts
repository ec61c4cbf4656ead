/** Vectors that come row by row, as a matrix of float32. */
import { InputError } from '../errors';
import type { Matrix } from '../types';
import { createMatrix, takeRows } from '../vectors';
import type { Problem } from './rows';
import { excerpt } from './table';

/** Where nobody knows how many come. */
const firstRows = 1024;

export class VectorRows {
  /** Numbers of each vector; 0 until the first one. */
  private dim = 0;
  #data = new Float32Array(0);
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
   * Reads the next vector, to be kept by `put`. What keeps it from being one, where it is no array of finite numbers or has another
   * length than the first.
   * @param numberOf the float32 of a value, NaN where it holds no finite one
   */
  read(values: unknown, place: number, numberOf: (value: unknown) => number = jsonNumber): Problem | undefined {
    const { file, names } = this;
    if (!Array.isArray(values) || values.length === 0)
      return { reason: 'noVector', error: () => new InputError('vectorMissing', { file, place: String(place) }) };
    const { length: found } = values;
    if (this.dim === 0) this.expect(found);
    const { dim: expected } = this;
    if (found !== expected) {
      const params = { file, place: String(place), found, expected };
      return { reason: 'vectorLength', error: () => new InputError('vectorLength', params) };
    }
    const next = this.#next;
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
    if ((slot + 1) * dim > this.#data.length) {
      const rows = Math.max(
        slot + 1,
        this.#data.length === 0 ? this.expected || firstRows : (2 * this.#data.length) / dim,
      );
      const data = new Float32Array(rows * dim);
      data.set(this.#data);
      this.#data = data;
    }
    this.#data.set(this.#next, slot * dim);
  }

  /** The vectors of the slots, in their order. */
  matrix(order: readonly number[]): Matrix {
    const { dim } = this;
    const isWhole = this.#data.length === order.length * dim && order.every((slot, i) => slot === i);
    if (isWhole) return createMatrix(this.#data, dim);
    const { data } = takeRows({ data: this.#data, dim }, order);
    return createMatrix(data, dim);
  }
}

function jsonNumber(value: unknown): number {
  const number = typeof value === 'number' ? Math.fround(value) : NaN;
  return Number.isFinite(number) ? number : NaN;
}
