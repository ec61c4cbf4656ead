/**
 * The questions that can be asked of a space, and their answers: every one is answered from the vectors, never from a map.
 * `engine/answers.ts` has the answer to each.
 */
import type { ItemId } from './types';

/** A vector that counts `weight` times: that of an item, or of a text that need not be one. */
export type Term =
  { readonly weight: number; readonly id: ItemId } | { readonly weight: number; readonly text: string };

/**
 * What is asked about: an item, a text, or the sum of terms (a centroid has them all at weight 1, `king - man + woman` one at
 * -1), brought to unit length.
 */
export type Subject = { readonly id: ItemId } | { readonly text: string } | { readonly terms: readonly Term[] };

/** A text near another: its similarity is the cosine, in -1 to 1. */
export interface Neighbour {
  readonly id: ItemId;
  readonly cosine: number;
  /** Share of the collection's pairs (sampled where they are many) that are less similar, 0 to 1. */
  readonly percentile: number;
}

/** Two texts side by side. */
export interface Comparison {
  readonly cosine: number;
  /** As in `Neighbour`. */
  readonly percentile: number;
  readonly a: readonly Neighbour[];
  readonly b: readonly Neighbour[];
  /** Ids in both lists. */
  readonly shared: readonly ItemId[];
}

/** Cosines of a subject with every text of the space, itself too, row by row for `ids`. */
export interface Similarities {
  readonly ids: readonly ItemId[];
  readonly cosines: Float32Array<ArrayBuffer>;
}

/** By its kind, what a question names and what its answer is. */
export interface Questions {
  /** The `k` texts nearest to `of`, nearest first; the items of which it is made are left out. */
  readonly neighbours: {
    readonly asked: { readonly of: Subject; readonly k: number };
    readonly answer: readonly Neighbour[];
  };
  readonly compare: {
    readonly asked: { readonly a: ItemId; readonly b: ItemId; readonly k: number };
    readonly answer: Comparison;
  };
  readonly similarities: { readonly asked: { readonly of: Subject }; readonly answer: Similarities };
}

export type QuestionKind = keyof Questions;

export type QuestionOf<K extends QuestionKind> = { [P in K]: { readonly kind: P } & Questions[P]['asked'] }[K];

export type Question = QuestionOf<QuestionKind>;

export type Answer<K extends QuestionKind> = Questions[K]['answer'];
