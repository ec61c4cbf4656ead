/** The texts nearest to what a question is about. */
import type { Listed, QuestionOf } from '../questions';
import { nearestFrom, nearestTo, type RankedRow } from '../similarity/nearest';
import type { Matrix } from '../types';
import type { SpaceRows } from './snapshot';
import { checkDirections, itemsIn, subjectVectors } from './subjects';

/** Throws `formulaCancels` for a sum of which nothing is left. `texts` are as in `answer`. */
export function nearestSubject(space: SpaceRows, question: QuestionOf<'neighbours'>, texts: Matrix): RankedRow[] {
  const { of } = question;
  const query = subjectVectors([of], space, texts);
  checkDirections([of], query);
  return nearestListed(space, query, 0, itemsIn(of).map(space.rowOf), question);
}

/** The rows nearest to row `row` of `query` (rows x dim, row-major, of unit length), but for those of `own`. */
export function nearestListed(
  { vectors, rowOf, rounded }: SpaceRows,
  query: Matrix,
  row: number,
  own: readonly number[],
  { k, among, centre }: Listed,
): RankedRow[] {
  const skip = new Set(own);
  if (among) {
    const looked = new Set(among.map(rowOf));
    for (let other = 0; other < vectors.rows; other++) if (!looked.has(other)) skip.add(other);
  }
  return centre ? nearestFrom(centre, vectors, query, row, k, skip) : nearestTo(vectors, query, row, k, skip, rounded);
}
