/** Products of matrices, sums in float32: for training, whose steps need no more. `RowProducts` is the exact one. */
import { createTrainingKernel, type TrainingKernel } from './training';

/** The kernel takes so many rows and columns at a time. */
const tile = { rows: 4, columns: 8 };
/** Bytes of a number. */
const size = Float32Array.BYTES_PER_ELEMENT;

export class MatrixProducts {
  readonly #most: number;
  readonly #kernel: TrainingKernel<'a' | 'b' | 'out' | 'panel'>;

  /** For matrices of which no side is longer than `most`. Throws a RangeError where there is no such memory. */
  constructor(most: number) {
    this.#most = pad(most, tile.columns);
    const bytes = this.#most ** 2 * size;
    this.#kernel = createTrainingKernel({ a: bytes, b: bytes, out: bytes, panel: this.#most * tile.columns * size });
  }

  /** Writes A B to `out` (rows x columns); `a` is rows x inner, `b` inner x columns, all row-major. */
  multiply(a: Float32Array, b: Float32Array, rows: number, inner: number, columns: number, out: Float32Array): void {
    const held = this.#hold('a', a, rows, inner, inner);
    this.#run(held, inner, 1, b, rows, inner, columns, out);
  }

  /** Writes A' B to `out` (rows x columns); `a` is inner x rows, `b` inner x columns, all row-major. */
  multiplyTurned(
    a: Float32Array,
    b: Float32Array,
    rows: number,
    inner: number,
    columns: number,
    out: Float32Array,
  ): void {
    const line = pad(rows, tile.rows);
    const held = this.#hold('a', a, inner, rows, line);
    this.#run(held, 1, line, b, rows, inner, columns, out);
  }

  /** A's numbers stand `row` from row to row and `next` from place to place. What a tile lacks of rows or columns is not taken out. */
  #run(
    a: number,
    row: number,
    next: number,
    b: Float32Array,
    rows: number,
    inner: number,
    columns: number,
    out: Float32Array,
  ): void {
    const { run, buffer, at } = this.#kernel;
    const width = pad(columns, tile.columns);
    const held = this.#hold('b', b, inner, columns, width);
    run.multiply(a, row * size, next * size, pad(rows, tile.rows), held, inner, width, at.out, at.panel);
    const products = new Float32Array(buffer, at.out, rows * width);
    if (width === columns) out.set(products);
    else for (let i = 0; i < rows; i++) out.set(products.subarray(i * width, i * width + columns), i * columns);
  }

  /** Copies rows, each in `line` numbers; what is beyond them is left from earlier, and of no effect. */
  #hold(area: 'a' | 'b', data: Float32Array, rows: number, columns: number, line: number): number {
    const { buffer, at } = this.#kernel;
    if (Math.max(rows, line) > this.#most) throw new RangeError(`no room for ${rows} rows of ${columns} numbers`);
    const held = new Float32Array(buffer, at[area], rows * line);
    if (line === columns) held.set(data.subarray(0, rows * columns));
    else for (let i = 0; i < rows; i++) held.set(data.subarray(i * columns, (i + 1) * columns), i * line);
    return at[area];
  }
}

const pad = (count: number, by: number) => Math.ceil(count / by) * by;
