/**
 * Every shape that crosses a room. Nothing here does anything; read `pipeline.ts` for what is done with them.
 */

import type { Reading } from './reading';

export type ItemId = string;

/** A value of one of an item's own columns, as JSON holds it. */
export type Cell = string | number | boolean | null;

/** A text with an id, an optional group and its own columns. Items are matched by id, never by index. */
export interface Item {
  readonly id: ItemId;
  readonly text: string;
  readonly group?: string;
  /** Own columns by name. Build it with `Object.fromEntries`, so that a column called `__proto__` is only a column. */
  readonly columns?: Readonly<Record<string, Cell>>;
}

/** Items in order, with a name. */
export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly items: readonly Item[];
}

/** Rows x dim, row-major; each row of unit length unless a docstring says otherwise. */
export interface Matrix {
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly dim: number;
}

/** Rows x k, row-major, nearest first, self excluded. Distance is 1 - cosine. */
export interface KnnGraph {
  readonly indices: Int32Array<ArrayBuffer>;
  readonly distances: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly k: number;
  /** Share of the true neighbours that are in it, measured on a sample, 0 to 1; without it, all are. */
  readonly recall?: number;
}

/** Rows x dim, row-major, in layout units; only the scene scales them. */
export interface Positions {
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly dim: 2 | 3;
}

/** A view of the cloud that can be kept and restored. Lengths are in layout units, so that it outlives a reload. */
export interface CameraPose {
  readonly dims: 2 | 3;
  /** What is looked at. */
  readonly target: readonly [number, number, number];
  /** Radians around the vertical axis. */
  readonly azimuth: number;
  /** Radians from the vertical axis, 0 to pi. */
  readonly polar: number;
  readonly distance: number;
}

/** Clusters that were found, as they were renamed and merged since. */
export interface Clusters {
  /** Where density was looked at. */
  readonly on: 'map' | 'vectors';
  /** The texts among which they were found. */
  readonly ids: readonly ItemId[];
  /** Row by row for `ids`: an index of `names`, or -1 for noise, which belongs to none. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly names: readonly string[];
  /** The map has been laid out anew since. */
  readonly earlier: boolean;
}

/** A view of the cloud that a person gave a name. */
export interface NamedPose {
  readonly id: string;
  readonly name: string;
  readonly pose: CameraPose;
}

/**
 * What turns items into vectors: a model (an id of the registry), a prompt with `{text}` in it, and where they are not the model's
 * own vectors, the layer they are taken from or the adapter that is applied to them. `spaceKey.ts` says when two are one.
 */
export interface SpaceSpec {
  readonly modelId: string;
  readonly prompt: string;
  /** Of the hidden layers: 0 is the embedding layer; without it, the last, whose vectors are the model's own. */
  readonly layer?: number;
  /** Of the linear map that is applied to the vectors: the sha256 of its numbers. */
  readonly adapter?: string;
}

/** The engine's name for a space whose vectors it keeps. */
export type SpaceId = string;

/** The mean vector of a space's texts at one moment (not of unit length), and of how many it is: it stays whatever comes. */
export interface SpaceMean {
  readonly space: SpaceSpec;
  readonly mean: Float32Array<ArrayBuffer>;
  readonly rows: number;
}

/**
 * What lays a map out: UMAP by the project's own kernel, UMAP by umap-js (the reference), or one projection alone, on the
 * principal components or on random directions.
 */
export type ProjectionEngine = 'umap' | 'umap-js' | 'pca' | 'random';

/** What supervises a map: nothing, the items' groups, or one of their own columns by its name. */
export type Supervision = 'none' | 'group' | `column:${string}`;

/**
 * What colours the points: the items' groups, the clusters that were found, one of their own columns by its name (`categories:` where
 * its numbers are to be taken for names), the similarity to the selected text, how crowded the map is, or how many of their neighbours
 * it kept.
 */
export type ColourBy =
  'group' | 'cluster' | 'similarity' | 'density' | 'fidelity' | `column:${string}` | `categories:${string}`;

/** What sizes the points: nothing, or one of their own columns of numbers by its name. */
export type SizeBy = 'none' | `column:${string}`;

export interface ProjectionOptions {
  /** Neighbours that shape the map, counting the point itself, as in umap-learn; 2 to 200. */
  readonly nNeighbors: number;
  /** How close points may stand, in layout units; 0 to 1. */
  readonly minDist: number;
  readonly dims: 2 | 3;
  /** Any unsigned 32-bit integer. The same vectors, options, seed and build give the same map. */
  readonly seed: number;
  /** What is left out has its default (`defaultOptions` of projection/options.ts), here and below. */
  readonly engine?: ProjectionEngine;
  /** Scale of the map's distances, in layout units; at least the minimum distance; above 0 to 10. */
  readonly spread?: number;
  /** Passes over all edges, 10 to 2,000; 0 for as many as the number of texts asks for. */
  readonly epochs?: number;
  /** Random points that push for each pull, 1 to 30. */
  readonly negativeSampleRate?: number;
  /** Strength of those pushes, 0 to 10 (gamma in the paper). */
  readonly repulsionStrength?: number;
  /** 1 joins what either of two texts calls near, 0 only what both do; or between. */
  readonly setOperationRatio?: number;
  /** Nearest neighbours to which a text is fully tied, 1 to 10. */
  readonly localConnectivity?: number;
  /** Whose categories draw a text to its like; for UMAP alone. */
  readonly supervision?: Supervision;
  /** How far the categories part: 0 loosens the ties between two of them, 1 cuts all. */
  readonly targetWeight?: number;
  /** How strongly dense groups stay dense and sparse ones sparse, 0 (not at all) to 10; for the engine `umap` alone. */
  readonly densityWeight?: number;
  /** The last share of the epochs, 0 to 1, in which densities are heeded. */
  readonly densityFraction?: number;
  /** Added to the variance of the map's log radii, 0.001 to 10: small values make unequal densities count more. */
  readonly densityShift?: number;
}

/** A space, projection options, and the positions they gave, row by row for `ids`. */
export interface MapView {
  readonly space: SpaceSpec;
  readonly options: ProjectionOptions;
  readonly ids: readonly ItemId[];
  readonly positions: Positions;
  /** As in `KnnGraph`, of the neighbours by which it was laid out. */
  readonly recall?: number;
}

/** A text that stays where it is, in layout units, on maps of as many dimensions as `at` has numbers. */
export interface Pin {
  readonly id: ItemId;
  readonly at: readonly number[];
}

export type Stage = 'reading' | 'model' | 'embedding' | 'training' | 'neighbours' | 'layout' | 'permutations';

/** How far a stage is. `total` is 0 while it is unknown. Units: bytes, texts, rows, epochs, partitions. */
export interface Progress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;

/** What embedding says of the texts besides their vectors. */
export interface EmbedReport {
  readonly space: SpaceId;
  readonly dim: number;
  /** Items whose text was longer than the model's limit and was embedded up to it. */
  readonly truncated: readonly ItemId[];
  /** Items whose text is outside the model's languages, as far as its letters tell. */
  readonly foreign: readonly ItemId[];
  /** Items whose vectors were already known (in the space, or in the cache). */
  readonly reused: number;
}

export interface LayoutRequest extends ProjectionOptions {
  /** Categories that supervise the layout, row by row for its ids, -1 for none; without them it is unsupervised. */
  readonly labels?: Int32Array<ArrayBuffer>;
  /** Where to start, row by row for the layout's ids, NaN where unknown; without it the start is PCA. */
  readonly start?: Positions;
  /** The space holds more texts, which take no part: not as neighbours, and not in the start. */
  readonly isolated?: boolean;
  /**
   * Row by row for the layout's ids: 1 where a row stays exactly where `start` has it, else 0. The others are laid out around
   * them. Not with an engine that only projects.
   */
  readonly pinned?: Uint8Array<ArrayBuffer>;
}

export interface LayoutFrame {
  readonly epoch: number;
  readonly epochs: number;
  readonly positions: Positions;
}

/** What a layout gives: positions row by row for its ids, and the recall of the neighbours, as in `KnnGraph`. */
export interface LaidOut {
  readonly positions: Positions;
  readonly recall?: number;
}

/** A text as a file or the add box gives it: an item that has no id yet. */
export type NewItem = Omit<Item, 'id'>;

/** What a file holds, and what an export is given: items with, where known, their vectors and positions row by row. */
export interface Dataset {
  readonly items: readonly NewItem[];
  readonly vectors?: Matrix;
  readonly positions?: Positions;
  /** Of each row its nearest among the others, by their vectors: for an export alone, no file gives it. */
  readonly neighbours?: KnnGraph;
  /** What the points look like, rows x 3 bytes of sRGB; no file that can be opened has it. */
  readonly colours?: Uint8Array<ArrayBuffer>;
  /** What made the vectors. */
  readonly space?: SpaceSpec;
  /** What else belongs to a collection, as a capsule carries it: `storage/travelling.ts` knows what is in it. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the file has vectors and no texts: each is then named by the number of its row. */
  readonly numbered?: true;
  /** Files that came with the one that was read, and of which nothing was used. */
  readonly unused?: readonly string[];
  /** What became of the rows of the file that it was read from. */
  readonly reading?: Reading;
}

/** A table of any shape, for a file: as many cells in each row as there are names. */
export interface CellTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * Formats that can be written. `vec` and `bin` are word2vec's text and binary, `projector` TensorFlow's Embedding Projector bundle, a
 * zip; `glb` and `ply` are the cloud's points; `html` is a page that shows the map; `npy` is the vectors alone, and what comes
 * after it is made of neighbours.
 */
export type ExportFormat =
  | 'csv'
  | 'tsv'
  | 'json'
  | 'jsonl'
  | 'parquet'
  | 'arrow'
  | 'npz'
  | 'vec'
  | 'bin'
  | 'capsule'
  | 'projector'
  | 'glb'
  | 'ply'
  | 'html'
  | 'npy'
  | 'graphml'
  | 'gexf'
  | 'neighboursCsv'
  | 'neighboursJson';

/** Languages that a standalone page can speak. */
export type PageLanguage = 'en' | 'pt-BR';

/** Which columns of a dataset go with the texts. */
export interface ColumnChoice {
  readonly group: boolean;
  readonly positions: boolean;
  /** Of the items' own columns, by name. */
  readonly own: readonly string[];
}

export interface ExportOptions {
  /** CSV, TSV and JSON carry the vectors only when asked. */
  readonly vectors: boolean;
  /** CSV and TSV: cells that a spreadsheet would run are prefixed with an apostrophe. */
  readonly spreadsheetSafe: boolean;
  /** What a standalone page says of itself; without it, it is called Constela, in English. */
  readonly page?: { readonly title: string; readonly language: PageLanguage; readonly model?: string };
  /** Of the formats `withColumns` (exportFormats.ts); without it, all. */
  readonly columns?: ColumnChoice;
}
