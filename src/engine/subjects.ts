/** What questions are about, as vectors. */
import { InputError } from '../errors';
import type { AskedSets, QuestionKind, QuestionOf, Subject, Term } from '../questions';
import type { ItemId, Matrix } from '../types';
import { normalise } from '../vectors';
import type { SpaceRows } from './snapshot';

/** A sum this short beside its terms has cancelled out: vectors are known to 1e-5, so its direction would be rounding. */
const cancelled = 1e-4;

/** The subjects of each question, in order. */
const subjects: { readonly [K in QuestionKind]: (question: QuestionOf<K>) => readonly Subject[] } = {
  neighbours: ({ of }) => [of],
  graph: () => [],
  compare: () => [],
  matrix: () => [],
  overlap: () => [],
  mapOverlap: () => [],
  shift: () => [],
  separation: () => [],
  axes: ({ axes }) => axes.flatMap(({ from, to }) => [from, to]),
  mean: () => [],
  dimensions: ({ of }) => [of],
  similarities: ({ of }) => [of],
  fidelity: () => [],
  misplaced: () => [],
  shepard: () => [],
  clusters: () => [],
  extremes: () => [],
  variants: ({ of, beside, texts }) => [of, ...texts.map((text) => ({ text })), ...(beside ? [beside] : [])],
  association: setSubjects,
  withoutDirection: setSubjects,
};

/** The texts that a question brings along, in the order in which `subjectVectors` takes their vectors. */
export function textsOf<K extends QuestionKind>(question: QuestionOf<K>): string[] {
  const subjectsOf: (question: QuestionOf<K>) => readonly Subject[] = subjects[question.kind];
  return subjectsOf(question).flatMap((subject) =>
    termsOf(subject).flatMap((term) => ('text' in term ? [term.text] : [])),
  );
}

/** The items of which a subject is made. */
export function itemsIn(subject: Subject): ItemId[] {
  return termsOf(subject).flatMap((term) => ('id' in term ? [term.id] : []));
}

/**
 * The unit vectors of `subjects`, row by row; zeros for one whose terms cancel out. `texts` holds the vectors of their texts,
 * row by row, in order.
 */
export function subjectVectors(subjects: readonly Subject[], space: SpaceRows, texts: Matrix): Matrix {
  const { vectors } = space;
  const { dim } = vectors;
  const data = new Float32Array(subjects.length * dim);
  let text = 0;
  subjects.forEach((subject, i) => {
    const sum = data.subarray(i * dim, (i + 1) * dim);
    let size = 0;
    for (const term of termsOf(subject)) {
      size += Math.abs(term.weight);
      const [from, row] = 'id' in term ? [vectors, space.rowOf(term.id)] : [texts, text++];
      for (let j = 0; j < dim; j++) sum[j]! += term.weight * from.data[row * dim + j]!;
    }
    if (!('terms' in subject)) return;
    if (sum.reduce((square, value) => square + value * value, 0) < (cancelled * size) ** 2) sum.fill(0);
    else normalise(sum);
  });
  return { data, rows: subjects.length, dim };
}

/** Throws `formulaCancels` for a sum of which nothing is left; `vectors` are those of `subjects`. */
export function checkDirections(subjects: readonly Subject[], { data, dim }: Matrix): void {
  subjects.forEach((subject, i) => {
    if ('terms' in subject && data.subarray(i * dim, (i + 1) * dim).every((value) => value === 0))
      throw new InputError('formulaCancels');
  });
}

/** In the order in which `answerAssociation.ts` takes their vectors. */
export function setSubjects({ x, y, a, b }: AskedSets): Subject[] {
  return [...x, ...y, ...a, ...b];
}

function termsOf(subject: Subject): readonly Term[] {
  return 'terms' in subject ? subject.terms : [{ weight: 1, ...subject }];
}
