/** Who is near on the map, to stand beside who is near in the model's space. */
import type { ItemId, MapView } from '../../types';

export interface MapRank {
  /** From 1: so many of the texts are as near on the map, or nearer. */
  readonly rank: number;
  /** In layout units. */
  readonly distance: number;
}

/**
 * Rank and distance on the map of every text but those of `from`, counted from their middle; with `among`, of those texts only. None
 * where the map lacks all of `from`.
 */
export function mapRanks(
  { ids, positions: { data, dim } }: MapView,
  from: readonly ItemId[],
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
  const looked = among && new Set(among);
  const others: number[] = [];
  ids.forEach((id, row) => {
    if (!own.has(id) && (!looked || looked.has(id))) others.push(row);
  });
  const distances = Float64Array.from(others, (row) => {
    let square = 0;
    for (let i = 0; i < dim; i++) square += (data[row * dim + i]! - middle[i]!) ** 2;
    return Math.sqrt(square);
  });
  const order = Int32Array.from(others, (_, i) => i).sort((a, b) => distances[a]! - distances[b]!);
  const ranks = new Map<ItemId, MapRank>();
  let rank = 0;
  order.forEach((i, place) => {
    // Texts at the same distance share the rank of the first.
    if (place === 0 || distances[i]! > distances[order[place - 1]!]!) rank = place + 1;
    ranks.set(ids[others[i]!]!, { rank, distance: distances[i]! });
  });
  return ranks;
}
