/**
 * Clusters of any shape and density, and what belongs to none: HDBSCAN (Campello, Moulavi & Sander 2013, "Density-based clustering
 * based on hierarchical density estimates"; McInnes & Healy 2017, "Accelerated hierarchical density based clustering").
 */
import type { WorkHooks } from '../pace';
import type { KnnGraph, Positions } from '../types';
import type { ClusterOptions } from './clusterOptions';
import { chooseClusters, condense } from './condensedTree';
import { spanGraph, spanPositions, type SpanningTree } from './spanningTree';

export interface Clustering {
  /** By row: its cluster, numbered from 0 by size, the largest first; -1 for noise. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** By row: how firmly it belongs to its cluster, 0 to 1; 0 for noise. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  readonly count: number;
}

/** Clusters of a map, rows x 2 or 3, by Euclidean distance. Exact: no pair of rows is left out. Rejects with the signal's reason. */
export async function clusterPositions(
  positions: Positions,
  options: ClusterOptions,
  hooks?: WorkHooks,
): Promise<Clustering> {
  return clusterTree(await spanPositions(positions, options.minSamples, hooks), options);
}

/**
 * Clusters of a space by its graph of nearest neighbours; exact where each row has all the others as neighbours. Else pairs that
 * are no neighbours are left out, and parts of the graph that nothing joins are apart for good.
 */
export async function clusterGraph(graph: KnnGraph, options: ClusterOptions, hooks?: WorkHooks): Promise<Clustering> {
  return clusterTree(await spanGraph(graph, options.minSamples, hooks), options);
}

function clusterTree(spanning: SpanningTree, { minClusterSize }: ClusterOptions): Clustering {
  const tree = condense(spanning, minClusterSize);
  const holders = chooseClusters(tree);
  const { rows } = spanning;
  const held = Int32Array.from(tree.lastCluster, (cluster) => holders[cluster]!);
  const labelOf = labelBySize(held, holders.length);
  const probabilities = new Float32Array(rows);
  held.forEach((cluster, row) => {
    if (cluster < 0) return;
    const death = tree.deaths[cluster]!;
    probabilities[row] = death > 0 ? Math.min(tree.leaves[row]! / death, 1) : 1;
  });
  return {
    labels: Int32Array.from(held, (cluster) => (cluster < 0 ? -1 : labelOf[cluster]!)),
    probabilities,
    count: new Set(held.filter((cluster) => cluster >= 0)).size,
  };
}

/** New numbers for those that occur, the most frequent first, equal ones by their first row. */
function labelBySize(numbers: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count);
  for (const number of numbers) if (number >= 0) sizes[number]!++;
  const found = [...new Set(numbers)].filter((number) => number >= 0);
  found.sort((a, b) => sizes[b]! - sizes[a]!);
  const labels = new Int32Array(count).fill(-1);
  found.forEach((number, label) => (labels[number] = label));
  return labels;
}
