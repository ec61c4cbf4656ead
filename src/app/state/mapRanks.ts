/** Who is near on the map, to stand beside who is near in the model's space. */
import type { ItemId, MapView } from '../../types';
import { countBelow } from '../../vectors';

export interface MapRank {
  /** From 1: so many of the texts are as near on the map, or nearer. */
  readonly rank: number;
  /** In layout units. */
  readonly distance: number;
}

/**
 * Rank and distance on the map of the texts `listed` but those of `from`, counted from their middle among all texts; with `among`,
 * among those only. None where the map lacks all of `from`.
 */
export function mapRanks(
  { ids, positions: { data, dim } }: MapView,
  from: readonly ItemId[],
  listed: readonly ItemId[],
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
  const rows: number[] = [];
  ids.forEach((id, row) => {
    if (!own.has(id) && (!looked || looked.has(id))) rows.push(row);
  });
  const distances = Float64Array.from(rows, (row) => {
    let square = 0;
    for (let i = 0; i < dim; i++) square += (data[row * dim + i]! - middle[i]!) ** 2;
    return Math.sqrt(square);
  });
  const ascending = distances.slice().sort();
  const wanted = new Set(listed);
  const ranks = new Map<ItemId, MapRank>();
  rows.forEach((row, i) => {
    const id = ids[row]!;
    // Texts at the same distance share the rank of the first.
    if (wanted.has(id)) ranks.set(id, { rank: 1 + countBelow(ascending, distances[i]!), distance: distances[i]! });
  });
  return ranks;
}
