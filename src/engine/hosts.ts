/** The three kinds of long work that an engine is composed of. Each runs in place or behind a worker. */
import type { Embedding } from '../embedding/embedder';
import type {
  ItemId,
  KnnGraph,
  LayoutFrame,
  LayoutRequest,
  Matrix,
  Neighbour,
  OnProgress,
  Positions,
  ProjectionOptions,
  SpaceId,
  SpaceSpec,
} from '../types';

/** Texts to vectors. */
export interface EmbeddingHost {
  embed(texts: readonly string[], spec: SpaceSpec, onProgress?: OnProgress, signal?: AbortSignal): Promise<Embedding>;
  /** Remembers vectors that were not computed here, so that they are not computed again. */
  remember(texts: readonly string[], spec: SpaceSpec, vectors: Matrix): Promise<void>;
}

/** What a space is asked; texts have been turned into vectors by then. */
export type SpaceQuestion =
  | { readonly kind: 'neighboursOf'; readonly id: ItemId; readonly k: number }
  | { readonly kind: 'neighboursOfVector'; readonly query: Matrix; readonly k: number }
  | { readonly kind: 'similarity'; readonly a: ItemId; readonly b: ItemId };

/** Vectors and what is computed from them. */
export interface SpaceHost {
  /** Removes, then appends: the rows keep that order. */
  update(space: SpaceId, removed: readonly ItemId[], added: readonly ItemId[], vectors: Matrix): Promise<void>;
  vectors(space: SpaceId, ids: readonly ItemId[]): Promise<Matrix>;
  /** Of all rows of the space, or of `ids` among themselves. */
  neighbours(
    space: SpaceId,
    k: number,
    onProgress?: OnProgress,
    signal?: AbortSignal,
    ids?: readonly ItemId[],
  ): Promise<KnnGraph>;
  /**
   * Where a layout with these options starts, and by an engine that only projects also ends; row by row for the space, or
   * for `ids`.
   */
  start(space: SpaceId, options: ProjectionOptions, ids?: readonly ItemId[]): Promise<Positions>;
  /** As `Engine.place`. */
  place(
    space: SpaceId,
    ids: readonly ItemId[],
    placed: readonly ItemId[],
    positions: Positions,
    options: ProjectionOptions,
  ): Promise<Positions>;
  ask(space: SpaceId, question: SpaceQuestion): Promise<readonly Neighbour[]>;
  /** Cosines of one text with every text, row by row for the space. */
  cosines(space: SpaceId, id: ItemId): Promise<Float32Array<ArrayBuffer>>;
}

/** A neighbour graph to positions. */
export interface LayoutHost {
  layout(
    graph: KnnGraph,
    start: Positions,
    request: LayoutRequest,
    onFrame?: (frame: LayoutFrame) => void,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Positions>;
}
