/** Who is near on the map, to stand beside who is near in the model's space. */
import type { ItemId, MapView } from '../../types';

export interface MapRank {
  /** From 1, by distance. */
  readonly rank: number;
  /** In layout units. */
  readonly distance: number;
}

/**
 * Rank and distance on the map of the `listed` texts, counted from the middle of `from` among all others of the map, or with `among`
 * among those. None where the map lacks all of `from`.
 */
export function mapRanks(
  { ids, positions: { data, dim } }: MapView,
  from: readonly ItemId[],
  listed: Iterable<ItemId>,
  among?: readonly ItemId[],
): ReadonlyMap<ItemId, MapRank> {
  const own = new Set(from);
  const middle = new Float64Array(dim);
  let found = 0;
  ids.forEach((id, row) => {
    if (!own.has(id)) return;
    found++;
    for (let i = 0; i < dim; i++) middle[i]! += data[row * dim + i]!;
  });
  if (found === 0) return new Map();
  for (let i = 0; i < dim; i++) middle[i]! /= found;
  const distanceOf = (row: number) => {
    let square = 0;
    for (let i = 0; i < dim; i++) square += (data[row * dim + i]! - middle[i]!) ** 2;
    return Math.sqrt(square);
  };
  const [looked, wanted] = [among && new Set(among), new Set(listed)];
  const distances = new Float64Array(ids.length);
  const ranks = new Map<ItemId, MapRank>();
  let count = 0;
  ids.forEach((id, row) => {
    if (own.has(id) || (looked && !looked.has(id))) return;
    const distance = (distances[count++] = distanceOf(row));
    if (wanted.has(id)) ranks.set(id, { rank: 0, distance });
  });
  const sorted = distances.subarray(0, count).sort();
  for (const [id, { distance }] of ranks) ranks.set(id, { rank: below(sorted, distance) + 1, distance });
  return ranks;
}

/** How many of `sorted` are below `value`: texts at the same distance share a rank. */
function below(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
