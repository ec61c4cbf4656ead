/** What becomes of a text that is written otherwise: its vector, its cosine with another, its neighbours. */
import { Pace, type WorkHooks } from '../pace';
import type { Variants } from '../answers';
import type { QuestionOf } from '../questions';
import { nearestTo } from '../similarity/nearest';
import type { Matrix } from '../types';
import { dotRows } from '../vectors';
import type { SpaceRows } from './snapshot';
import { itemsIn, subjectVectors } from './subjects';

/** `texts` are as in `answer`: those of `of`, of the variants and of `beside`, as far as they are no items. */
export async function answerVariants(
  space: SpaceRows,
  { of, texts: variants, beside, k: asked }: QuestionOf<'variants'>,
  texts: Matrix,
  { signal }: WorkHooks,
): Promise<Variants> {
  const pace = new Pace(signal);
  const { vectors, rowOf, rounded } = space;
  const subjects = [of, ...variants.map((text) => ({ text })), ...(beside ? [beside] : [])];
  const rows = subjectVectors(subjects, space, texts);
  const skip = new Set(itemsIn(of).map(rowOf));
  const k = Math.max(Math.min(asked, vectors.rows - skip.size), 0);
  const near = (row: number) => nearestTo(vectors, rows, row, k, skip, rounded).map((found) => found.row);
  const besideRow = rows.rows - 1;
  const cosineOf = (row: number) => (beside ? dotRows(rows, row, rows, besideRow) : NaN);
  const before = new Set(near(0));
  const cosines = new Float32Array(variants.length);
  const shifts = new Float32Array(variants.length);
  const churn = new Float32Array(variants.length);
  for (let i = 0; i < variants.length; i++) {
    if (pace.due) await pace.rest();
    const row = i + 1;
    cosines[i] = cosineOf(row);
    shifts[i] = 1 - dotRows(rows, 0, rows, row);
    churn[i] = k === 0 ? NaN : near(row).filter((found) => !before.has(found)).length / k;
  }
  return { cosine: cosineOf(0), cosines, shifts, churn, k };
}
