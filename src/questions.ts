/** The questions that can be asked of a space; `answers.ts` has the shapes of their answers, and `engine/answers.ts` makes them. */
import type {
  Neighbour,
  Comparison,
  Similarities,
  MapFidelity,
  Misplacing,
  Shepard,
  FoundClusters,
  Extremes,
  AxesAnswer,
  TextMatrix,
  Overlap,
  DimensionsAnswer,
  Variants,
  WithoutDirection,
  Shift,
  Separation,
} from './answers';
import type { Association, DirectionKind } from './association';
import type { ItemId, KnnGraph, Positions, SpaceId } from './types';

/** A vector that counts `weight` times: that of an item, or of a text that need not be one. */
export type Term =
  { readonly weight: number; readonly id: ItemId } | { readonly weight: number; readonly text: string };

/**
 * What is asked about: an item, a text, or the sum of terms (a centroid has them all at weight 1, `king - man + woman` one at
 * -1), brought to unit length.
 */
export type Subject = { readonly id: ItemId } | { readonly text: string } | { readonly terms: readonly Term[] };

/** A map, as it is asked about: among its texts, as if there were no others. */
export interface AskedMap {
  readonly ids: readonly ItemId[];
  /** Row by row for `ids`, all of them finite. */
  readonly positions: Positions;
}

/** An axis from one pole to another; `name` is what an error calls it. */
export interface AxisSubject {
  readonly name: string;
  readonly from: Subject;
  readonly to: Subject;
}

/** The words of an association test: by set, word after word, with as many subjects a word as it has sentences. */
export interface AskedSets {
  readonly x: readonly Subject[];
  readonly y: readonly Subject[];
  readonly a: readonly Subject[];
  readonly b: readonly Subject[];
  readonly sentences: number;
  /** Any unsigned 32-bit integer: the same one gives the same draws. */
  readonly seed: number;
  /** Partitions that are drawn where they are too many for all to be looked at. */
  readonly permutations: number;
}

/**
 * Which neighbours are listed: the `k` nearest. With `among`, only those are looked at. With `centre` (a vector of the space's dimensions)
 * they are ranked by the cosine as seen from there, and both cosines are given.
 */
export interface Listed {
  readonly k: number;
  readonly among?: readonly ItemId[] | undefined;
  readonly centre?: Float32Array<ArrayBuffer> | undefined;
}

/** By its kind, what a question names and what its answer is. */
export interface Questions {
  /** The texts nearest to `of`, nearest first; the items of which it is made are left out. */
  readonly neighbours: {
    readonly asked: Listed & { readonly of: Subject };
    readonly answer: readonly Neighbour[];
  };
  readonly compare: {
    readonly asked: Listed & { readonly a: ItemId; readonly b: ItemId };
    readonly answer: Comparison;
  };
  /**
   * Density-based clusters (`similarity/hdbscan.ts`) of `ids`: on a map where `positions` (row by row) are given, else by the graph of
   * nearest neighbours. `texts` name them.
   */
  readonly clusters: {
    readonly asked: {
      readonly ids: readonly ItemId[];
      readonly texts: readonly string[];
      readonly minClusterSize: number;
      readonly minSamples: number;
      readonly positions?: Positions;
    };
    readonly answer: FoundClusters;
  };
  /** The `k` nearest of each of `ids` among them, row by row for them, one less than there are ids at most. */
  readonly graph: {
    readonly asked: { readonly ids: readonly ItemId[]; readonly k: number };
    readonly answer: KnnGraph;
  };
  /** Of `ids`, at most `most` pairs. */
  readonly extremes: {
    readonly asked: { readonly ids: readonly ItemId[]; readonly k: number; readonly most: number };
    readonly answer: Extremes;
  };
  /** A few texts, and the neighbours of each. */
  readonly matrix: {
    readonly asked: Listed & { readonly ids: readonly ItemId[] };
    readonly answer: TextMatrix;
  };
  /** This space beside another of the same engine, in those of its texts that the other has too. */
  readonly overlap: { readonly asked: { readonly other: SpaceId; readonly k: number }; readonly answer: Overlap };
  /** Two maps beside each other, by their own distances and not by the space's: finite positions, row by row for `ids`. */
  readonly mapOverlap: {
    readonly asked: {
      readonly ids: readonly ItemId[];
      readonly a: Positions;
      readonly b: Positions;
      readonly k: number;
    };
    readonly answer: Overlap;
  };
  /** From another space of the same engine and model to this one, in those of its texts that the other has too. */
  readonly shift: { readonly asked: { readonly other: SpaceId }; readonly answer: Shift };
  /** Groups of `ids`, row by row, -1 for none. Above `mostExact` texts (5,000 unless it says other) a sample is measured. */
  readonly separation: {
    readonly asked: {
      readonly ids: readonly ItemId[];
      readonly labels: Int32Array<ArrayBuffer>;
      readonly k: number;
      readonly mostExact?: number;
    };
    readonly answer: Separation;
  };
  readonly axes: { readonly asked: { readonly axes: readonly AxisSubject[] }; readonly answer: AxesAnswer };
  /** The mean vector of all texts of the space, not of unit length, and of how many it is. */
  readonly mean: {
    readonly asked: Readonly<Record<never, never>>;
    readonly answer: { readonly mean: Float32Array<ArrayBuffer>; readonly rows: number };
  };
  /** At most `most` telling dimensions of `of`. */
  readonly dimensions: {
    readonly asked: { readonly of: Subject; readonly most: number };
    readonly answer: DimensionsAnswer;
  };
  readonly similarities: { readonly asked: { readonly of: Subject }; readonly answer: Similarities };
  /** Trustworthiness and continuity are measured on a sample of more than `mostExact` texts (5,000 unless it says other). */
  readonly fidelity: {
    readonly asked: AskedMap & { readonly k: number; readonly mostExact?: number };
    readonly answer: MapFidelity;
  };
  /** The neighbours of the map's text `of` that the map misplaces. */
  readonly misplaced: {
    readonly asked: AskedMap & { readonly of: ItemId; readonly k: number };
    readonly answer: Misplacing;
  };
  readonly shepard: { readonly asked: AskedMap; readonly answer: Shepard };
  /** `texts` are `of` written otherwise. Neighbours are those in the space, without the items of which `of` is made. */
  readonly variants: {
    readonly asked: {
      readonly of: Subject;
      readonly texts: readonly string[];
      readonly beside?: Subject | undefined;
      readonly k: number;
    };
    readonly answer: Variants;
  };
  readonly association: { readonly asked: AskedSets; readonly answer: Association };
  /** Takes the direction from A to B out of a copy of all vectors; `of` has its `k` neighbours listed from both. */
  readonly withoutDirection: {
    readonly asked: AskedSets & { readonly by: DirectionKind; readonly k: number; readonly of?: ItemId | undefined };
    readonly answer: WithoutDirection;
  };
}

export type QuestionKind = keyof Questions;

export type QuestionOf<K extends QuestionKind> = { [P in K]: { readonly kind: P } & Questions[P]['asked'] }[K];

export type Answer<K extends QuestionKind> = Questions[K]['answer'];
