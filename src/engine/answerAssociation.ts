/** Association tests of sets of words, and a space without the direction from one set to another. */
import { InputError } from '../errors';
import type { WorkHooks } from '../pace';
import { findNeighbours } from '../projection/neighbours';
import { createRandom } from '../projection/random';
import type { Neighbour } from '../answers';
import type { Answer, AskedSets, QuestionOf } from '../questions';
import type { TestVectors } from '../similarity/association';
import { testAssociation, type TestOptions } from '../similarity/associationTest';
import { directionBetween, neutralise } from '../similarity/direction';
import { nearestTo, type RankedRow } from '../similarity/nearest';
import { measureParting } from '../similarity/parting';
import type { Matrix } from '../types';
import { takeRows } from '../vectors';
import { overlapOf } from './answerCompare';
import { graphOf } from './graphs';
import type { SpaceRows } from './snapshot';
import { setSubjects, subjectVectors } from './subjects';

export async function answerAssociation(
  space: SpaceRows,
  question: QuestionOf<'association'>,
  texts: Matrix,
  hooks: WorkHooks,
): Promise<Answer<'association'>> {
  return testAssociation(testVectors(space, question, texts), optionsOf(question), hooks);
}

/**
 * `describe` names rows with their cosines. Throws `axisEndsCoincide` where A and B have the same mean, and `pairsUneven` where they should be
 * paired and have different numbers of words.
 */
export async function answerWithoutDirection(
  space: SpaceRows,
  question: QuestionOf<'withoutDirection'>,
  texts: Matrix,
  hooks: WorkHooks,
  describe: (ranked: readonly RankedRow[]) => readonly Neighbour[],
): Promise<Answer<'withoutDirection'>> {
  const { by, of, a, b } = question;
  if (by === 'pairs' && a.length !== b.length) throw new InputError('pairsUneven', { a: a.length, b: b.length });
  const before = testVectors(space, question, texts);
  const direction = directionBetween(before.a, before.b, by);
  if (!direction) throw new InputError('axisEndsCoincide', { axis: 'A -> B' });
  const without = (matrix: Matrix) => neutralise(matrix, direction.axis);
  const after = {
    ...before,
    x: without(before.x),
    y: without(before.y),
    a: without(before.a),
    b: without(before.b),
  };
  const vectors = without(space.vectors);
  const near = (matrix: Matrix, row: number) => describe(nearestTo(matrix, matrix, row, question.k, new Set([row])));
  const row = of === undefined ? undefined : space.rowOf(of);
  const k = Math.max(0, Math.min(question.k, space.ids.length - 1));
  const graphs = [await graphOf(space, space.ids, k, hooks), await findNeighbours(vectors, k, hooks)] as const;
  return {
    // Each from the seed, so that the same partitions are drawn.
    before: await measureParting(before, optionsOf(question), hooks),
    after: await measureParting(after, optionsOf(question), hooks),
    ...(direction.explained !== undefined && { explained: direction.explained }),
    ...(row !== undefined && { neighbours: { before: near(space.vectors, row), after: near(vectors, row) } }),
    overlap: { ids: space.ids, ...overlapOf(...graphs, k) },
  };
}

function testVectors(space: SpaceRows, asked: AskedSets, texts: Matrix): TestVectors {
  const all = subjectVectors(setSubjects(asked), space, texts);
  let first = 0;
  const next = (count: number) =>
    takeRows(
      all,
      Array.from({ length: count }, () => first++),
    );
  return {
    x: next(asked.x.length),
    y: next(asked.y.length),
    a: next(asked.a.length),
    b: next(asked.b.length),
    sentences: asked.sentences,
  };
}

function optionsOf({ seed, permutations }: AskedSets): TestOptions {
  return { random: createRandom(seed), permutations };
}
