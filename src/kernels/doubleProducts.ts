/** Products of matrices in float64 by a kernel (assembly/doubles.ts): for components, whose empty directions float32 would hide. */
import { startKernel, type Started } from './start';
import bytes from './assembly/doubles.ts?kernel';

/** The kernel's function, as the file of assembly/ describes it. Addresses and steps from number to number are in bytes. */
interface Exports {
  multiply(
    a: number,
    aRow: number,
    aNext: number,
    rows: number,
    b: number,
    inner: number,
    columns: number,
    upper: number,
    out: number,
    panel: number,
  ): void;
}

/** The kernel takes so many rows and columns at a time. */
const side = 4;
/** Bytes of a number. */
const size = Float64Array.BYTES_PER_ELEMENT;

export class DoubleProducts {
  readonly #kernel: Started<Exports, 'a' | 'b' | 'out' | 'panel'>;
  /** Numbers that a matrix may have, with what pads its lines. */
  readonly #room: number;

  /** For matrices of at most `rows` x `columns` and back. Throws a RangeError where there is no such memory. */
  constructor(rows: number, columns: number) {
    const [height, width] = [pad(rows), pad(columns)];
    this.#room = Math.max(height, width) * width;
    const held = this.#room * size;
    const panel = Math.max(height, width) * side * size;
    this.#kernel = startKernel(bytes, { a: held, b: held, out: held, panel });
  }

  /** A B, rows x columns; `a` is rows x inner and `b` inner x columns, all row-major. */
  multiply(a: Float64Array, rows: number, b: Float64Array, inner: number, columns: number): Float64Array<ArrayBuffer> {
    const [line, width] = [pad(inner), pad(columns)];
    this.#hold('a', a, rows, inner, line);
    this.#hold('b', b, inner, columns, width);
    const { run, at } = this.#kernel;
    const { a: from, b: other, out, panel } = at;
    run.multiply(from, line * size, size, pad(rows), other, inner, width, 0, out, panel);
    const products = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) products.set(this.#line(out, i * width, columns), i * columns);
    return products;
  }

  /** Adds X'X to the upper half of `sums` (dim x dim); `x` is rows x dim, row-major. */
  addSquare(x: Float64Array, rows: number, dim: number, sums: Float64Array): void {
    const width = pad(dim);
    this.#hold('b', x, rows, dim, width);
    const { run, at } = this.#kernel;
    const { b, out, panel } = at;
    run.multiply(b, size, width * size, width, b, rows, width, 1, out, panel);
    for (let i = 0; i < dim; i++) {
      const products = this.#line(out, i * width, dim);
      for (let j = i; j < dim; j++) sums[i * dim + j]! += products[j]!;
    }
  }

  /** Copies rows, each in `line` numbers; what is beyond them is left from earlier, and of no effect. */
  #hold(area: 'a' | 'b', data: Float64Array, rows: number, columns: number, line: number): void {
    if (pad(rows) * line > this.#room) throw new RangeError(`no room for ${rows} rows of ${columns} numbers`);
    for (let i = 0; i < rows; i++)
      this.#line(this.#kernel.at[area], i * line, columns).set(data.subarray(i * columns, (i + 1) * columns));
  }

  /** So many numbers of an area, from one of them on. */
  #line(at: number, first: number, count: number): Float64Array {
    return new Float64Array(this.#kernel.buffer, at + first * size, count);
  }
}

const pad = (count: number) => Math.ceil(count / side) * side;
