/** Answers that set a few texts beside each other, or two views of all texts. */
import type { WorkHooks } from '../pace';
import type { Neighbour } from '../answers';
import type { Answer, QuestionOf } from '../questions';
import { linearCka } from '../similarity/cka';
import { findMapNeighbours } from '../similarity/mapNeighbours';
import { centredCosines } from '../similarity/centred';
import type { RankedRow } from '../similarity/nearest';
import { jaccard, lowestFirst, meanShare, rankBiasedOverlap, sharedNeighbours } from '../similarity/overlap';
import { clusterOrder } from '../similarity/seriation';
import type { ItemId, KnnGraph, Matrix } from '../types';
import { cosinesTo, takeRows } from '../vectors';
import { nearestListed } from './answerNeighbours';
import { graphOf } from './graphs';
import type { SpaceRows } from './snapshot';

export function answerMatrix(
  space: SpaceRows,
  question: QuestionOf<'matrix'>,
  describe: (ranked: readonly RankedRow[]) => readonly Neighbour[],
): Answer<'matrix'> {
  const { ids, centre } = question;
  const { vectors, rowOf } = space;
  const rows = ids.map(rowOf);
  const neighbours = rows.map((row) => describe(nearestListed(space, vectors, row, rows, question)));
  const lists = neighbours.map((list) => list.map(({ id }) => id));
  const listsWith = new Map<ItemId, number>();
  for (const id of lists.flat()) listsWith.set(id, (listsWith.get(id) ?? 0) + 1);
  const within = (count: number) => (id: ItemId) => listsWith.get(id) === count;
  const ofPairs = (compare: (a: number, b: number) => number) =>
    Float32Array.from(ids.flatMap((_, a) => ids.map((_, b) => compare(a, b))));
  const { cosines, centred } = pairCosines(vectors, rows, centre);
  return {
    ids,
    cosines,
    ...(centred && { centred }),
    neighbours,
    shared: lists[0]?.filter(within(ids.length)) ?? [],
    distinct: lists.map((list) => list.filter(within(1))),
    jaccard: ofPairs((a, b) => jaccard(lists[a]!, lists[b]!)),
    rbo: ofPairs((a, b) => rankBiasedOverlap(lists[a]!, lists[b]!)),
    order: clusterOrder(centred ?? cosines, ids.length),
  };
}

/** Rows x rows, row-major: the cosines of `rows` of `vectors` with each other, and as seen from `centre` where there is one. */
export function pairCosines(
  vectors: Matrix,
  rows: readonly number[],
  centre: Float32Array<ArrayBuffer> | undefined,
): { readonly cosines: Float32Array<ArrayBuffer>; readonly centred?: Float32Array<ArrayBuffer> } {
  const few = takeRows(vectors, rows);
  const ofRows = (cosinesOf: (row: number) => Float32Array) =>
    Float32Array.from(rows.flatMap((_, row) => [...cosinesOf(row)]));
  const cosines = ofRows((row) => cosinesTo(few, few, row));
  return centre ? { cosines, centred: ofRows((row) => centredCosines(few, few, row, centre).centred) } : { cosines };
}

export async function answerOverlap(
  space: SpaceRows,
  { other: otherId, k: asked }: QuestionOf<'overlap'>,
  hooks: WorkHooks,
): Promise<Answer<'overlap'>> {
  const other = space.other(otherId);
  const held = new Set(other.ids);
  const ids = space.ids.filter((id) => held.has(id));
  const k = Math.max(0, Math.min(asked, ids.length - 1));
  const [a, b] = [await graphOf(space, ids, k, hooks), await graphOf(other, ids, k, hooks)];
  const vectorsOf = (rows: SpaceRows) => takeRows(rows.vectors, ids.map(rows.rowOf));
  return { ids, ...overlapOf(a, b, k), ...(await alikeness(vectorsOf(space), vectorsOf(other), hooks)) };
}

export async function answerMapOverlap(
  { ids, a, b, k: asked }: QuestionOf<'mapOverlap'>,
  hooks: WorkHooks,
): Promise<Answer<'mapOverlap'>> {
  const k = Math.max(0, Math.min(asked, ids.length - 1));
  const [graphA, graphB] = [await findMapNeighbours(a, k, hooks), await findMapNeighbours(b, k, hooks)];
  return { ids, ...overlapOf(graphA, graphB, k), ...(await alikeness(a, b, hooks)) };
}

async function alikeness(a: Matrix, b: Matrix, hooks: WorkHooks): Promise<Pick<Answer<'overlap'>, 'cka' | 'dims'>> {
  return { cka: await linearCka(a, b, hooks), dims: [a.dim, b.dim] };
}

/** What two graphs of the same rows with `k` columns have in common. */
export function overlapOf(a: KnnGraph, b: KnnGraph, k: number): Omit<Answer<'overlap'>, 'ids' | 'cka' | 'dims'> {
  const shares = sharedNeighbours(a, b, k);
  const recalls = [a, b].flatMap(({ recall }) => recall ?? []);
  return {
    k,
    shares,
    mean: meanShare(shares),
    movers: lowestFirst(shares),
    ...(recalls.length > 0 && { recall: Math.min(...recalls) }),
  };
}
