/**
 * Cosines from another origin than zero. Vectors of many models share a direction (Mu & Viswanath 2018, https://arxiv.org/abs/1702.01417):
 * cosines of two texts that have nothing to do with each other are then far above 0. Without the mean of some texts they are around 0.
 */
import type { Matrix } from '../types';
import { cosinesTo, dotRows } from '../vectors';

/** Squared distances from the centre below this are rounding: such a row has no direction from there. */
const leastSquare = 1e-9;

/**
 * Cosines of row `i` of `query` with every row of `matrix` (rows x dim, row-major, both of unit length or zeros), all as seen
 * from `centre` (dim numbers); 0 where a row stands at the centre. Throws a RangeError for a centre of other dimensions.
 */
export function centredCosines(
  matrix: Matrix,
  query: Matrix,
  i: number,
  centre: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  if (centre.length !== matrix.dim)
    throw new RangeError(`a centre of ${centre.length} dimensions in a space of ${matrix.dim}`);
  const origin: Matrix = { data: centre, rows: 1, dim: centre.length };
  const withQuery = cosinesTo(matrix, query, i);
  const withCentre = cosinesTo(matrix, origin);
  const square = dotRows(origin, 0, origin, 0);
  const queryCentre = dotRows(query, i, origin, 0);
  const querySquare = dotRows(query, i, query, i) - 2 * queryCentre + square;
  const out = new Float32Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    const rowSquare = dotRows(matrix, row, matrix, row) - 2 * withCentre[row]! + square;
    if (rowSquare < leastSquare || querySquare < leastSquare) continue;
    const product = withQuery[row]! - withCentre[row]! - queryCentre + square;
    out[row] = Math.min(Math.max(product / Math.sqrt(rowSquare * querySquare), -1), 1);
  }
  return out;
}
