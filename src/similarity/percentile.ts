/** How similar two texts are, for this collection: cosines of one model crowd where another's spread. */
import { countBelow, dotRows } from '../vectors';
import type { Matrix } from '../types';
import { countPairs, visitPairs } from './pairs';

/** 20,000 pairs place a percentile to within about 0.7 points (binomial, 95 %). */
const compared = { all: 20_000, sampled: 20_000 };

/**
 * Cosines of the collection's pairs, ascending: all of them up to 200 rows, else a fixed sample of 20,000.
 * `vectors` is rows x dim, row-major, unit length.
 */
export function sortedPairCosines(vectors: Matrix): Float32Array<ArrayBuffer> {
  const { rows } = vectors;
  const cosines = new Float32Array(countPairs(rows, compared));
  visitPairs(rows, compared, (a, b, at) => (cosines[at] = dotRows(vectors, a, vectors, b)));
  return cosines.sort();
}

/** Share of `sorted` that is below `value`, 0 to 1; 0 for an empty sample. */
export function percentileOf(sorted: Float32Array, value: number): number {
  return sorted.length === 0 ? 0 : countBelow(sorted, value) / sorted.length;
}
