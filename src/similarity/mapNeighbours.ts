/** Nearest others on a map, as a graph. */
import { Pace, type WorkHooks } from '../pace';
import type { KnnGraph, Positions } from '../types';
import { createKdTree } from './kdTree';
import { MapSearch } from './mapSearch';

/**
 * The `k` nearest of every row on a map of finite positions, in the order of `MapSearch.nearest`; `k` is below the number of rows.
 * Distances are Euclidean, in layout units. Rejects with the signal's reason when it is aborted.
 */
export async function findMapNeighbours(
  positions: Positions,
  k: number,
  { onProgress, signal }: WorkHooks = {},
): Promise<KnnGraph> {
  const { data, rows, dim } = positions;
  const pace = new Pace(signal);
  const search = new MapSearch(createKdTree(positions));
  const indices = new Int32Array(rows * k);
  const distances = new Float32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    search.nearest(row, k).forEach((other, j) => {
      let square = 0;
      for (let d = 0; d < dim; d++) square += (data[other * dim + d]! - data[row * dim + d]!) ** 2;
      indices[row * k + j] = other;
      distances[row * k + j] = Math.sqrt(square);
    });
    if (!pace.due) continue;
    onProgress?.({ stage: 'neighbours', done: row + 1, total: rows });
    await pace.rest();
  }
  return { indices, distances, rows, k };
}
