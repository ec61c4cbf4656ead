/** How faithful a map is to the vectors: what it tears apart, and what it puts together that is not close. */
import { Pace, type WorkHooks } from '../pace';
import type { MapFidelity } from '../answers';
import type { KnnGraph, Matrix, Positions } from '../types';
import { topK } from '../vectors';
import { createCosineRows } from './cosineRows';
import { findMapNeighbours } from './mapNeighbours';
import { sharedNeighbours } from './overlap';
import { meanOf, spreadRow, standardError } from './sample';

/** Rows up to which all are ranked among all unless it is said otherwise: 5,000 of 384 dimensions take about 2 s. */
const usuallyExact = 5000;
/** The fewest rows that are ranked where there are more; as many pairs as were ranked exactly are, where that is more. */
const fewestSampled = 200;

export interface FidelityHooks extends WorkHooks {
  readonly mostExact?: number | undefined;
}

/** A row among all others, by the vectors and on the map. */
export interface RowRanks {
  /** Its `k` nearest by cosine, nearest first. */
  readonly near: readonly number[];
  /** Its `k` nearest on the map, nearest first. */
  readonly onMap: readonly number[];
  /** Ranks of other rows by cosine, from 1. */
  ranksOf(others: readonly number[]): Int32Array;
  /** Ranks of other rows by distance on the map, from 1. */
  mapRanksOf(others: readonly number[]): Int32Array;
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
 * distances are by lower row here, and there as its sorts happen to leave them. Up to `mostExact` rows they are exact; above, they
 * are measured by an evenly spread sample of rows, each ranked among all, and the shares by the neighbours that `graphOf` gives.
 *
 * Throws a RangeError when shapes do not fit; rejects with the signal's reason when it is aborted.
 */
export async function measureFidelity(
  vectors: Matrix,
  positions: Positions,
  asked: number,
  graphOf: (k: number) => Promise<KnnGraph>,
  { mostExact = usuallyExact, onProgress, signal }: FidelityHooks = {},
): Promise<Omit<MapFidelity, 'ids'>> {
  const { rows } = vectors;
  checkMap(vectors, positions);
  const pace = new Pace(signal);
  const k = fidelityNeighbours(rows, asked);
  if (k === 0) return { k, trustworthiness: NaN, continuity: NaN, shares: new Float32Array(rows).fill(NaN) };
  const exact = rows <= mostExact;
  const ranked = exact ? rows : Math.max(fewestSampled, Math.floor(mostExact ** 2 / rows));
  const graph = exact ? undefined : await graphOf(k);
  const shares = graph
    ? sharedNeighbours(await findMapNeighbours(positions, k, { signal }), graph, k)
    : new Float32Array(rows);
  // By row, where trustworthiness and continuity are their means: 1 less its penalty, of which `worst` is the greatest mean.
  const worst = (k * (2 * rows - 3 * k - 1)) / 2;
  const trusted = new Float64Array(ranked).fill(1);
  const continued = new Float64Array(ranked).fill(1);
  const order = Int32Array.from({ length: ranked }, (_, i) => (exact ? i : spreadRow(i, rows)));
  const cosinesOf = createCosineRows(vectors, order);
  for (let i = 0; i < ranked; i++) {
    const row = order[i]!;
    const { near, onMap, ranksOf, mapRanksOf } = rankRow(cosinesOf(i), positions, row, k);
    const nearSet = new Set(near);
    const mapSet = new Set(onMap);
    const torn = near.filter((other) => !mapSet.has(other));
    for (const rank of ranksOf(onMap.filter((other) => !nearSet.has(other)))) trusted[i]! -= (rank - k) / worst;
    for (const rank of mapRanksOf(torn)) continued[i]! -= (rank - k) / worst;
    if (exact) shares[row] = 1 - torn.length / k;
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
    ...(graph?.recall !== undefined && { recall: graph.recall }),
  };
}

/** Ranks a row's others by its cosines with all rows and on the map; `k` is at most their number. Equal ones rank by lower row. */
export function rankRow(cosines: Float32Array, positions: Positions, row: number, k: number): RowRanks {
  const self = new Set([row]);
  const closeness = closenessTo(positions, row);
  return {
    near: topK(cosines, k, self),
    onMap: topK(closeness, k, self),
    ranksOf: (others) => ranksIn(cosines, others, row),
    mapRanksOf: (others) => ranksIn(closeness, others, row),
  };
}

/** Throws a RangeError unless there is a finite place for every vector. */
export function checkMap({ rows }: Matrix, positions: Positions): void {
  if (positions.rows !== rows) throw new RangeError(`a map of ${positions.rows} rows for ${rows} vectors`);
  const bad = positions.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`row ${Math.floor(bad / positions.dim)} of the map is not finite`);
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

/** The ranks of `others` by value, highest first and then by lower index, from 1, with `self` left out. */
function ranksIn(values: ArrayLike<number>, others: readonly number[], self: number): Int32Array {
  const ranks = new Int32Array(others.length);
  if (others.length === 0) return ranks;
  const order = Array.from(others, (_, i) => i).sort(
    (a, b) => values[others[b]!]! - values[others[a]!]! || others[a]! - others[b]!,
  );
  const limits = Float64Array.from(order, (i) => values[others[i]!]!);
  const last = limits.length - 1;
  /** How many come before each of the limits and after the one above it. */
  const between = new Int32Array(limits.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value < limits[last]! || row === self) continue;
    let low = 0;
    for (let high = last; low < high;) {
      const middle = (low + high) >> 1;
      if (limits[middle]! > value || (limits[middle] === value && others[order[middle]!]! <= row)) low = middle + 1;
      else high = middle;
    }
    if (limits[low]! < value || others[order[low]!]! > row) between[low]!++;
  }
  let rank = 1;
  order.forEach((i, place) => (ranks[i] = rank += between[place]!));
  return ranks;
}
