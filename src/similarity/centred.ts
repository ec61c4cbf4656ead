/**
 * Cosines from another origin than zero. Vectors of many models share a direction (Mu & Viswanath 2018, https://arxiv.org/abs/1702.01417):
 * cosines of two texts that have nothing to do with each other are then far above 0. Without the mean of some texts they are around 0.
 */
import type { Matrix } from '../types';
import { dotRows } from '../vectors';

/** Squared distances from the centre below this are rounding: such a row has no direction from there. */
const leastSquare = 1e-9;

/**
 * Cosines of row `i` of `query` with every row of `matrix` (rows x dim, row-major, both of unit length or zeros): as they are, and as
 * seen from `centre` (dim numbers), where they are 0 for a row that stands at the centre, and for one of zeros: that has no direction to
 * look at, from anywhere. Throws a RangeError for a centre or a query of other dimensions.
 */
export function centredCosines(
  matrix: Matrix,
  query: Matrix,
  i: number,
  centre: Float32Array<ArrayBuffer>,
): { cosines: Float32Array<ArrayBuffer>; centred: Float32Array<ArrayBuffer> } {
  const { rows, dim } = matrix;
  if (centre.length !== dim || query.dim !== dim)
    throw new RangeError(`a query of ${query.dim} and a centre of ${centre.length} dimensions in a space of ${dim}`);
  const origin: Matrix = { data: centre, rows: 1, dim };
  const square = dotRows(origin, 0, origin, 0);
  const queryCentre = dotRows(query, i, origin, 0);
  const queryOwn = dotRows(query, i, query, i);
  const querySquare = queryOwn - 2 * queryCentre + square;
  const [cosines, centred] = [new Float32Array(rows), new Float32Array(rows)];
  for (let row = 0; row < rows; row++) {
    const cosine = dotRows(matrix, row, query, i);
    const withCentre = dotRows(matrix, row, origin, 0);
    const rowOwn = dotRows(matrix, row, matrix, row);
    const rowSquare = rowOwn - 2 * withCentre + square;
    cosines[row] = cosine;
    if (rowOwn === 0 || queryOwn === 0 || rowSquare < leastSquare || querySquare < leastSquare) continue;
    const product = cosine - withCentre - queryCentre + square;
    centred[row] = Math.min(Math.max(product / Math.sqrt(rowSquare * querySquare), -1), 1);
  }
  return { cosines, centred };
}
