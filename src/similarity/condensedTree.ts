/** From a spanning tree to clusters: single linkage, condensed by size, the most persistent parts chosen. */
import { DisjointSets } from './disjointSets';
import type { SpanningTree } from './spanningTree';

/** Merges of single linkage: merge `i` makes node `rows + i` of two nodes; rows are the nodes below `rows`. */
interface Merges {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Rows below each node, rows themselves too. */
  readonly sizes: Int32Array;
}

/**
 * The hierarchy without splits that only shed fewer rows than a cluster has. Cluster 0 holds all rows; a cluster's parent has a
 * lower number. Densities (lambda) are 1 / distance.
 */
export interface CondensedTree {
  /** By cluster: -1 for cluster 0. */
  readonly parents: readonly number[];
  /** By cluster: the density at which it splits off, that at which nothing of it is left whole, and how long its rows stay in it, summed. */
  readonly births: readonly number[];
  readonly deaths: readonly number[];
  readonly stabilities: readonly number[];
  /** By row: the last cluster that it belongs to, and the density at which it leaves that. */
  readonly lastCluster: Int32Array;
  readonly leaves: Float64Array;
}

function mergeEdges({ rows, from, to }: SpanningTree): Merges {
  const count = from.length;
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const sizes = new Int32Array(rows + count).fill(1);
  const sets = new DisjointSets(rows);
  /** The node that a set has become. */
  const nodeOf = Int32Array.from({ length: rows }, (_, row) => row);
  for (let i = 0; i < count; i++) {
    const a = nodeOf[sets.find(from[i]!)]!;
    const b = nodeOf[sets.find(to[i]!)]!;
    left[i] = a;
    right[i] = b;
    sizes[rows + i] = sizes[a]! + sizes[b]!;
    nodeOf[sets.unite(from[i]!, to[i]!)] = rows + i;
  }
  return { left, right, sizes };
}

/**
 * Condenses the hierarchy of single linkage (Campello, Moulavi & Sander 2013); `minClusterSize` is at least 2. Rows at one place
 * are taken to be as dense as the closest two that are apart: else a few equal texts would outweigh everything.
 */
export function condense(tree: SpanningTree, minClusterSize: number): CondensedTree {
  const { rows, lengths } = tree;
  const { left, right, sizes } = mergeEdges(tree);
  const closest = lengths.find((length) => length > 0 && length < Infinity) ?? 1;
  const parents = [-1];
  const births = [0];
  const deaths = [0];
  const stabilities = [0];
  const clusterOf = new Int32Array(sizes.length);
  /** By node: the density at which it left its cluster, -1 while it is all that the cluster has. */
  const exits = new Float64Array(sizes.length).fill(-1);
  /** 1 for merges that were taken together with another of the same length. */
  const taken = new Uint8Array(lengths.length);
  /** What merge `i`, and those below it of the same length, made one: at that density all of it parts at once. */
  const partsOf = (i: number): number[] => {
    const parts: number[] = [];
    const below = [left[i]!, right[i]!];
    for (let node = below.pop(); node !== undefined; node = below.pop()) {
      const merge = node - rows;
      if (merge < 0 || lengths[merge] !== lengths[i]) parts.push(node);
      else {
        taken[merge] = 1;
        below.push(left[merge]!, right[merge]!);
      }
    }
    return parts;
  };
  for (let i = lengths.length - 1; i >= 0; i--) {
    if (taken[i] === 1) continue;
    const node = rows + i;
    const cluster = clusterOf[node]!;
    if (exits[node]! >= 0) {
      for (const child of [left[i]!, right[i]!]) {
        clusterOf[child] = cluster;
        exits[child] = exits[node]!;
      }
      continue;
    }
    const density = 1 / Math.max(lengths[i]!, closest);
    const parts = partsOf(i);
    const splits = parts.filter((part) => sizes[part]! >= minClusterSize).length > 1;
    for (const part of parts) {
      clusterOf[part] = cluster;
      const isLarge = sizes[part]! >= minClusterSize;
      // What goes on without the few that left is still the same cluster.
      if (isLarge && !splits) continue;
      deaths[cluster] = Math.max(deaths[cluster]!, density);
      stabilities[cluster]! += (density - births[cluster]!) * sizes[part]!;
      if (!isLarge) {
        exits[part] = density;
        continue;
      }
      clusterOf[part] = parents.length;
      parents.push(cluster);
      births.push(density);
      deaths.push(density);
      stabilities.push(0);
    }
  }
  return { parents, births, deaths, stabilities, lastCluster: clusterOf.slice(0, rows), leaves: exits.slice(0, rows) };
}

/**
 * By cluster, the chosen one that holds it, or -1: those that are together the most stable ("excess of mass"), never all rows as
 * one.
 */
export function chooseClusters({ parents, stabilities }: CondensedTree): Int32Array {
  const count = parents.length;
  const chosen = new Uint8Array(count);
  /** Of the best choice below each cluster. */
  const below = new Float64Array(count);
  for (let cluster = count - 1; cluster > 0; cluster--) {
    chosen[cluster] = below[cluster]! > stabilities[cluster]! ? 0 : 1;
    below[parents[cluster]!]! += Math.max(below[cluster]!, stabilities[cluster]!);
  }
  const holders = new Int32Array(count).fill(-1);
  for (let cluster = 1; cluster < count; cluster++) {
    const above = holders[parents[cluster]!]!;
    holders[cluster] = above >= 0 ? above : chosen[cluster] === 1 ? cluster : -1;
  }
  return holders;
}
