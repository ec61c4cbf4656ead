/** What is typical of each dimension of a collection's vectors, and by which of them one vector stands out. */
import type { Matrix } from '../types';
import { meanRow, topK } from '../vectors';

/** By dimension, over all rows. */
export interface DimensionSpread {
  readonly mean: Float32Array<ArrayBuffer>;
  /** Standard deviation of the rows themselves (divided by their number, not by one less). */
  readonly deviation: Float32Array<ArrayBuffer>;
}

/** Two passes, in float64: the rows' values are small differences of each other. Zeros for a matrix without rows. */
export function spreadOfDimensions(matrix: Matrix): DimensionSpread {
  const { data, rows, dim } = matrix;
  const mean = meanRow(matrix);
  const squares = new Float64Array(dim);
  for (let i = 0, p = 0; i < rows; i++) {
    for (let j = 0; j < dim; j++, p++) {
      const difference = data[p]! - mean[j]!;
      squares[j]! += difference * difference;
    }
  }
  const deviation = Float32Array.from(squares, (sum) => (rows > 0 ? Math.sqrt(sum / rows) : 0));
  return { mean: Float32Array.from(mean), deviation };
}

/**
 * How many standard deviations each value of `vector` is from the collection's mean (z-score); 0 in a dimension in which all rows
 * are equal, to rounding.
 */
export function zScores(vector: Float32Array, { mean, deviation }: DimensionSpread): Float32Array<ArrayBuffer> {
  return Float32Array.from(vector, (value, j) =>
    deviation[j]! > 1e-6 * Math.abs(mean[j]!) ? (value - mean[j]!) / deviation[j]! : 0,
  );
}

/** The rows with the `count` highest and the `count` lowest values of dimension `j`, the farthest out first. */
export function extremeRows({ data, rows, dim }: Matrix, j: number, count: number): { high: number[]; low: number[] } {
  const column = Float32Array.from({ length: rows }, (_, row) => data[row * dim + j]!);
  const negated = column.map((value) => -value);
  return { high: topK(column, count), low: topK(negated, count) };
}
