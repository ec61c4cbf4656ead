/** Turning one map onto another, so that a new run does not spin what a person has learnt to find. */
import type { Positions } from '../types';
import { singularValues } from './svd';

/** Weight of 'do not turn at all' beside the points, relative to them: it decides only what they leave open. */
const stillness = 1e-9;

/**
 * `positions` rotated, reflected and moved, never scaled, so that its `rows` (by default all that are finite in both) lie
 * as near as can be, in least squares, to those of `reference`: the orthogonal Procrustes problem (Schönemann 1966,
 * Psychometrika 31). What the points leave open (fewer than dim + 1 of them, all equal, or on one line) is turned as
 * little as possible; without a common row the result is a copy.
 *
 * Throws a RangeError when the shapes differ.
 */
export function alignTo(positions: Positions, reference: Positions, rows?: ArrayLike<number>): Positions {
  checkShapes(positions, reference);
  const { dim } = positions;
  const data = positions.data.slice();
  const common = rows ?? finiteRows(positions, reference);
  if (common.length === 0) return { ...positions, data };
  const from = centre(positions, common);
  const to = centre(reference, common);
  const turn = bestTurn(crossProducts(positions, from, reference, to, common), dim);
  for (let i = 0; i < data.length; i += dim) {
    for (let c = 0; c < dim; c++) {
      let sum = to[c]!;
      for (let d = 0; d < dim; d++) sum += (positions.data[i + d]! - from[d]!) * turn[d * dim + c]!;
      data[i + c] = sum;
    }
  }
  return { ...positions, data };
}

/**
 * How alike two maps are up to moving, turning, mirroring and scaling, 0 to 1: the correlation m of Peres-Neto & Jackson
 * 2001 (Oecologia 129), of which SciPy's disparity is 1 - m². A map without extent is like another such map, and unlike
 * any other. Throws a RangeError when the shapes differ.
 */
export function procrustesCorrelation(a: Positions, b: Positions): number {
  checkShapes(a, b);
  const rows = finiteRows(a, b);
  const centreA = centre(a, rows);
  const centreB = centre(b, rows);
  const extentA = squaredExtent(a, centreA, rows);
  const extentB = squaredExtent(b, centreB, rows);
  if (extentA === 0 || extentB === 0) return extentA === extentB ? 1 : 0;
  const { values } = singularValues(crossProducts(a, centreA, b, centreB, rows), a.dim);
  return Math.min(1, values.reduce((sum, value) => sum + value, 0) / Math.sqrt(extentA * extentB));
}

function checkShapes(a: Positions, b: Positions): void {
  if (a.rows !== b.rows || a.dim !== b.dim)
    throw new RangeError(`maps of ${a.rows} x ${a.dim} and ${b.rows} x ${b.dim} cannot be laid on each other`);
}

/** Rows whose coordinates are finite in both maps. */
export function finiteRows(a: Positions, b: Positions = a): number[] {
  const rows: number[] = [];
  for (let row = 0; row < a.rows; row++) {
    let sum = 0;
    for (let p = row * a.dim; p < (row + 1) * a.dim; p++) sum += a.data[p]! * 0 + b.data[p]! * 0;
    if (sum === 0) rows.push(row);
  }
  return rows;
}

/** Mean of the rows. Summed before it is divided: float32 values that are all equal then give exactly that value. */
function centre({ data, dim }: Positions, rows: ArrayLike<number>): number[] {
  const sum = new Array<number>(dim).fill(0);
  for (let r = 0; r < rows.length; r++) for (let d = 0; d < dim; d++) sum[d]! += data[rows[r]! * dim + d]!;
  return sum.map((value) => value / rows.length);
}

function squaredExtent({ data, dim }: Positions, mean: readonly number[], rows: readonly number[]): number {
  let sum = 0;
  for (const row of rows) for (let d = 0; d < dim; d++) sum += (data[row * dim + d]! - mean[d]!) ** 2;
  return sum;
}

/** AᵀB of the centred rows, dim x dim. */
function crossProducts(
  a: Positions,
  meanA: number[],
  b: Positions,
  meanB: number[],
  rows: ArrayLike<number>,
): Float64Array {
  const { dim } = a;
  const out = new Float64Array(dim * dim);
  for (let r = 0; r < rows.length; r++) {
    const p = rows[r]! * dim;
    for (let i = 0; i < dim; i++)
      for (let j = 0; j < dim; j++) out[i * dim + j]! += (a.data[p + i]! - meanA[i]!) * (b.data[p + j]! - meanB[j]!);
  }
  return out;
}

/** The orthogonal matrix Q, used as row times Q, that maximises trace(Qᵀ products): UVᵀ of its singular vectors. */
function bestTurn(products: Float64Array, dim: 2 | 3): Float64Array {
  const size = Math.hypot(...products);
  const steadied = products.slice();
  for (let d = 0; d < dim; d++) steadied[d * dim + d]! += size > 0 ? stillness * size : 1;
  const { left, right } = singularValues(steadied, dim);
  const turn = new Float64Array(dim * dim);
  for (let c = 0; c < dim; c++)
    for (let i = 0; i < dim; i++)
      for (let j = 0; j < dim; j++) turn[i * dim + j]! += left[c * dim + i]! * right[c * dim + j]!;
  return turn;
}
