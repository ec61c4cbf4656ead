/** Answers about what a prompt does to the vectors of the texts. */
import type { WorkHooks } from '../pace';
import type { Answer, QuestionOf } from '../questions';
import { measureSeparation } from '../similarity/separation';
import { splitShift } from '../similarity/shift';
import { takeRows } from '../vectors';
import type { SpaceRows } from './snapshot';

export function answerShift(space: SpaceRows, { other: otherId }: QuestionOf<'shift'>): Answer<'shift'> {
  const other = space.other(otherId);
  const held = new Set(other.ids);
  const ids = space.ids.filter((id) => held.has(id));
  const vectorsOf = (rows: SpaceRows) => takeRows(rows.vectors, ids.map(rows.rowOf));
  return { ids, ...splitShift(vectorsOf(other), vectorsOf(space)) };
}

export async function answerSeparation(
  space: SpaceRows,
  { ids: asked, labels: given, k, mostExact }: QuestionOf<'separation'>,
  hooks: WorkHooks,
): Promise<Answer<'separation'>> {
  const ids = asked.filter((_, row) => given[row]! >= 0);
  const vectors = takeRows(space.vectors, ids.map(space.rowOf));
  const labels = given.filter((label) => label >= 0);
  return { ids, ...(await measureSeparation(vectors, labels, k, { ...hooks, mostExact })) };
}
