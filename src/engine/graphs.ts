/** Graphs of nearest neighbours for answers. */
import type { WorkHooks } from '../pace';
import { findNeighbours } from '../projection/neighbours';
import type { ItemId, KnnGraph } from '../types';
import { takeRows } from '../vectors';
import type { SpaceRows } from './snapshot';

/**
 * The `k` nearest of each of `ids` among `ids`, row by row for them, as if the space had no other texts; one less than there are ids
 * at most. Of all texts the space knows its graph, or keeps it; of some it is looked for each time. Throws an InputError for an id
 * that the space lacks, and rejects as `findNeighbours` does.
 */
export async function graphOf(
  space: SpaceRows,
  ids: readonly ItemId[],
  k: number,
  hooks: WorkHooks,
): Promise<KnnGraph> {
  const rows = ids.map(space.rowOf);
  if (rows.length < space.ids.length) return findNeighbours(takeRows(space.vectors, rows), k, hooks);
  return arrange(await space.graph(k, hooks), rows, Math.max(0, Math.min(k, rows.length - 1)));
}

/**
 * Row `i` of the result is row `rows[i]` of the graph, which names each of its rows once, and has its first `k` columns: answers do not
 * depend on how many were asked for before.
 */
function arrange(graph: KnnGraph, rows: readonly number[], k: number): KnnGraph {
  if (graph.k === k && rows.every((row, i) => row === i)) return graph;
  const placeOf = new Int32Array(rows.length);
  rows.forEach((row, i) => (placeOf[row] = i));
  const indices = new Int32Array(rows.length * k);
  const distances = new Float32Array(rows.length * k);
  rows.forEach((row, i) => {
    for (let j = 0; j < k; j++) {
      indices[i * k + j] = placeOf[graph.indices[row * graph.k + j]!]!;
      distances[i * k + j] = graph.distances[row * graph.k + j]!;
    }
  });
  return { ...graph, indices, distances, k };
}
