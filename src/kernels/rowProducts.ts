/** Products of many rows with many others: the projection's kernel, four rows at a time, sums in float64. */
import { createKernel, type Kernel } from './projection';

/** Rows that the kernel takes at a time. */
const together = 4;

type Area = 'rows' | 'queries' | 'products';

export class RowProducts {
  readonly #kernel: Kernel<Area>;
  readonly #capacity: number;
  #rows = 0;
  #dim = 0;
  #padded = 0;

  /** Room for `mostRows` rows of up to `mostDim` numbers. Throws a RangeError where there is no such memory. */
  constructor(mostRows: number, mostDim: number) {
    const padded = pad(mostDim);
    this.#capacity = mostRows * padded;
    this.#kernel = createKernel({
      rows: this.#capacity * Float32Array.BYTES_PER_ELEMENT,
      queries: together * padded * Float64Array.BYTES_PER_ELEMENT,
      products: together * mostRows * Float32Array.BYTES_PER_ELEMENT,
    });
  }

  /** Takes the rows (`data` is rows x dim, row-major) with which later calls of `multiply` make products. */
  load(data: Float32Array, rows: number, dim: number): void {
    this.#padded = pad(dim);
    if (rows * this.#padded > this.#capacity) throw new RangeError(`no room for ${rows} rows of ${dim} numbers`);
    this.#rows = rows;
    this.#dim = dim;
    const held = new Float32Array(this.#kernel.buffer, this.#kernel.at.rows, rows * this.#padded);
    if (this.#padded === dim) held.set(data.subarray(0, rows * dim));
    else {
      held.fill(0);
      for (let row = 0; row < rows; row++) held.set(data.subarray(row * dim, (row + 1) * dim), row * this.#padded);
    }
  }

  /** Writes the products of `queries` (count x dim, row-major) with every loaded row to `out` (count x rows, row-major). */
  multiply(queries: Float32Array, count: number, out: Float32Array): void {
    const { run, buffer, at } = this.#kernel;
    const [rows, dim, padded] = [this.#rows, this.#dim, this.#padded];
    const asked = new Float64Array(buffer, at.queries, together * padded);
    const products = new Float32Array(buffer, at.products, together * rows);
    asked.fill(0);
    for (let first = 0; first < count; first += together) {
      const several = Math.min(together, count - first);
      for (let i = 0; i < several; i++)
        asked.set(queries.subarray((first + i) * dim, (first + i + 1) * dim), i * padded);
      run.cosinesOfRows(at.rows, padded, rows, at.queries, at.products);
      out.set(products.subarray(0, several * rows), first * rows);
    }
  }
}

const pad = (dim: number) => Math.ceil(dim / 4) * 4;
