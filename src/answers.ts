/**
 * What is answered to each question of `questions.ts`. Everything comes from the vectors; a map is only compared, with them or with another.
 */
import type { Parting } from './association';
import type { ItemId } from './types';

/** A text near another: its similarity is the cosine, in -1 to 1. */
export interface Neighbour {
  readonly id: ItemId;
  readonly cosine: number;
  /** The cosine as seen from the centre that was asked for, in -1 to 1. */
  readonly centred?: number;
  /** Share of the collection's pairs (sampled where they are many) that are less similar, 0 to 1. */
  readonly percentile: number;
}

/** Two texts side by side. */
export interface Comparison {
  readonly cosine: number;
  /** As in `Neighbour`. */
  readonly centred?: number;
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

/** How faithful a map is; `similarity/fidelity.ts` says what the numbers mean. */
export interface MapFidelity {
  readonly ids: readonly ItemId[];
  /** Neighbours that were looked at: as asked, and fewer than half of the texts; 0 below 3 texts. */
  readonly k: number;
  /** 0 to 1; NaN where `k` is 0, and so below. */
  readonly trustworthiness: number;
  readonly continuity: number;
  /** Share of each text's `k` true neighbours that are among its `k` nearest on the map, row by row for `ids`. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** Texts by which trustworthiness and continuity were measured, where that is not all. */
  readonly sampled?: number;
  /** Their standard errors, where they were measured on a sample. */
  readonly errors?: { readonly trustworthiness: number; readonly continuity: number };
  /** As in `KnnGraph`, of the neighbours by which the shares were counted. */
  readonly recall?: number;
}

/** A text as the vectors and the map have it beside another: ranks count from 1. */
export interface Misplaced {
  readonly id: ItemId;
  readonly cosine: number;
  readonly rank: number;
  readonly mapRank: number;
}

/** What a map does to a text, as many of one kind as of the other. */
export interface Misplacing {
  /** As in `MapFidelity`. */
  readonly k: number;
  /** Near by cosine and far on the map. */
  readonly torn: readonly Misplaced[];
  /** Near on the map and not by cosine. */
  readonly intruders: readonly Misplaced[];
}

/** Distances on a map beside cosines; `similarity/shepard.ts` says more. */
export interface Shepard {
  /**
   * Spearman's rank correlation of distance and cosine, -1 to 1: -1 where what is less similar is always further away. NaN where
   * there is none.
   */
  readonly correlation: number;
  readonly pairs: number;
  /** Whether these are a sample of the pairs. */
  readonly sampled: boolean;
  /** Columns x lines, line by line: pairs by distance, from 0 to the greatest, and cosine, from the least to the greatest. */
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly columns: number;
  readonly lines: number;
  /** In layout units. */
  readonly farthest: number;
  readonly cosines: { readonly low: number; readonly high: number };
}

/** Which of the texts asked about stand together, row by row for the question's ids. */
export interface FoundClusters {
  /** Numbered from 0 by size, the largest first; -1 for noise, which belongs to none. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** How firmly a text belongs to its cluster, 0 to 1; 0 for noise. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** By cluster, no two alike. */
  readonly names: readonly string[];
}

/** Two texts that are near each other; `later` is the one that comes after the other in the question's ids. */
export interface NearPair {
  readonly earlier: ItemId;
  readonly later: ItemId;
  readonly cosine: number;
}

/** The pairs of texts that are nearest, and the texts that are farthest from all others. */
export interface Extremes {
  /** The nearest first, at most as many as were asked for. */
  readonly pairs: readonly NearPair[];
  /** Cosines of all pairs of which one is among the `k` nearest of the other, descending. */
  readonly cosines: Float32Array<ArrayBuffer>;
  /** Each text's cosine with its `k`-th nearest, descending: at a threshold above it, none of its pairs is missing. */
  readonly reaches: Float32Array<ArrayBuffer>;
  /** The texts by their mean cosine with their `k` nearest, ascending: the loneliest first; and those means. */
  readonly lonely: readonly ItemId[];
  readonly means: Float32Array<ArrayBuffer>;
  /** How many neighbours that was: fewer where there are not as many other texts. */
  readonly k: number;
}

/** Texts on axes of meaning, and what the axes leave out of them: `placeOnAxes` of similarity/axes.ts. */
export interface Placement {
  /** Rows x axes, row-major, in -1 to 1. */
  readonly values: Float32Array<ArrayBuffer>;
  /** By row: the share of its squared length that no combination of the axes gives, 0 to 1; 1 for a row of zeros. */
  readonly residuals: Float32Array<ArrayBuffer>;
  /** The same of all rows together; 1 where all are zeros. */
  readonly residual: number;
  /** Axes x axes, row-major: how far the axes tell the same, 1 or -1 where they are parallel. */
  readonly cosines: Float32Array<ArrayBuffer>;
  /** Axes x 2: the values of each axis's own poles on it. */
  readonly ends: Float32Array<ArrayBuffer>;
}

/** All texts of the space, row by row for `ids`. */
export interface AxesAnswer extends Placement {
  readonly ids: readonly ItemId[];
}

/** A few texts beside each other. Matrices are texts x texts, row-major, in the order in which they were asked about. */
export interface TextMatrix {
  readonly ids: readonly ItemId[];
  readonly cosines: Float32Array<ArrayBuffer>;
  /** The cosines as seen from the centre that was asked for. */
  readonly centred?: Float32Array<ArrayBuffer>;
  /** By text, its nearest, nearest first. The texts themselves are left out of all the lists. */
  readonly neighbours: readonly (readonly Neighbour[])[];
  /** Ids in every list, in the order of the first. */
  readonly shared: readonly ItemId[];
  /** By text, ids in its list and in no other. */
  readonly distinct: readonly (readonly ItemId[])[];
  /** Of the lists, 0 to 1: `jaccard` and `rankBiasedOverlap` of similarity/overlap.ts. */
  readonly jaccard: Float32Array<ArrayBuffer>;
  readonly rbo: Float32Array<ArrayBuffer>;
  /** Rows in the order of `clusterOrder`, by the centred cosines where there are any: like ones beside each other. */
  readonly order: Int32Array<ArrayBuffer>;
}

/** Two views of the same texts. */
export interface Overlap {
  readonly ids: readonly ItemId[];
  /** Neighbours of each text that were looked at: as asked, and fewer than there are texts. */
  readonly k: number;
  /** Share of each text's `k` nearest that are so in both views, row by row for `ids`, 0 to 1; NaN where `k` is 0. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** Their mean. */
  readonly mean: number;
  /** `linearCka` of similarity/cka.ts, 0 to 1; NaN where one view has all texts in one point. */
  readonly cka: number;
  /** Rows, the one with the lowest share first: what moved most. */
  readonly movers: Int32Array<ArrayBuffer>;
  /** Dimensions of both. */
  readonly dims: readonly [number, number];
  /** As in `KnnGraph`, the lower of the two views'. */
  readonly recall?: number;
}

/** A dimension by which a vector stands out, and the texts that have its highest and lowest values, the farthest out first. */
export interface TellingDimension {
  readonly dimension: number;
  readonly high: readonly ItemId[];
  readonly low: readonly ItemId[];
}

/** A vector beside the collection's; arrays are by dimension. */
export interface DimensionsAnswer {
  /** Of unit length. */
  readonly values: Float32Array<ArrayBuffer>;
  /** `spreadOfDimensions` and `zScores` of similarity/dimensions.ts. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly deviation: Float32Array<ArrayBuffer>;
  readonly z: Float32Array<ArrayBuffer>;
  /** Those with the z-scores farthest from 0, the farthest first. */
  readonly telling: readonly TellingDimension[];
  /** Texts of the collection. */
  readonly rows: number;
}

/** What becomes of a text that is written otherwise, by variant. */
export interface Variants {
  /** Cosine of the text itself with what it stands beside; NaN where that is nothing. */
  readonly cosine: number;
  /** The same of each variant. */
  readonly cosines: Float32Array<ArrayBuffer>;
  /** How far its vector has turned from the text's: 1 - cosine, 0 to 2. */
  readonly shifts: Float32Array<ArrayBuffer>;
  /** Share of the text's `k` nearest that are not among its own, 0 to 1; NaN where `k` is 0. */
  readonly churn: Float32Array<ArrayBuffer>;
  /** As asked, and no more than there are other texts. */
  readonly k: number;
}

/** The space beside a copy of it that lacks the direction from A to B. */
export interface WithoutDirection {
  readonly before: Parting;
  readonly after: Parting;
  /** Of the differences of the pairs of A and B, the share that lay along the direction, 0 to 1; for `pairs` alone. */
  readonly explained?: number;
  /** Neighbours of the text that was asked about. */
  readonly neighbours?: { readonly before: readonly Neighbour[]; readonly after: readonly Neighbour[] };
  /** Of all texts: how far each keeps its neighbours. The second view is the copy. */
  readonly overlap: Omit<Overlap, 'cka' | 'dims'>;
}

/** How texts moved from one space to another of the same model: `splitShift` of similarity/shift.ts. Lengths of unit vectors: 0 to 2. */
export interface Shift {
  readonly ids: readonly ItemId[];
  /** Length of the mean shift, which all texts share. */
  readonly common: number;
  /** Share of the squared shifts that is the mean shift's, 0 to 1; NaN of fewer than two texts, and where none moved. */
  readonly commonShare: number;
  /** Of each text's shift, row by row for `ids`, and of what is left of it without the mean shift. */
  readonly lengths: Float32Array<ArrayBuffer>;
  readonly residues: Float32Array<ArrayBuffer>;
  readonly meanLength: number;
  readonly meanResidue: number;
}

/** How well a space keeps groups apart: `measureSeparation` of similarity/separation.ts. */
export interface Separation {
  /** The texts that have a group; the others take no part. */
  readonly ids: readonly ItemId[];
  /** How many those are. */
  readonly rows: number;
  readonly groups: number;
  /** Groups of one text: it has a silhouette of 0, and its neighbours are never right. */
  readonly singles: number;
  /** Share of the texts that are in the largest group: how often it would be right to say that of each. */
  readonly largest: number;
  /** Neighbours of each text that have a say: as asked, and fewer than there are texts. */
  readonly k: number;
  /** Mean silhouette by cosine distance, -1 to 1; NaN where something is missing, and so below. */
  readonly silhouette: number;
  /** Share of the texts whose group is the most frequent among their `k` nearest, 0 to 1. */
  readonly accuracy: number;
  /** Of each text, row by row for `ids`; NaN for those that were not measured. */
  readonly silhouettes: Float32Array<ArrayBuffer>;
  /** Why nothing was measured: there are no groups, only one, or none with two texts. */
  readonly missing?: 'groups' | 'secondGroup' | 'companions' | undefined;
  /** As in `MapFidelity`. */
  readonly sampled?: number;
  readonly errors?: { readonly silhouette: number; readonly accuracy: number };
}
