/** The space worker: vectors, neighbours, and the questions asked of them. */
import { expose } from 'comlink';
import { Spaces } from '../engine/spaces';
import type { QuestionKind, QuestionOf } from '../questions';
import type { ItemId, Matrix, OnProgress, Positions, ProjectionOptions, SpaceId } from '../types';
import { crewFor } from './crew';
import { holdLife } from './life';
import { handOver, registerTransfer } from './transfer';

registerTransfer();
const spaces = new Spaces(crewFor);

const work = {
  begin: async (life: string) => holdLife(life),
  update: async (space: SpaceId, removed: readonly ItemId[], added: readonly ItemId[], vectors: Matrix) =>
    handOver(await spaces.update(space, removed, added, vectors)),
  vectors: async (space: SpaceId, ids: readonly ItemId[]) => handOver(await spaces.vectors(space, ids)),
  neighbours: (
    space: SpaceId,
    k: number,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
    ids: readonly ItemId[] | undefined,
  ) => spaces.neighbours(space, k, onProgress, signal, ids),
  start: (space: SpaceId, options: ProjectionOptions, ids: readonly ItemId[] | undefined) =>
    spaces.start(space, options, ids),
  place: (
    space: SpaceId,
    ids: readonly ItemId[],
    placed: readonly ItemId[],
    positions: Positions,
    options: ProjectionOptions,
  ) => spaces.place(space, ids, placed, positions, options),
  ask: <K extends QuestionKind>(
    space: SpaceId,
    question: QuestionOf<K>,
    texts: Matrix,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ) => spaces.ask(space, question, texts, onProgress, signal),
};

export type SpaceWork = typeof work;

expose(work);
