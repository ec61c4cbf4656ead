/** Singular vectors as rows of `left` and `right` (`order x order`, row-major), orthonormal even where a value is zero. */
export interface SingularValues {
  readonly values: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Smaller than this beside what it comes from, a number is rounding. */
const rounding = 1e-15;

/**
 * The singular value decomposition of a tiny square matrix (`order x order`, row-major), matrix = Σ value · leftᵀ right,
 * in no order, by one-sided Jacobi rotations (Hestenes 1958; Golub & Van Loan, section 8.6.3). Unlike the eigenvectors
 * of MᵀM it keeps the small values right: Procrustes on nearly flat maps needs their vectors.
 */
export function singularValues(matrix: Float64Array, order: number): SingularValues {
  // Rows here are the columns of the matrix: they are turned until they are orthogonal.
  const columns = new Float64Array(order * order);
  const right = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    right[i * order + i] = 1;
    for (let j = 0; j < order; j++) columns[j * order + i] = matrix[i * order + j]!;
  }
  // Each sweep squares what is left to do; 60 are a stop for the impossible.
  for (let sweep = 0; sweep < 60; sweep++) {
    let turned = false;
    for (let p = 0; p < order; p++)
      for (let q = p + 1; q < order; q++) turned = part(columns, right, order, p, q) || turned;
    if (!turned) break;
  }
  const values = new Float64Array(order);
  for (let c = 0; c < order; c++) values[c] = Math.sqrt(dot(columns, c, columns, c, order));
  return { values, left: unitRows(columns, values, order), right };
}

/** Turns the vectors p and q until they are orthogonal; false when they are already. */
function part(columns: Float64Array, right: Float64Array, order: number, p: number, q: number): boolean {
  const a = dot(columns, p, columns, p, order);
  const b = dot(columns, q, columns, q, order);
  const c = dot(columns, p, columns, q, order);
  if (Math.abs(c) <= rounding * Math.sqrt(a * b)) return false;
  const theta = (b - a) / (2 * c);
  const tan = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cos = 1 / Math.sqrt(tan * tan + 1);
  const sin = tan * cos;
  for (const vectors of [columns, right]) {
    for (let i = 0; i < order; i++) {
      const x = vectors[p * order + i]!;
      const y = vectors[q * order + i]!;
      vectors[p * order + i] = cos * x - sin * y;
      vectors[q * order + i] = sin * x + cos * y;
    }
  }
  return true;
}

/** The vectors at unit length, from the largest on; those of no value become what completes the basis. */
function unitRows(columns: Float64Array, values: Float64Array, order: number): Float64Array {
  const units = new Float64Array(order * order);
  const ranks = Array.from(values.keys()).sort((i, j) => values[j]! - values[i]!);
  const done: number[] = [];
  const least = rounding * values[ranks[0]!]!;
  for (const c of ranks) {
    const row = columns.slice(c * order, (c + 1) * order);
    if (values[c]! > least) row.forEach((value, i) => (units[c * order + i] = value / values[c]!));
    else completeBasis(units, done, c, order);
    done.push(c);
  }
  return units;
}

/** Makes row `c` a unit vector orthogonal to the rows in `done`: the axis that they cover least, less what they cover. */
function completeBasis(units: Float64Array, done: readonly number[], c: number, order: number): void {
  const covered = (axis: number) => done.reduce((sum, row) => sum + units[row * order + axis]! ** 2, 0);
  const axes = Array.from({ length: order }, (_, axis) => axis);
  const free = axes.reduce((best, axis) => (covered(axis) < covered(best) ? axis : best));
  units[c * order + free] = 1;
  for (const row of done) {
    const share = dot(units, row, units, c, order);
    for (let i = 0; i < order; i++) units[c * order + i]! -= share * units[row * order + i]!;
  }
  const length = Math.sqrt(dot(units, c, units, c, order));
  for (let i = 0; i < order; i++) units[c * order + i]! /= length;
}

function dot(x: Float64Array, p: number, y: Float64Array, q: number, order: number): number {
  let sum = 0;
  for (let i = 0; i < order; i++) sum += x[p * order + i]! * y[q * order + i]!;
  return sum;
}
