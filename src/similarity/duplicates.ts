/**
 * Pairs of rows that are nearly one, and rows that are far from all others, by the graph of nearest neighbours: not all pairs are
 * compared.
 */
import type { KnnGraph } from '../types';

/** Pairs of rows, the nearest first, equally near ones by their rows. */
export interface RowPairs {
  readonly earlier: Int32Array<ArrayBuffer>;
  readonly later: Int32Array<ArrayBuffer>;
  readonly cosines: Float32Array<ArrayBuffer>;
}

/**
 * The pairs of which one row is among the other's `k` nearest, each once. A pair is missing only if both rows have `k` others that
 * are nearer; so above the greatest of `reachesOf` all are there.
 */
export function nearPairs({ indices, distances, rows, k }: KnnGraph): RowPairs {
  const isListed = (row: number, other: number): boolean => {
    for (let at = row * k; at < (row + 1) * k; at++) if (indices[at] === other) return true;
    return false;
  };
  const places: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = indices[at]!;
      if (row < other || !isListed(other, row)) places.push(at);
    }
  }
  const ends = (at: number): [number, number] => {
    const row = Math.floor(at / k);
    const other = indices[at]!;
    return row < other ? [row, other] : [other, row];
  };
  const order = Uint32Array.from(places).sort((a, b) => {
    if (distances[a] !== distances[b]) return distances[a]! - distances[b]!;
    const [[a0, a1], [b0, b1]] = [ends(a), ends(b)];
    return a0 - b0 || a1 - b1;
  });
  return {
    earlier: Int32Array.from(order, (at) => ends(at)[0]),
    later: Int32Array.from(order, (at) => ends(at)[1]),
    cosines: Float32Array.from(order, (at) => 1 - distances[at]!),
  };
}

/** Each row's cosine with the last of its neighbours, descending; empty where rows have none. */
export function reachesOf({ distances, rows, k }: KnnGraph): Float32Array<ArrayBuffer> {
  if (k === 0) return new Float32Array(0);
  return Float32Array.from({ length: rows }, (_, row) => 1 - distances[(row + 1) * k - 1]!)
    .sort()
    .reverse();
}

/** All rows by their mean cosine with their neighbours, the least first; none where rows have no neighbours. */
export function lonelyRows({ distances, rows, k }: KnnGraph): {
  rows: Int32Array<ArrayBuffer>;
  means: Float32Array<ArrayBuffer>;
} {
  if (k === 0) return { rows: new Int32Array(0), means: new Float32Array(0) };
  const means = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let at = row * k; at < (row + 1) * k; at++) sum += 1 - distances[at]!;
    return sum / k;
  });
  const order = Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => means[a]! - means[b]! || a - b);
  return { rows: order, means: Float32Array.from(order, (row) => means[row]!) };
}
