/**
 * A first look at many rows that need not be read whole: numbers of one byte bound every cosine, and only rows whose bounds
 * allow it are compared as they are. What is found is exact; the bounds (Cauchy-Schwarz) hold for what rounding took away.
 */
import { createRoundedKernel, type RoundedKernel } from '../kernels/rounded';
import type { Matrix } from '../types';
import { dotRows, topK } from '../vectors';

/** Fewer rows are read whole in a millisecond or two. */
const fewestRows = 10_000;
/** Of fewer rows for each that is wanted the bounds leave too many. */
const fewestRowsForEach = 20;
/** Rows that are rounded at once. */
const block = 256;
/** The largest int16, and the largest sum that is let happen in int32: half of what it holds. */
const largest = 32767;
const largestSum = 2 ** 30;
/** What float32 may lose in a bound, as a share of both lengths' product. */
const noise = 4e-6;

/** A copy of a space's rows in a quarter of the bytes, made when first needed, that grows as rows are appended. */
export class RoundedRows {
  readonly #rowBytes: number;
  #kernel: RoundedKernel | undefined;
  #capacity = 0;
  #covered = 0;
  /** Squared length of the longest row. */
  #longest = 0;

  constructor(readonly dim: number) {
    this.#rowBytes = Math.ceil(dim / 16) * 16;
  }

  /**
   * The rows of `vectors` (rows x dim, row-major) among which those `k` are whose dot product with row `i` of `query` is largest,
   * ascending; with all that tie with the last one to float32. `skip` are rows to leave out. Undefined where looking would not
   * pay. Rows that were there at an earlier call must be the same.
   */
  candidates(vectors: Matrix, query: Matrix, i: number, k: number, skip?: ReadonlySet<number>): number[] | undefined {
    const { rows } = vectors;
    if (query.dim !== this.dim || rows < fewestRows || k < 1 || k * fewestRowsForEach > rows) return undefined;
    const kernel = this.#cover(vectors);
    if (!kernel) return undefined;
    const { buffer, at } = kernel;
    this.#bound(kernel, rows, query, i);
    const lows = new Float32Array(buffer, at.lows, rows);
    const highs = new Float32Array(buffer, at.highs, rows);
    const surest = topK(lows, k, skip);
    if (surest.length < k) return undefined;
    const least = lows[surest[k - 1]!]!;
    const found: number[] = [];
    for (let row = 0; row < rows; row++) if (highs[row]! >= least && !skip?.has(row)) found.push(row);
    return found;
  }

  #bound({ run, buffer, at }: RoundedKernel, rows: number, of: Matrix, i: number): void {
    const query = of.data.subarray(i * of.dim, (i + 1) * of.dim);
    const length = Math.sqrt(dotRows(of, i, of, i));
    const greatest = query.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const step = Math.max(greatest / largest, (length * 127 * Math.sqrt(this.dim)) / largestSum) || 1;
    const rounded = new Int16Array(buffer, at.query, this.#rowBytes);
    let lost = 0;
    query.forEach((value, d) => {
      const whole = Math.round(value / step);
      rounded[d] = whole;
      lost += (value - whole * step) ** 2;
    });
    const longest = Math.sqrt(this.#longest);
    const loss = Math.sqrt(lost);
    const slack = longest * (loss + noise * length);
    const { rounded: copies, query: asked, steps, losses, lows, highs } = at;
    run.boundRows(copies, this.#rowBytes, rows, asked, step, length + loss, slack, steps, losses, lows, highs);
  }

  /** The kernel, with all rows rounded; undefined where there is no memory for them. */
  #cover({ data, rows, dim }: Matrix): RoundedKernel | undefined {
    const kernel = rows > this.#capacity ? this.#grow(Math.max(rows, this.#capacity * 2)) : this.#kernel;
    if (!kernel) return undefined;
    const { run, buffer, at } = kernel;
    const floats = new Float32Array(buffer, at.floats, block * this.#rowBytes);
    for (; this.#covered < rows; this.#covered = Math.min(this.#covered + block, rows)) {
      const first = this.#covered;
      const count = Math.min(block, rows - first);
      for (let i = 0; i < count; i++)
        floats.set(data.subarray((first + i) * dim, (first + i + 1) * dim), i * this.#rowBytes);
      const bytes = this.#rowBytes;
      const to = [at.rounded + first * bytes, at.steps + first * 4, at.losses + first * 4] as const;
      this.#longest = Math.max(this.#longest, run.roundRows(at.floats, count, to[0], bytes, to[1], to[2]));
    }
    return kernel;
  }

  /** A kernel for more rows, with those that were rounded before. */
  #grow(capacity: number): RoundedKernel | undefined {
    let grown: RoundedKernel;
    try {
      grown = createRoundedKernel(capacity, this.#rowBytes, block);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
    const before = this.#kernel;
    if (before) {
      const copy = (area: 'rounded' | 'steps' | 'losses', bytes: number) =>
        new Uint8Array(grown.buffer, grown.at[area], bytes).set(new Uint8Array(before.buffer, before.at[area], bytes));
      copy('rounded', this.#covered * this.#rowBytes);
      copy('steps', this.#covered * 4);
      copy('losses', this.#covered * 4);
    }
    this.#capacity = capacity;
    return (this.#kernel = grown);
  }
}
