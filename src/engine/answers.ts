/** The answer to each question, from the vectors of a space: ids on the outside, rows within. */
import type { RankedRow } from '../similarity/nearest';
import { percentileOf } from '../similarity/percentile';
import type { Neighbour } from '../answers';
import type { Answer, QuestionKind, QuestionOf } from '../questions';
import type { Matrix, OnProgress } from '../types';
import { cosinesTo, meanRow } from '../vectors';
import { fidelityOf, misplacedBy, shepardOf } from './answerMap';
import { answerClusters } from './answerClusters';
import { answerExtremes } from './answerExtremes';
import { answerAssociation, answerWithoutDirection } from './answerAssociation';
import { answerAxes } from './answerAxes';
import { answerMapOverlap, answerMatrix, answerOverlap, pairCosines } from './answerCompare';
import { answerDimensions } from './answerDimensions';
import { nearestListed, nearestSubject } from './answerNeighbours';
import { answerVariants } from './answerVariants';
import { answerSeparation, answerShift } from './answerPrompts';
import { graphOf } from './graphs';
import type { SpaceRows } from './snapshot';
import { subjectVectors } from './subjects';

export interface AnswerHooks {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `texts` holds the vectors of `textsOf(question)`, row by row. */
type Answerer<K extends QuestionKind> = (
  space: SpaceRows,
  question: QuestionOf<K>,
  texts: Matrix,
  hooks: AnswerHooks,
) => Answer<K> | Promise<Answer<K>>;

const answerers: { readonly [K in QuestionKind]: Answerer<K> } = {
  neighbours: (space, question, texts) => describe(space, nearestSubject(space, question, texts)),
  axes: answerAxes,
  mean: ({ vectors }) => ({ mean: Float32Array.from(meanRow(vectors)), rows: vectors.rows }),
  compare: (space, question) => {
    const { vectors, rowOf } = space;
    const rows = [rowOf(question.a), rowOf(question.b)] as const;
    const [a, b] = rows.map((row) => describe(space, nearestListed(space, vectors, row, [row], question)));
    const near = new Set(b!.map(({ id }) => id));
    const shared = a!.filter(({ id }) => near.has(id)).map(({ id }) => id);
    const { cosines, centred } = pairCosines(vectors, rows, question.centre);
    return {
      cosine: cosines[1]!,
      ...(centred && { centred: centred[1]! }),
      percentile: percentileOf(space.sortedCosines(), cosines[1]!),
      a: a!,
      b: b!,
      shared,
    };
  },
  matrix: (space, question) => answerMatrix(space, question, (ranked) => describe(space, ranked)),
  overlap: (space, question, _texts, hooks) => answerOverlap(space, question, hooks),
  mapOverlap: (_space, question, _texts, hooks) => answerMapOverlap(question, hooks),
  dimensions: answerDimensions,
  shift: (space, question) => answerShift(space, question),
  separation: (space, question, _texts, hooks) => answerSeparation(space, question, hooks),
  similarities: (space, { of }, texts) => ({
    ids: space.ids,
    cosines: cosinesTo(space.vectors, subjectVectors([of], space, texts)),
  }),
  fidelity: (space, question, _, hooks) => fidelityOf(space, question, hooks),
  misplaced: (space, question) => misplacedBy(space, question),
  shepard: (space, question, _, hooks) => shepardOf(space, question, hooks),
  clusters: (space, question, _texts, hooks) => answerClusters(space, question, hooks),
  graph: (space, { ids, k }, _texts, hooks) => graphOf(space, ids, k, hooks),
  extremes: (space, question, _texts, hooks) => answerExtremes(space, question, hooks),
  variants: answerVariants,
  association: answerAssociation,
  withoutDirection: (space, question, texts, hooks) =>
    answerWithoutDirection(space, question, texts, hooks, (ranked) => describe(space, ranked)),
};

export async function answer<K extends QuestionKind>(
  space: SpaceRows,
  question: QuestionOf<K>,
  texts: Matrix,
  hooks: AnswerHooks,
): Promise<Answer<K>> {
  const answerer: Answerer<K> = answerers[question.kind];
  return answerer(space, question, texts, hooks);
}

function describe(space: SpaceRows, ranked: readonly RankedRow[]): Neighbour[] {
  const sorted = space.sortedCosines();
  return ranked.map(({ row, ...cosines }) => ({
    id: space.ids[row]!,
    ...cosines,
    percentile: percentileOf(sorted, cosines.cosine),
  }));
}
