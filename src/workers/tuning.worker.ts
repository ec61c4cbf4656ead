/** The tuning worker: pairs of vectors to an adapter. It holds nothing between two requests, so that it can be ended at any time. */
import { expose } from 'comlink';
import type { RowPair, TuningEpoch, TuningOptions } from '../adapters';
import { tuneAdapter } from '../tuning/tuneAdapter';
import type { Matrix, SpaceSpec } from '../types';
import { holdLife } from './life';
import { registerTransfer } from './transfer';

registerTransfer();

const work = {
  begin: async (life: string) => holdLife(life),
  tune: (
    base: SpaceSpec,
    vectors: Matrix,
    pairs: readonly RowPair[],
    options: TuningOptions,
    onEpoch: ((epoch: TuningEpoch) => void) | undefined,
  ) => tuneAdapter(base, vectors, pairs, options, { onEpoch }),
};

export type TuningWork = typeof work;

expose(work);
