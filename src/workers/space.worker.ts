/** The space worker: vectors, neighbours, and the questions asked of them. */
import { expose } from 'comlink';
import type { SpaceQuestion } from '../engine/hosts';
import { Spaces } from '../engine/spaces';
import type { ItemId, Matrix, OnProgress, Positions, ProjectionOptions, SpaceId } from '../types';
import { crewFor } from './crew';
import { holdLife } from './life';
import { registerTransfer } from './transfer';

registerTransfer();
const spaces = new Spaces(crewFor);

const work = {
  begin: async (life: string) => holdLife(life),
  update: (space: SpaceId, removed: readonly ItemId[], added: readonly ItemId[], vectors: Matrix) =>
    spaces.update(space, removed, added, vectors),
  vectors: (space: SpaceId, ids: readonly ItemId[]) => spaces.vectors(space, ids),
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
  ask: (space: SpaceId, question: SpaceQuestion) => spaces.ask(space, question),
  cosines: (space: SpaceId, id: ItemId) => spaces.cosines(space, id),
};

export type SpaceWork = typeof work;

expose(work);
