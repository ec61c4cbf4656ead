/** The nearest pairs of a space's texts, and its loneliest texts. */
import type { Extremes } from '../answers';
import type { QuestionOf } from '../questions';
import { lonelyRows, nearPairs, reachesOf } from '../similarity/duplicates';
import type { WorkHooks } from '../pace';
import { graphOf } from './graphs';
import type { SpaceRows } from './snapshot';

export async function answerExtremes(
  space: SpaceRows,
  { ids, k, most }: QuestionOf<'extremes'>,
  hooks: WorkHooks,
): Promise<Extremes> {
  const graph = await graphOf(space, ids, k, hooks);
  const { earlier, later, cosines } = nearPairs(graph);
  const pairs = Array.from(cosines.subarray(0, most), (cosine, i) => ({
    earlier: ids[earlier[i]!]!,
    later: ids[later[i]!]!,
    cosine,
  }));
  const { rows, means } = lonelyRows(graph);
  return {
    pairs,
    cosines,
    reaches: reachesOf(graph),
    lonely: Array.from(rows, (row) => ids[row]!),
    means,
    k: graph.k,
  };
}
