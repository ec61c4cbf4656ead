/** How faithful a map is to the vectors: what it tears apart, and what it puts together that is not close. */
import { Pace, type WorkHooks } from '../pace';
import type { MapFidelity } from '../questions';
import type { KnnGraph, Matrix, Positions } from '../types';
import { cosinesTo, topK } from '../vectors';
import { createKdTree } from './kdTree';
import { MapSearch } from './mapSearch';

/** Up to so many rows, all are ranked among all. */
const exactRows = 2000;
/** Pairs that are ranked where rows are more, and the fewest rows that are ranked then. */
const sampledPairs = exactRows ** 2;
const fewestSampled = 200;

/** A row among all others, by the vectors and on the map. */
export interface RowRanks {
  /** Its `k` nearest by cosine, nearest first. */
  readonly near: readonly number[];
  /** Its `k` nearest on the map, nearest first. */
  readonly onMap: readonly number[];
  readonly cosines: Float32Array;
  /** Rank of another row by cosine, from 1. */
  rankOf(other: number): number;
  /** Rank of another row by distance on the map, from 1. */
  mapRankOf(other: number): number;
}

/** Neighbours that can be looked at among so many rows: the measures are defined, as in scikit-learn, for fewer than half of them. */
export function fidelityNeighbours(rows: number, k: number): number {
  return Math.max(0, Math.min(k, Math.ceil(rows / 2) - 1));
}

/**
 * Trustworthiness and continuity (Venna & Kaski 2001, Neighborhood preservation in nonlinear projection methods) of the map at
 * `positions` of `vectors` (rows x dim, unit length), and the share of its neighbours that each row kept.
 *
 * Trustworthiness falls with every row that is among the `k` nearest of another on the map and not by cosine, by how far down
 * the ranks of the cosines it stands; continuity with every one that is among them by cosine and not on the map, by its rank on the
 * map. Both are those of scikit-learn's `trustworthiness`, for continuity with the spaces exchanged, but that ranks of equal
 * distances are by lower row here, and there as its sorts happen to leave them. Up to 2,000 rows they are exact; above, they
 * are measured by an evenly spread sample of rows, each ranked among all, and the shares by the neighbours that `graphOf` gives.
 *
 * Throws a RangeError when shapes do not fit; rejects with the signal's reason when it is aborted.
 */
export async function measureFidelity(
  vectors: Matrix,
  positions: Positions,
  asked: number,
  graphOf: (k: number) => Promise<KnnGraph>,
  { onProgress, signal }: WorkHooks = {},
): Promise<Omit<MapFidelity, 'ids'>> {
  const { rows } = vectors;
  checkMap(vectors, positions);
  const pace = new Pace(signal);
  const k = fidelityNeighbours(rows, asked);
  const shares = new Float32Array(rows).fill(NaN);
  if (k === 0) return { k, trustworthiness: NaN, continuity: NaN, shares };
  const exact = rows <= exactRows;
  const ranked = exact ? rows : Math.max(fewestSampled, Math.floor(sampledPairs / rows));
  const recall = exact ? undefined : await countKept(positions, await graphOf(k), shares, pace);
  // By row, where trustworthiness and continuity are their means: 1 less its penalty, of which `worst` is the greatest mean.
  const worst = (k * (2 * rows - 3 * k - 1)) / 2;
  const trusted = new Float64Array(ranked).fill(1);
  const continued = new Float64Array(ranked).fill(1);
  for (let i = 0; i < ranked; i++) {
    const row = exact ? i : spreadRow(i, rows);
    const { near, onMap, rankOf, mapRankOf } = rankRow(vectors, positions, row, k);
    const nearSet = new Set(near);
    const mapSet = new Set(onMap);
    for (const other of onMap) if (!nearSet.has(other)) trusted[i]! -= (rankOf(other) - k) / worst;
    for (const other of near) if (!mapSet.has(other)) continued[i]! -= (mapRankOf(other) - k) / worst;
    if (exact) shares[row] = near.filter((other) => mapSet.has(other)).length / k;
    if (!pace.due) continue;
    onProgress?.({ stage: 'neighbours', done: Math.floor((rows * (i + 1)) / ranked), total: rows });
    await pace.rest();
  }
  const errorOf = (scores: Float64Array) => standardError(scores, rows);
  return {
    k,
    trustworthiness: meanOf(trusted),
    continuity: meanOf(continued),
    shares,
    ...(!exact && {
      sampled: ranked,
      errors: { trustworthiness: errorOf(trusted), continuity: errorOf(continued) },
    }),
    ...(recall !== undefined && { recall }),
  };
}

function meanOf(scores: Float64Array): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Of the mean of a sample drawn from so many without putting back (Cochran, Sampling Techniques, 1977, 2.7). */
function standardError(scores: Float64Array, population: number): number {
  const count = scores.length;
  const mean = meanOf(scores);
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (count - 1);
  return Math.sqrt((variance / count) * (1 - count / population));
}

/** Ranks a row's others; `k` is at most their number. Equal ones rank by lower row. */
export function rankRow(vectors: Matrix, positions: Positions, row: number, k: number): RowRanks {
  const self = new Set([row]);
  const cosines = cosinesTo(vectors, vectors, row);
  const closeness = closenessTo(positions, row);
  return {
    near: topK(cosines, k, self),
    onMap: topK(closeness, k, self),
    cosines,
    rankOf: (other) => rankIn(cosines, other, row),
    mapRankOf: (other) => rankIn(closeness, other, row),
  };
}

/** Throws a RangeError unless there is a finite place for every vector. */
export function checkMap({ rows }: Matrix, positions: Positions): void {
  if (positions.rows !== rows) throw new RangeError(`a map of ${positions.rows} rows for ${rows} vectors`);
  const bad = positions.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`row ${Math.floor(bad / positions.dim)} of the map is not finite`);
}

/** Fills the share of every row's neighbours in `graph` that are among its nearest on the map; the graph's recall. */
async function countKept(
  positions: Positions,
  { indices, k, recall }: KnnGraph,
  shares: Float32Array,
  pace: Pace,
): Promise<number | undefined> {
  const search = new MapSearch(createKdTree(positions));
  /** By row, the last one plus 1 beside which it was found. */
  const beside = new Int32Array(positions.rows);
  for (let row = 0; row < positions.rows; row++) {
    for (const other of search.nearest(row, k)) beside[other] = row + 1;
    let kept = 0;
    for (let j = 0; j < k; j++) if (beside[indices[row * k + j]!] === row + 1) kept++;
    shares[row] = kept / k;
    if (pace.due) await pace.rest();
  }
  return recall;
}

/** Of the negative squared distances to all rows, so that near is high, as with cosines. */
function closenessTo({ data, rows, dim }: Positions, row: number): Float64Array {
  const out = new Float64Array(rows);
  for (let other = 0; other < rows; other++) {
    let square = 0;
    for (let d = 0; d < dim; d++) square += (data[other * dim + d]! - data[row * dim + d]!) ** 2;
    out[other] = -square;
  }
  return out;
}

/** The rank of `other` by value, highest first and then by lower index, from 1, with `self` left out. */
function rankIn(values: ArrayLike<number>, other: number, self: number): number {
  const value = values[other]!;
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    const each = values[i]!;
    if (each > value || (each === value && i < other)) before++;
  }
  const selfBefore = values[self]! > value || (values[self]! === value && self < other);
  return before + (selfBefore ? 0 : 1);
}

/** The `i`-th row of a sample that is evenly spread over `rows`, follows no period of theirs, and has none twice. */
function spreadRow(i: number, rows: number): number {
  return (i * strideFor(rows)) % rows;
}

/** The first number from the golden section of `rows` on that has no divisor in common with it. */
function strideFor(rows: number): number {
  const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
  let stride = Math.ceil(rows * 0.6180339887498949);
  while (commonDivisor(rows, stride) > 1) stride++;
  return stride;
}
