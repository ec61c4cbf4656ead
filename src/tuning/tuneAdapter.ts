import type { Adapter, RowPair, TunedMap, TuningOptions } from '../adapters';
import { createAdapter } from '../embedding/adapter';
import type { Matrix, SpaceSpec } from '../types';
import { trainMap, type TrainingHooks } from './train';

export interface TunedAdapter {
  readonly adapter: Adapter;
  readonly tuned: TunedMap;
}

/** As `trainMap`; `base` is the space of the vectors. */
export async function tuneAdapter(
  base: SpaceSpec,
  vectors: Matrix,
  pairs: readonly RowPair[],
  options: TuningOptions,
  hooks: TrainingHooks = {},
): Promise<TunedAdapter> {
  const tuned = await trainMap(vectors, pairs, options, hooks);
  const { before, after } = tuned;
  const record = { options, pairs: pairs.length, ...(before && { before }), ...(after && { after }) };
  return { adapter: await createAdapter(base, tuned.weights, record), tuned };
}
