/** What answers are drawn from. */
import type { NeighbourHooks } from '../projection/neighbours';
import type { RoundedRows } from '../similarity/rounded';
import type { ItemId, KnnGraph, Matrix, SpaceId } from '../types';

/** A space at one moment, whatever comes and goes while a question is answered. */
export interface SpaceRows {
  readonly ids: readonly ItemId[];
  /** Row by row for `ids`. */
  readonly vectors: Matrix;
  /** The row of an item. Throws an InputError for one that the space lacks. */
  readonly rowOf: (id: ItemId) => number;
  /** Cosines of its pairs, ascending (`sortedPairCosines`), made when first asked for. */
  readonly sortedCosines: () => Float32Array;
  /** Another space of the engine, as it is now. Throws an InputError for one that it has not. */
  readonly other: (space: SpaceId) => SpaceRows;
  /**
   * A graph of its rows with at least `k` columns, or one less than there are rows (`findNeighbours`): the one that is known, or
   * else a new one, which is kept.
   */
  readonly graph: (k: number, hooks: Omit<NeighbourHooks, 'crew'>) => Promise<KnnGraph>;
  /** Of `vectors`; rounded when first needed. */
  readonly rounded: RoundedRows;
}
