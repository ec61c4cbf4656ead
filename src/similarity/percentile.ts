/** How similar two texts are, for this collection: cosines of one model crowd where another's spread. */
import { countBelow, dotRows } from '../vectors';
import type { Matrix } from '../types';

/** Pairs that are compared at most; 20,000 place a percentile to within about 0.7 points (binomial, 95 %). */
const maxPairs = 20_000;

/**
 * Cosines of the collection's pairs, ascending: all of them up to 200 rows, else a fixed sample of 20,000.
 * `vectors` is rows x dim, row-major, unit length.
 */
export function sortedPairCosines(vectors: Matrix): Float32Array<ArrayBuffer> {
  const { rows } = vectors;
  const pairs = (rows * (rows - 1)) / 2;
  if (pairs <= maxPairs) {
    const all = new Float32Array(pairs);
    let at = 0;
    for (let i = 0; i < rows; i++) for (let j = i + 1; j < rows; j++) all[at++] = dotRows(vectors, i, vectors, j);
    return all.sort();
  }
  // A Weyl sequence over the pairs: evenly spread, the same at every call, no generator needed.
  const sample = new Float32Array(maxPairs);
  const step = 0.6180339887498949;
  for (let at = 0, i = 0; at < maxPairs; at++) {
    i = (i + 1) % rows;
    const offset = 1 + Math.floor((((at + 1) * step) % 1) * (rows - 1));
    sample[at] = dotRows(vectors, i, vectors, (i + offset) % rows);
  }
  return sample.sort();
}

/** Share of `sorted` that is below `value`, 0 to 1; 0 for an empty sample. */
export function percentileOf(sorted: Float32Array, value: number): number {
  return sorted.length === 0 ? 0 : countBelow(sorted, value) / sorted.length;
}
