/** Fine-tuning as it crosses rooms: pairs of texts, the linear map that is trained on them, and how the training went. */
import type { SpaceSpec } from './types';

/** Two texts, and whether they should be alike. */
export interface TextPair {
  readonly a: string;
  readonly b: string;
  readonly alike: boolean;
}

/**
 * What training makes the cosines of pairs do: `contrastive` sets every alike pair above the other pairs of its batch, `cosine` pulls alike
 * pairs towards 1 and pushes the others below a margin.
 */
export type TuningLoss = 'contrastive' | 'cosine';

export interface TuningOptions {
  readonly loss: TuningLoss;
  /** Of W - I; 0 for no limit. */
  readonly rank: number;
  /** Any unsigned 32-bit integer. The same vectors, pairs, options and seed give the same adapter. */
  readonly seed: number;
  /** Passes over the training pairs, at most. */
  readonly epochs: number;
  readonly learningRate: number;
  /** Share of the difference from the identity that goes at each step, times the learning rate. */
  readonly weightDecay: number;
  /** Share of the pairs that training does not see. */
  readonly heldOut: number;
}

/** How well the cosines of some pairs tell alike from unlike. */
export interface PairScore {
  /** Share of the pairs that stand on their side of the threshold that parts the training pairs best. */
  readonly accuracy: number;
  /** Chance that an alike pair has a higher cosine than an unlike one, ties by half. */
  readonly auc: number;
}

/** One pass over the training pairs; epoch 0 is the model as it is. */
export interface TuningEpoch {
  readonly epoch: number;
  /** Of the training pairs, as they passed; of epoch 0, before any step. */
  readonly loss: number;
  /** Of the pairs that were held out; undefined where there are none. */
  readonly heldOut?: PairScore & { readonly loss: number };
}

/** Two rows of a matrix of vectors, and whether they should be alike. */
export interface RowPair {
  readonly a: number;
  readonly b: number;
  readonly alike: boolean;
}

/** Pairs made ready: which texts there are, and what became of pairs that cannot be taken as they are. */
export interface PreparedPairs {
  /** Every text once, in order of appearance. */
  readonly texts: readonly string[];
  /** Each two texts once; rows are those of `texts`. */
  readonly pairs: readonly RowPair[];
  /** Pairs that were given before, with the same mark. */
  readonly repeated: number;
  /** Pairs that were given before with the other mark: the later one counts. */
  readonly contradicting: number;
  /** Pairs of a text with itself, which are left out. */
  readonly selves: number;
  /** Unlike pairs that stand in, drawn from texts of different alike pairs, where none was given. */
  readonly drawn: number;
}

/** What training found. */
export interface TunedMap {
  /** dim x dim, row-major: row o gives number o of the result. */
  readonly weights: Float32Array<ArrayBuffer>;
  readonly epochs: readonly TuningEpoch[];
  /** Whose weights these are: the one with the lowest loss of the pairs that were held out, or without such the last. */
  readonly best: number;
  /** Pairs that were trained on, and that were held out. */
  readonly trained: number;
  readonly heldOut: number;
  /** Of the pairs that were held out; undefined where there are none. */
  readonly before?: PairScore;
  readonly after?: PairScore;
}

/** How an adapter came about, for its file. */
export interface TuningRecord {
  readonly options: TuningOptions;
  readonly pairs: number;
  readonly before?: PairScore;
  readonly after?: PairScore;
}

/** A linear map of the vectors of a model: v' = W v, brought to unit length. */
export interface Adapter {
  /** The sha256 of its numbers (float32, little-endian, row-major), in lower-case hexadecimal. */
  readonly id: string;
  /** The space whose vectors it takes. */
  readonly base: SpaceSpec;
  readonly dim: number;
  /** dim x dim, row-major: row o gives number o of the result. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** Undefined where its file does not say. */
  readonly record?: TuningRecord;
}
