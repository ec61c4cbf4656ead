/**
 * Axes of meaning, each from one pole to another: where texts stand on them, and how much of the texts they leave out.
 *
 * An axis is the difference of its poles' vectors, brought to unit length, and the value of a text its dot product with it (SemAxis:
 * An, Kwak & Ahn 2018, https://aclanthology.org/P18-1228). The poles are of unit length before they are subtracted, so that a tight
 * group of words pulls no more than a loose one. The value of a text is then its cosine with the axis, in -1 to 1.
 */
import type { Placement } from '../answers';
import type { Matrix } from '../types';
import { dotRows, normalise } from '../vectors';

/** Poles that differ by less, in a space of unit vectors known to 1e-5, have no direction from one to the other. */
const leastDifference = 1e-4;
/** What an axis adds to those before it, as a squared length: below this it is parallel to them, but for rounding. */
const leastNew = 1e-6;

/** The first axis whose poles coincide, or -1. `poles` are as in `placeOnAxes`. */
export function coincidingAxis(poles: Matrix): number {
  for (let axis = 0; axis < poles.rows / 2; axis++)
    if (lengthOf(differenceOf(poles, axis)) < leastDifference) return axis;
  return -1;
}

/**
 * Where `vectors` (rows x dim) stand on axes of which `poles` (twice as many rows as there are axes) has both ends: row 2a from, row
 * 2a + 1 to. All are row-major and of unit length, or zeros. No two poles of an axis may coincide (`coincidingAxis`).
 *
 * Axes need not be at right angles: residuals are those of the least squares fit by all of them, from the Cholesky factor of
 * their cosines. An axis that is parallel to those before it explains nothing more.
 */
export function placeOnAxes(vectors: Matrix, poles: Matrix): Placement {
  const { rows, dim } = vectors;
  const count = poles.rows / 2;
  const axes: Matrix = { data: new Float32Array(count * dim), rows: count, dim };
  for (let axis = 0; axis < count; axis++) {
    const row = axes.data.subarray(axis * dim, (axis + 1) * dim);
    row.set(differenceOf(poles, axis));
    normalise(row);
  }
  const cosines = new Float32Array(count * count);
  for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) cosines[a * count + b] = dotRows(axes, a, axes, b);
  const ends = Float32Array.from({ length: count * 2 }, (_, end) => dotRows(poles, end, axes, end >> 1));
  const values = new Float32Array(rows * count);
  const squares = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let axis = 0; axis < count; axis++) values[row * count + axis] = dotRows(vectors, row, axes, axis);
    squares[row] = dotRows(vectors, row, vectors, row);
  }
  return { values, cosines, ends, ...residualsOf(squares, values, factor(cosines, count)) };
}

function residualsOf(
  squares: Float32Array,
  values: Float32Array,
  factorised: Float64Array,
): Pick<Placement, 'residuals' | 'residual'> {
  const rows = squares.length;
  const count = Math.sqrt(factorised.length);
  const residuals = new Float32Array(rows);
  const parts = new Float64Array(count);
  let left = 0;
  let all = 0;
  for (let row = 0; row < rows; row++) {
    let explained = 0;
    for (let a = 0; a < count; a++) {
      const pivot = factorised[a * count + a]!;
      let part = values[row * count + a]!;
      for (let b = 0; b < a; b++) part -= factorised[a * count + b]! * parts[b]!;
      parts[a] = pivot === 0 ? 0 : part / pivot;
      explained += parts[a]! ** 2;
    }
    const square = squares[row]!;
    const rest = Math.max(square - explained, 0);
    residuals[row] = square === 0 ? 1 : rest / square;
    left += rest;
    all += square;
  }
  return { residuals, residual: all === 0 ? 1 : left / all };
}

/** The lower Cholesky factor of the axes' cosines (count x count), with a column of zeros for each axis that adds nothing. */
function factor(cosines: Float32Array, count: number): Float64Array {
  const lower = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = cosines[a * count + b]!;
      for (let c = 0; c < b; c++) sum -= lower[a * count + c]! * lower[b * count + c]!;
      if (a === b) lower[a * count + a] = sum > leastNew ? Math.sqrt(sum) : 0;
      else lower[a * count + b] = lower[b * count + b] === 0 ? 0 : sum / lower[b * count + b]!;
    }
  }
  return lower;
}

function differenceOf({ data, dim }: Matrix, axis: number): Float32Array {
  const from = 2 * axis * dim;
  return Float32Array.from({ length: dim }, (_, j) => data[from + dim + j]! - data[from + j]!);
}

function lengthOf(row: Float32Array): number {
  return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
}
