/** The dimensions by which a vector stands out from the collection. */
import type { DimensionsAnswer } from '../answers';
import type { QuestionOf } from '../questions';
import { extremeRows, spreadOfDimensions, zScores } from '../similarity/dimensions';
import type { Matrix } from '../types';
import { topK } from '../vectors';
import type { SpaceRows } from './snapshot';
import { subjectVectors } from './subjects';

/** Texts that are named at either end of a dimension. */
const named = 3;

export function answerDimensions(
  space: SpaceRows,
  { of, most }: QuestionOf<'dimensions'>,
  texts: Matrix,
): DimensionsAnswer {
  const { ids, vectors } = space;
  const values = subjectVectors([of], space, texts).data;
  const spread = spreadOfDimensions(vectors);
  const z = zScores(values, spread);
  const idsOf = (rows: readonly number[]) => rows.map((row) => ids[row]!);
  const telling = topK(z.map(Math.abs), most)
    .filter((dimension) => z[dimension] !== 0)
    .map((dimension) => {
      const { high, low } = extremeRows(vectors, dimension, named);
      return { dimension, high: idsOf(high), low: idsOf(low) };
    });
  return { values, ...spread, z, telling, rows: vectors.rows };
}
