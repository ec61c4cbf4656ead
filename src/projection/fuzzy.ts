/** The fuzzy simplicial set: how strongly each row belongs with which others, both ways. */
import type { KnnGraph } from '../types';
import { smoothDistances } from './membership';

/** A symmetric graph in compressed sparse rows. */
export interface FuzzyGraph {
  /** rows + 1: where each row's edges begin. */
  readonly offsets: Int32Array;
  /** The row at the other end. */
  readonly heads: Int32Array;
  /** Strength of the edge, 0 to 1. */
  readonly weights: Float32Array;
}

export interface FuzzyOptions {
  /** Nearest neighbours that belong fully, at least 1. */
  readonly localConnectivity: number;
  /** 1 for the fuzzy union of both directions, 0 for their intersection, or between. */
  readonly setOperationRatio: number;
}

/**
 * Membership strengths of the graph's first `k` columns, joined over both directions: the probabilistic t-conorm
 * a + b - ab, the product ab, or a mixture (`fuzzy_simplicial_set` of umap-learn; McInnes, Healy & Melville 2018,
 * algorithms 2 and 3). Row lists are in no order; edges of no strength are left out.
 */
export function fuzzySimplicialSet(graph: KnnGraph, k: number, options: FuzzyOptions): FuzzyGraph {
  const { rows, indices } = graph;
  const { strengths } = smoothDistances(graph, k, options.localConnectivity);
  const back = transpose(graph, k);
  const room = rows * k * 2;
  const heads = new Int32Array(room);
  const weights = new Float32Array(room);
  const offsets = new Int32Array(rows + 1);
  /** Where the edge to a row stands in the list that is being made; valid only from the list's beginning on. */
  const placeOf = new Int32Array(rows).fill(-1);
  const ratio = options.setOperationRatio;
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const begin = end;
    for (let j = 0; j < k; j++) {
      const head = indices[row * graph.k + j]!;
      placeOf[head] = end;
      heads[end] = head;
      weights[end++] = strengths[row * k + j]!;
    }
    const known = end;
    for (let at = back.offsets[row]!; at < back.offsets[row + 1]!; at++) {
      const head = back.rows[at]!;
      const strength = strengths[back.edges[at]!]!;
      const place = placeOf[head]!;
      if (place >= begin && place < known) {
        const other = weights[place]!;
        const product = other * strength;
        weights[place] = ratio * (other + strength - product) + (1 - ratio) * product;
        // Marked as met from both sides: what is not keeps only its share of the union, below.
        placeOf[head] = -1;
      } else {
        heads[end] = head;
        weights[end++] = ratio * strength;
      }
    }
    for (let place = begin; place < known; place++) {
      if (placeOf[heads[place]!] === place) weights[place]! *= ratio;
    }
    end = dropWeightless(heads, weights, begin, end);
    offsets[row + 1] = end;
  }
  return { offsets, heads: heads.slice(0, end), weights: weights.slice(0, end) };
}

/** For each row those that name it, in order, and the edges (of `rows x k`) by which they do. */
export function transpose({ indices, rows, k: columns }: KnnGraph, k: number) {
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) for (let j = 0; j < k; j++) offsets[indices[row * columns + j]! + 1]!++;
  for (let row = 0; row < rows; row++) offsets[row + 1]! += offsets[row]!;
  const next = offsets.slice();
  const from = new Int32Array(rows * k);
  const edges = new Int32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < k; j++) {
      const at = next[indices[row * columns + j]!]!++;
      from[at] = row;
      edges[at] = row * k + j;
    }
  }
  return { offsets, rows: from, edges };
}

function dropWeightless(heads: Int32Array, weights: Float32Array, begin: number, end: number): number {
  let to = begin;
  for (let at = begin; at < end; at++) {
    if (weights[at] === 0) continue;
    heads[to] = heads[at]!;
    weights[to++] = weights[at]!;
  }
  return to;
}

/** Without the edges too weak to be pulled once in `epochs`: those below the strongest's share (umap-learn). */
export function pruneWeak(graph: FuzzyGraph, epochs: number): FuzzyGraph {
  const { weights } = graph;
  const least = strongest(weights) / epochs;
  return weighAnew(graph, (_, edge) => (weights[edge]! < least ? 0 : weights[edge]!));
}

/** The graph with the weights that `weightOf` gives to its edges; those of no weight are left out. */
export function weighAnew({ offsets, heads }: FuzzyGraph, weightOf: (row: number, edge: number) => number): FuzzyGraph {
  const rows = offsets.length - 1;
  const kept: FuzzyGraph = {
    offsets: new Int32Array(rows + 1),
    heads: new Int32Array(heads.length),
    weights: new Float32Array(heads.length),
  };
  let end = 0;
  for (let row = 0; row < rows; row++) {
    for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) {
      const weight = weightOf(row, edge);
      if (weight === 0) continue;
      kept.heads[end] = heads[edge]!;
      kept.weights[end++] = weight;
    }
    kept.offsets[row + 1] = end;
  }
  return { offsets: kept.offsets, heads: kept.heads.slice(0, end), weights: kept.weights.slice(0, end) };
}

export function strongest(weights: Float32Array): number {
  let most = 0;
  for (let edge = 0; edge < weights.length; edge++) most = Math.max(most, weights[edge]!);
  return most;
}
