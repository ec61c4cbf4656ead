/** How an adapter is trained unless somebody says otherwise, and within which bounds. */
import type { TuningLoss, TuningOptions } from '../adapters';

export const tuningLosses: readonly TuningLoss[] = ['contrastive', 'cosine'];

export const defaultTuning: TuningOptions = {
  loss: 'contrastive',
  rank: 0,
  seed: 42,
  epochs: 20,
  learningRate: 0.003,
  weightDecay: 1,
  heldOut: 0.2,
};

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

export const tuningRanges: Readonly<Record<Exclude<keyof TuningOptions, 'loss'>, Range>> = {
  rank: { min: 0, max: 384, whole: true },
  seed: { min: 0, max: 2 ** 32 - 1, whole: true },
  epochs: { min: 1, max: 500, whole: true },
  learningRate: { min: 0.00001, max: 0.1, whole: false },
  weightDecay: { min: 0, max: 100, whole: false },
  heldOut: { min: 0, max: 0.5, whole: false },
};
