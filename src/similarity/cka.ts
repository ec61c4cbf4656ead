/** How alike two spaces of the same texts are, whatever their dimensions and however they are turned. */
import { Pace, type WorkHooks } from '../pace';
import type { Matrix } from '../types';
import { meanRow } from '../vectors';

/** Rows that are multiplied at a time: of two spaces of 384 dimensions they take 0.4 MB as float64, which stays in the cache. */
const blockRows = 64;

/**
 * Linear centred kernel alignment (Kornblith, Norouzi, Lee & Hinton 2019, Similarity of neural network representations
 * revisited, equation 5) of two sets of rows that mean the same texts (vectors of any length, or positions), 0 to 1: 1 where
 * one is the other turned, mirrored or scaled as a whole. The rows are centred by their mean. It is computed from the products
 * of columns, which takes rows x dim² and no rows x rows, in float64. NaN where all rows of one are equal: there is nothing to
 * compare.
 *
 * Below as many rows as dimensions it is high by itself: spaces that have nothing to do with each other are alike there too.
 *
 * Throws a RangeError for unequal numbers of rows; rejects with the signal's reason when it is aborted.
 */
export async function linearCka(a: Matrix, b: Matrix, { onProgress, signal }: WorkHooks = {}): Promise<number> {
  if (a.rows !== b.rows) throw new RangeError(`${a.rows} and ${b.rows} rows are not of the same texts`);
  const pace = new Pace(signal);
  const centreA = meanRow(a);
  const centreB = meanRow(b);
  const blockA = new Float64Array(padded(a.dim) * blockRows);
  const blockB = new Float64Array(padded(b.dim) * blockRows);
  const [ofA, ofB, ofBoth] = [createProducts(a.dim, a.dim), createProducts(b.dim, b.dim), createProducts(a.dim, b.dim)];
  for (let first = 0; first < a.rows; first += blockRows) {
    takeColumns(a, centreA, first, blockA);
    takeColumns(b, centreB, first, blockB);
    for (const [left, right, products] of [
      [blockA, blockA, ofA],
      [blockB, blockB, ofB],
      [blockA, blockB, ofBoth],
    ] as const) {
      addProducts(left, right, products);
      if (pace.due) await pace.rest();
    }
    onProgress?.({ stage: 'neighbours', done: Math.min(first + blockRows, a.rows), total: a.rows });
  }
  if (isOnePoint(ofA, a.rows, centreA) || isOnePoint(ofB, b.rows, centreB)) return NaN;
  return Math.min(squareSum(ofBoth) / Math.sqrt(squareOf(ofA) * squareOf(ofB)), 1);
}

/** What float32 leaves of the squared length of equal rows once their mean is taken away, as a share: some 1e-14. */
const rounding = 1e-12;

function isOnePoint({ data, columns }: Products, rows: number, centre: Float64Array): boolean {
  let spread = 0;
  for (let i = 0; i < data.length; i += columns + 1) spread += data[i]!;
  return spread <= rounding * rows * centre.reduce((sum, value) => sum + value * value, 0);
}

/** Products of the columns of two blocks, padded to whole tiles. */
interface Products {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

const tile = 4;
const padded = (dim: number) => Math.ceil(dim / tile) * tile;

function createProducts(rows: number, columns: number): Products {
  return { data: new Float64Array(padded(rows) * padded(columns)), rows: padded(rows), columns: padded(columns) };
}

/** Fills `block` (columns x blockRows) with centred rows from `first` on; zeros beyond the last. */
function takeColumns({ data, rows, dim }: Matrix, centre: Float64Array, first: number, block: Float64Array): void {
  block.fill(0);
  const count = Math.min(blockRows, rows - first);
  for (let i = 0; i < count; i++)
    for (let j = 0, p = (first + i) * dim; j < dim; j++, p++) block[j * blockRows + i] = data[p]! - centre[j]!;
}

/**
 * Adds the product of every column of `a` with every one of `b`, two by four at a time, so that each number read is used more than
 * once. Of a block with itself those below the diagonal, which are those above it again, are left out.
 */
function addProducts(a: Float64Array, b: Float64Array, { data, rows, columns }: Products): void {
  for (let i = 0; i < rows; i += 2) {
    for (let j = a === b ? i - (i % tile) : 0; j < columns; j += tile) {
      let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
      let p = i * blockRows;
      let q = j * blockRows;
      for (const end = p + blockRows; p < end; p++, q++) {
        const x0 = a[p]!;
        const x1 = a[p + blockRows]!;
        const y0 = b[q]!;
        const y1 = b[q + blockRows]!;
        const y2 = b[q + 2 * blockRows]!;
        const y3 = b[q + 3 * blockRows]!;
        s00 += x0 * y0;
        s01 += x0 * y1;
        s02 += x0 * y2;
        s03 += x0 * y3;
        s10 += x1 * y0;
        s11 += x1 * y1;
        s12 += x1 * y2;
        s13 += x1 * y3;
      }
      const at = i * columns + j;
      data[at]! += s00;
      data[at + 1]! += s01;
      data[at + 2]! += s02;
      data[at + 3]! += s03;
      data[at + columns]! += s10;
      data[at + columns + 1]! += s11;
      data[at + columns + 2]! += s12;
      data[at + columns + 3]! += s13;
    }
  }
}

function squareSum({ data }: Products): number {
  return data.reduce((sum, value) => sum + value * value, 0);
}

/** As `squareSum` of the products of a block with itself, of which only those from the diagonal on are there. */
function squareOf({ data, rows, columns }: Products): number {
  let sum = 0;
  for (let i = 0; i < rows; i++)
    for (let j = i; j < columns; j++) sum += (i === j ? 1 : 2) * data[i * columns + j]! ** 2;
  return sum;
}
