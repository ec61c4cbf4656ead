/**
 * A direction of meaning, from one set of words to another, and vectors without it (Bolukbasi et al. 2016, arXiv:1607.06520: the step
 * that they call neutralise). All in float64, but for the rows that come back.
 */
import type { DirectionKind } from '../association';
import type { Matrix } from '../types';
import { dot, meanOf, unitRows } from './association';

/** Ends that differ by less, in a space of unit vectors known to 1e-5, have no direction from one to the other. */
const leastDifference = 1e-4;

export interface Direction {
  /** Of unit length, pointing from `a` to `b`. */
  readonly axis: Float64Array<ArrayBuffer>;
  /** Of the pairs' squared differences, the share that lies along it, 0 to 1; for `pairs` alone. */
  readonly explained?: number;
}

/**
 * The direction from the words of `a` to those of `b`, or undefined where there is none. `means`: the difference of their means.
 * `pairs`: the first principal component of the differences of the first word of each, the second, and so on, each pair centred on its
 * own middle; both sets must have as many words.
 */
export function directionBetween(a: Matrix, b: Matrix, kind: DirectionKind): Direction | undefined {
  const [from, to] = [meanOf(a), meanOf(b)];
  const difference = to.map((value, j) => value - from[j]!);
  if (kind === 'means') {
    const axis = toUnit(difference);
    return axis && { axis };
  }
  const [rowsA, rowsB] = [unitRows(a), unitRows(b)];
  const pairs = rowsA.map((row, i) => rowsB[i]!.map((value, j) => value - row[j]!));
  const squares = pairs.reduce((sum, pair) => sum + dot(pair, pair), 0);
  const weights = firstComponent(pairs);
  const axis = toUnit(difference.map((_, j) => pairs.reduce((sum, pair, i) => sum + weights[i]! * pair[j]!, 0)));
  if (!axis) return undefined;
  const along = pairs.reduce((sum, pair) => sum + dot(pair, axis) ** 2, 0);
  const sign = dot(axis, difference) < 0 ? -1 : 1;
  return { axis: axis.map((value) => sign * value), explained: along / squares };
}

/** A copy of `matrix` in which no row has any of `axis`: each less its part along it, brought back to unit length. */
export function neutralise(matrix: Matrix, axis: Float64Array): Matrix {
  const { rows, dim } = matrix;
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    const from = row * dim;
    let along = 0;
    for (let j = 0; j < dim; j++) along += matrix.data[from + j]! * axis[j]!;
    let square = 0;
    for (let j = 0; j < dim; j++) square += (matrix.data[from + j]! - along * axis[j]!) ** 2;
    // A row that is the direction itself has nothing left, and stays zero.
    const scale = square < leastDifference ** 2 ? 0 : 1 / Math.sqrt(square);
    for (let j = 0; j < dim; j++) data[from + j] = (matrix.data[from + j]! - along * axis[j]!) * scale;
  }
  return { data, rows, dim };
}

/**
 * The weights of the rows whose sum is their first principal component (not centred): the leading eigenvector of their Gram matrix, by
 * squaring it until nothing else is left of it. Thirty squarings are a billion steps of the power iteration.
 */
function firstComponent(rows: readonly Float64Array[]): Float64Array {
  const n = rows.length;
  let gram = Float64Array.from({ length: n * n }, (_, at) => dot(rows[Math.floor(at / n)]!, rows[at % n]!));
  for (let step = 0; step < 30; step++) {
    const scale = Math.sqrt(dot(gram, gram)) || 1;
    const squared = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let k = 0; k < n; k++) {
        const value = gram[i * n + k]! / scale;
        for (let j = 0; j < n; j++) squared[i * n + j]! += (value * gram[k * n + j]!) / scale;
      }
    gram = squared;
  }
  // Every column is a multiple of it; the one with the greatest diagonal is the longest.
  let longest = 0;
  for (let i = 1; i < n; i++) if (gram[i * n + i]! > gram[longest * n + longest]!) longest = i;
  return gram.slice(longest * n, (longest + 1) * n);
}

function toUnit(vector: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> | undefined {
  const length = Math.sqrt(dot(vector, vector));
  return length < leastDifference ? undefined : vector.map((value) => value / length);
}
