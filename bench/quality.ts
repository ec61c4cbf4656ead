/** How well a search finds neighbours and a map keeps them, from a fixed sample of rows, each compared with all others. */
import type { KnnGraph, Matrix, Positions } from '../src/types';
import { cosinesTo, topK } from '../src/vectors';

export interface Quality {
  /** Of Venna & Kaski 2001, 0 to 1, over the sampled rows. */
  readonly trustworthiness: number;
  /** Share of the `k` nearest vectors that are among the `k` nearest on the map. */
  readonly recall: number;
}

const sampled = 1000;
/** Cosines that differ by less are equal: float32 rounds them to some 1e-7, and the graph takes such distances for 0. */
const rounding = 1e-6;

/** The mean of several maps of the same vectors, as of several seeds. `k` counts neighbours without the point itself. */
export function measureQuality(matrix: Matrix, maps: readonly Positions[], k: number): Quality {
  const { rows } = matrix;
  let [penalty, hits, asked] = [0, 0, 0];
  for (const row of sampleRows(rows)) {
    const cosines = cosinesTo(matrix, matrix, row);
    const wanted = new Set(topK(cosines, k, new Set([row])));
    for (const map of maps) {
      asked++;
      const nearOnMap = Float64Array.from({ length: rows }, (_, other) => -squareBetween(map, row, other));
      for (const other of topK(nearOnMap, k, new Set([row]))) {
        if (wanted.has(other)) hits++;
        else penalty += rankOf(cosines, row, other) - k;
      }
    }
  }
  return {
    trustworthiness: 1 - (2 / (asked * k * (2 * rows - 3 * k - 1))) * penalty,
    recall: hits / (asked * k),
  };
}

/** Share of a graph's neighbours that are as near as the true ones, found by comparing rows of a sample with all others. */
export function measureRecall(matrix: Matrix, { indices, rows, k }: KnnGraph): number {
  let [hits, asked] = [0, 0];
  for (const row of sampleRows(rows)) {
    asked++;
    const cosines = cosinesTo(matrix, matrix, row);
    const farthest = cosines[topK(cosines, k, new Set([row])).at(-1)!]! - rounding;
    const found = new Set(indices.subarray(row * k, (row + 1) * k));
    for (const other of found) if (other !== row && cosines[other]! >= farthest) hits++;
  }
  return hits / (asked * k);
}

/** Rows at even distances. */
function sampleRows(rows: number): number[] {
  const stride = Math.max(1, Math.floor(rows / sampled));
  return Array.from({ length: Math.ceil(rows / stride) }, (_, i) => i * stride);
}

function squareBetween({ data, dim }: Positions, row: number, other: number): number {
  let square = 0;
  for (let d = 0; d < dim; d++) square += (data[row * dim + d]! - data[other * dim + d]!) ** 2;
  return square;
}

/** 1 for the nearest: how many stand before it, and itself. */
function rankOf(cosines: Float32Array, row: number, other: number): number {
  const own = cosines[other]!;
  let rank = 1;
  for (let index = 0; index < cosines.length; index++) {
    const cosine = cosines[index]!;
    if (index !== row && (cosine > own || (cosine === own && index < other))) rank++;
  }
  return rank;
}
