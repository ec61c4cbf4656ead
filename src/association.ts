/**
 * The shapes of association tests. `X` and `Y` are the sets of target words, `A` and `B` those of attribute words;
 * `similarity/association.ts` says how they are measured.
 */

/** A set's place in a test. */
export type SetKey = 'X' | 'Y' | 'A' | 'B';

export const setKeys: readonly SetKey[] = ['X', 'Y', 'A', 'B'];

export interface WordSet {
  /** What the words have in common. */
  readonly name: string;
  readonly words: readonly string[];
}

export type WordSets = Readonly<Record<SetKey, WordSet>>;

/** How likely a difference as large is, if the words were dealt to the two target sets by chance. */
export interface Permutation {
  /** One-sided: the share of partitions whose difference is at least the one that was found, above 0 to 1. */
  readonly p: number;
  /** Partitions that were looked at, the one that was found among them. */
  readonly partitions: number;
  /** All partitions into two sets of equal size were looked at, not a sample. */
  readonly exact: boolean;
}

export interface Association {
  /** In standard deviations of all target words' associations, -2 to 2 for sets of equal size; NaN where those are all the same. */
  readonly effectSize: number;
  /** The same before it is divided: the mean association of X less that of Y, as a difference of cosines, -4 to 4. */
  readonly difference: number;
  /** Undefined where X and Y have different numbers of words: there are no partitions into two of equal size. */
  readonly permutation: Permutation | undefined;
  /** Percentile bootstrap of the effect size, over the words of all four sets; NaN where it could not be drawn. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number };
  /** Relative norm distance of the words of A, and of B, to the means of X and Y: below 0 where they are nearer to X, -2 to 2. */
  readonly rnd: { readonly a: number; readonly b: number };
  /** By target word, its association with A rather than B, -2 to 2. */
  readonly x: Float64Array<ArrayBuffer>;
  readonly y: Float64Array<ArrayBuffer>;
}

/** How the direction from A to B is found: by the means of the two sets, or by what the pairs of their words differ in. */
export type DirectionKind = 'means' | 'pairs';

/** What stands between A and B, before or after their direction is taken out of every vector. */
export interface Parting {
  /** As in `Association`. */
  readonly effectSize: number;
  readonly difference: number;
  readonly permutation: Permutation | undefined;
  /** Of the `k` nearest other target words of each, the share that is of its own set, 0 to 1. */
  readonly ownSet: number;
  /** Mean cosine of the first word of A with the first of B, and so on; NaN where A and B have different numbers. */
  readonly pairCosine: number;
  readonly x: Float64Array<ArrayBuffer>;
  readonly y: Float64Array<ArrayBuffer>;
}
