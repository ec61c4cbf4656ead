/** How much of two lists of neighbours, or of all neighbours in two graphs, is the same. */
import type { KnnGraph } from '../types';

/** Of rank-biased overlap: the first ten ranks have 86 % of the weight (Webber, Moffat & Zobel 2010, equation 21). */
export const persistence = 0.9;

/** Jaccard index of two lists without repetition: what both have among what either has, 0 to 1; 1 for two empty ones. */
export function jaccard<T>(a: readonly T[], b: readonly T[]): number {
  const inA = new Set(a);
  const both = b.filter((item) => inA.has(item)).length;
  const either = a.length + b.length - both;
  return either === 0 ? 1 : both / either;
}

/**
 * Rank-biased overlap of two ranked lists without repetition, 0 to 1: their agreement at every depth, of which each weighs
 * `p` times the one before, so that the first ranks count most. Beyond the lists' ends their agreement is taken to go on as it
 * was: RBO_ext of Webber, Moffat & Zobel 2010 (A similarity measure for indefinite rankings, ACM TOIS 28, equation 32),
 * for lists of unequal length too. 1 for two empty lists, 0 where one is empty.
 * @param p above 0, below 1
 */
export function rankBiasedOverlap<T>(a: readonly T[], b: readonly T[], p = persistence): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return long.length === 0 ? 1 : 0;
  const seen = new Set<T>();
  let both = 0;
  /** What both have at the depth at which the shorter list ends. */
  let bothAtEnd = 0;
  let agreement = 0;
  let sum = 0;
  for (let depth = 1; depth <= long.length; depth++) {
    for (const list of depth <= short.length ? [short, long] : [long]) {
      const item = list[depth - 1]!;
      if (seen.has(item)) both++;
      else seen.add(item);
    }
    if (depth <= short.length) bothAtEnd = both;
    const beyond = Math.max(depth - short.length, 0);
    agreement = (both + (beyond * bothAtEnd) / short.length) / depth;
    sum += (1 - p) * p ** (depth - 1) * agreement;
  }
  return sum + agreement * p ** long.length;
}

/**
 * Of every row, the share of its `k` nearest in one graph that are among its `k` nearest in the other, 0 to 1; NaN where `k` is
 * 0. Rows and indices of both mean the same texts, and both have at least `k` columns.
 * Throws a RangeError when they have not, or have unequal numbers of rows.
 */
export function sharedNeighbours(a: KnnGraph, b: KnnGraph, k: number): Float32Array<ArrayBuffer> {
  if (a.rows !== b.rows) throw new RangeError(`graphs of ${a.rows} and ${b.rows} rows`);
  if (k > Math.min(a.k, b.k)) throw new RangeError(`${k} neighbours of graphs with ${a.k} and ${b.k}`);
  const shares = new Float32Array(a.rows);
  /** By row, the last one plus 1 beside which it was found. */
  const beside = new Int32Array(a.rows);
  for (let row = 0; row < a.rows; row++) {
    let kept = 0;
    for (let j = 0; j < k; j++) beside[a.indices[row * a.k + j]!] = row + 1;
    for (let j = 0; j < k; j++) if (beside[b.indices[row * b.k + j]!] === row + 1) kept++;
    shares[row] = kept / k;
  }
  return shares;
}

/** Rows by their share, the lowest first, equal ones in row order. */
export function lowestFirst(shares: Float32Array): Int32Array<ArrayBuffer> {
  return Int32Array.from(shares, (_, row) => row).sort((a, b) => shares[a]! - shares[b]! || a - b);
}

/** Mean of the shares; NaN of none. */
export function meanShare(shares: Float32Array): number {
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
