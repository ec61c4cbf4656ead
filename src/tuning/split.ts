/** Which pairs are held out, and which are trained on together. */
import type { RowPair } from '../adapters';
import type { Random } from '../projection/random';
import { shuffle } from './sampling';

export interface Split {
  readonly training: readonly RowPair[];
  /** Of both kinds, or empty. */
  readonly heldOut: readonly RowPair[];
}

/** Holds `share` of either kind of pairs out, rounded down; none where that leaves a kind without one. */
export function splitPairs(pairs: readonly RowPair[], share: number, random: Random): Split {
  const kinds = [true, false].map((kind) => pairs.filter(({ alike }) => alike === kind));
  for (const kind of kinds) shuffle(kind, random);
  const counts = kinds.map((kind) => Math.floor(share * kind.length));
  if (counts.some((count) => count === 0)) return { training: kinds.flat(), heldOut: [] };
  return {
    training: kinds.flatMap((kind, i) => kind.slice(counts[i])),
    heldOut: kinds.flatMap((kind, i) => kind.slice(0, counts[i])),
  };
}

/** `pairs` in parts of at most `size`, each with its share of alike pairs; in a new order where `random` is given. */
export function batchPairs(pairs: readonly RowPair[], size: number, random?: Random): RowPair[][] {
  const kinds = [true, false].map((kind) => pairs.filter(({ alike }) => alike === kind));
  if (random) for (const kind of kinds) shuffle(kind, random);
  const count = Math.ceil(pairs.length / size);
  const part = (kind: readonly RowPair[], i: number) =>
    kind.slice(Math.round((i * kind.length) / count), Math.round(((i + 1) * kind.length) / count));
  return Array.from({ length: count }, (_, i) => kinds.flatMap((kind) => part(kind, i)));
}
