/** Nearest neighbours in the model's space, never on the map. */
import type { Matrix } from '../types';
import { cosinesTo, topK } from '../vectors';
import { centredCosines } from './centred';

export interface RankedRow {
  readonly row: number;
  readonly cosine: number;
  /** As seen from a centre, where one was asked for. */
  readonly centred?: number;
}

/**
 * The `k` rows of `vectors` that are nearest to row `row` of `query`, nearest first, equal ones in row order.
 * Both are rows x dim, row-major, unit length. `skip` are rows of `vectors` to leave out (the text itself).
 */
export function nearestTo(
  vectors: Matrix,
  query: Matrix,
  row: number,
  k: number,
  skip?: ReadonlySet<number>,
): RankedRow[] {
  const cosines = cosinesTo(vectors, query, row);
  return topK(cosines, k, skip).map((found) => ({ row: found, cosine: cosines[found]! }));
}

/** As `nearestTo`, ranked by the cosine as seen from `centre` (dim numbers). */
export function nearestFrom(
  centre: Float32Array<ArrayBuffer>,
  vectors: Matrix,
  query: Matrix,
  row: number,
  k: number,
  skip?: ReadonlySet<number>,
): RankedRow[] {
  const { cosines, centred } = centredCosines(vectors, query, row, centre);
  return topK(centred, k, skip).map((found) => ({ row: found, cosine: cosines[found]!, centred: centred[found]! }));
}
