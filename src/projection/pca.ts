import { DoubleProducts } from '../kernels/doubleProducts';
import type { Matrix, Positions } from '../types';
import { dotRows, meanRow, takeRows } from '../vectors';
import { topEigen } from './eigen';
import { Pace, type WorkHooks } from '../pace';

export interface PcaHooks extends WorkHooks {
  /** Rows of which the directions are found, or as many as there are dimensions if that is more; all unless it says other. */
  readonly mostRows?: number | undefined;
}

/** A component with less than this share of the rows' squared length is rounding, not variance. */
const varianceShare = 1e-10;
/** Rows whose products are added up at a time: some milliseconds of work. */
const rowsAtOnce = 256;

/**
 * Principal components of the rows: their scores on the first `dims` directions of variance, in the rows' own units,
 * each column with mean zero. Columns without variance are zeros. A direction's sign is free: here the score that is
 * farthest from zero is positive. The same matrix and seed give the same bits.
 *
 * From the covariance, or from the rows' products with each other when there are fewer rows than dimensions (Jolliffe,
 * Principal Component Analysis, 2nd ed., sections 2.1 and 3.5). With `mostRows` the directions are those of that many
 * rows, evenly spread. Rejects with the signal's reason when it is aborted.
 */
export async function projectPca(
  matrix: Matrix,
  dims: 2 | 3,
  seed: number,
  { signal, mostRows = Infinity }: PcaHooks = {},
): Promise<Positions> {
  const pace = new Pace(signal);
  const { rows, dim } = matrix;
  const positions: Positions = { data: new Float32Array(rows * dims), rows, dim: dims };
  if (rows < 2) return positions;
  const wide = rows < dim;
  const sample = wide ? matrix : spreadRows(matrix, Math.max(mostRows, dim));
  const mean = meanRow(sample);
  const products = wide ? rowProducts(sample, mean) : await columnProducts(sample, mean, pace);
  const order = wide ? rows : dim;
  const { values, vectors } = await topEigen(products, order, dims, seed, pace, sample === matrix ? undefined : rough);
  const squares = squaredLength(sample.data);
  const scores = wide ? undefined : project(matrix, mean, vectors, values.length);
  for (let c = 0; c < values.length; c++) {
    if (values[c]! <= varianceShare * squares) continue;
    const own = scores
      ? scores.subarray(c * rows, (c + 1) * rows)
      : vectors.subarray(c * order, (c + 1) * order).map((value) => value * Math.sqrt(values[c]!));
    const sign = Math.sign(own.reduce((far, score) => (Math.abs(score) > Math.abs(far) ? score : far), 0));
    for (let i = 0; i < rows; i++) positions.data[i * dims + c] = sign * own[i]!;
  }
  return positions;
}

function squaredLength(data: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! ** 2;
  return sum;
}

/** How well directions of a sample are found: the sample itself differs from all rows by more. */
const rough = 1e-3;

/** At most `most` rows, evenly spread, the first among them. */
function spreadRows(matrix: Matrix, most: number): Matrix {
  if (matrix.rows <= most) return matrix;
  const indices = Array.from({ length: most }, (_, i) => Math.floor((i * matrix.rows) / most));
  return takeRows(matrix, indices);
}

/** (X - mean)ᵀ(X - mean), dim x dim: the covariance times the number of rows. */
export async function columnProducts(
  { data, rows, dim }: Matrix,
  mean: Float64Array,
  pace: Pace,
): Promise<Float64Array> {
  const out = new Float64Array(dim * dim);
  const most = Math.min(rows, rowsAtOnce);
  const products = new DoubleProducts(most, dim);
  const centred = new Float64Array(most * dim);
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    for (let r = 0, p = row * dim; r < count; r++)
      for (let d = 0; d < dim; d++, p++) centred[r * dim + d] = data[p]! - mean[d]!;
    products.addSquare(centred, count, dim, out);
    if (pace.due) await pace.rest();
  }
  for (let i = 0; i < dim; i++) for (let j = 0; j < i; j++) out[i * dim + j] = out[j * dim + i]!;
  return out;
}

/** (X - mean)(X - mean)ᵀ, rows x rows; there are fewer rows than dimensions, so this is quick. */
function rowProducts(matrix: Matrix, mean: Float64Array): Float64Array {
  const { rows, dim } = matrix;
  const toMean = project(matrix, new Float64Array(dim), mean, 1);
  const meanSquare = mean.reduce((sum, value) => sum + value * value, 0);
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = i; j < rows; j++) {
      const product = dotRows(matrix, i, matrix, j) - toMean[i]! - toMean[j]! + meanSquare;
      out[i * rows + j] = product;
      out[j * rows + i] = product;
    }
  }
  return out;
}

/** Scores of the rows, less the mean, on at most three directions (`count x dim`): 3 x rows, of which the first `count` count. Each row is read once for all of them. */
function project(
  { data, rows, dim }: Matrix,
  mean: Float64Array,
  directions: Float64Array,
  count: number,
): Float64Array<ArrayBuffer> {
  const scores = new Float64Array(3 * rows);
  const [first, second, third] = [0, 1, 2].map((c) => directions.subarray((c % count) * dim, (c % count) * dim + dim));
  for (let i = 0, p = 0; i < rows; i++) {
    let [x, y, z] = [0, 0, 0];
    for (let d = 0; d < dim; d++, p++) {
      const value = data[p]! - mean[d]!;
      x += value * first![d]!;
      y += value * second![d]!;
      z += value * third![d]!;
    }
    scores[i] = x;
    scores[rows + i] = y;
    scores[2 * rows + i] = z;
  }
  return scores;
}
