/** The texts nearest to what a question is about. */
import type { QuestionOf } from '../questions';
import { nearestFrom, nearestTo, type RankedRow } from '../similarity/nearest';
import type { Matrix } from '../types';
import type { SpaceRows } from './snapshot';
import { checkDirections, itemsIn, subjectVectors } from './subjects';

/** Throws `formulaCancels` for a sum of which nothing is left. `texts` are as in `answer`. */
export function nearestSubject(
  space: SpaceRows,
  { of, k, among, centre }: QuestionOf<'neighbours'>,
  texts: Matrix,
): RankedRow[] {
  const { vectors, rowOf } = space;
  const query = subjectVectors([of], space, texts);
  checkDirections([of], query);
  const skip = new Set(itemsIn(of).map(rowOf));
  if (among) {
    const looked = new Set(among.map(rowOf));
    for (let row = 0; row < vectors.rows; row++) if (!looked.has(row)) skip.add(row);
  }
  return centre ? nearestFrom(centre, vectors, query, 0, k, skip) : nearestTo(vectors, query, 0, k, skip);
}
