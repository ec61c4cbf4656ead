/** Answers about a map, as compared with the vectors of its texts. */
import { InputError } from '../errors';
import type { WorkHooks } from '../pace';
import type { AskedMap, Answer, QuestionOf } from '../questions';
import { measureFidelity } from '../similarity/fidelity';
import { misplacedAround } from '../similarity/misplaced';
import { shepardDiagram } from '../similarity/shepard';
import type { ItemId, Matrix, Positions } from '../types';
import { takeRows } from '../vectors';
import { graphOf } from './graphs';
import { scatter } from './rows';
import type { SpaceRows } from './snapshot';

/** The texts of a map in one order for vectors and positions. */
interface MapRows {
  readonly ids: readonly ItemId[];
  readonly vectors: Matrix;
  readonly positions: Positions;
}

/** A map of all texts comes in the order of the space, so that its vectors need not be copied. */
function mapRows(space: SpaceRows, { ids, positions }: AskedMap): MapRows {
  const rows = ids.map(space.rowOf);
  if (ids.length < space.ids.length) return { ids, vectors: takeRows(space.vectors, rows), positions };
  return { ids: space.ids, vectors: space.vectors, positions: scatter(positions, rows, space.ids.length) };
}

export async function fidelityOf(
  space: SpaceRows,
  question: QuestionOf<'fidelity'>,
  hooks: WorkHooks,
): Promise<Answer<'fidelity'>> {
  const { ids, vectors, positions } = mapRows(space, question);
  const graph = (k: number) => graphOf(space, ids, k, hooks);
  return {
    ids,
    ...(await measureFidelity(vectors, positions, question.k, graph, { ...hooks, mostExact: question.mostExact })),
  };
}

export function misplacedBy(space: SpaceRows, question: QuestionOf<'misplaced'>): Answer<'misplaced'> {
  const { ids, vectors, positions } = mapRows(space, question);
  const row = ids.indexOf(question.of);
  if (row < 0) throw new InputError('itemUnknown', { item: question.of });
  const { k, torn, intruders } = misplacedAround(vectors, positions, row, question.k);
  const named = (list: typeof torn) => list.map(({ row, ...ranks }) => ({ id: ids[row]!, ...ranks }));
  return { k, torn: named(torn), intruders: named(intruders) };
}

export function shepardOf(
  space: SpaceRows,
  question: QuestionOf<'shepard'>,
  hooks: WorkHooks,
): Promise<Answer<'shepard'>> {
  const { vectors, positions } = mapRows(space, question);
  return shepardDiagram(vectors, positions, hooks);
}
