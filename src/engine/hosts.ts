/** The three kinds of long work that an engine is composed of. Each runs in place or behind a worker. */
import type { Embedding, LayersEmbedding } from '../embedding/embedder';
import type { Adapter } from '../adapters';
import type { Finding, InspectionKind, InspectionOf } from '../inspections';
import type { Answer, QuestionKind, QuestionOf } from '../questions';
import type {
  ItemId,
  KnnGraph,
  LayoutFrame,
  LayoutRequest,
  Matrix,
  OnProgress,
  Positions,
  ProjectionOptions,
  SpaceId,
  SpaceSpec,
} from '../types';

/** Texts to vectors. */
export interface EmbeddingHost {
  embed(texts: readonly string[], spec: SpaceSpec, onProgress?: OnProgress, signal?: AbortSignal): Promise<Embedding>;
  /** As `Embedder.embedLayers`. */
  embedLayers(
    texts: readonly string[],
    spec: SpaceSpec,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<LayersEmbedding>;
  inspect<K extends InspectionKind>(
    spec: SpaceSpec,
    inspection: InspectionOf<K>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Finding<K>>;
  /** Makes an adapter known, whose id a spec may name from now on. */
  holdAdapter(adapter: Adapter): Promise<void>;
  /** Remembers vectors that were not computed here, so that they are not computed again. */
  remember(texts: readonly string[], spec: SpaceSpec, vectors: Matrix): Promise<void>;
}

/** Vectors and what is computed from them. */
export interface SpaceHost {
  /** Removes, then appends copies of `vectors`: the rows keep that order. Gives `vectors` back, which a worker has taken meanwhile. */
  update(space: SpaceId, removed: readonly ItemId[], added: readonly ItemId[], vectors: Matrix): Promise<Matrix>;
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
  /** As `Engine.ask`; `texts` are the vectors of `textsOf(question)`, row by row. */
  ask<K extends QuestionKind>(
    space: SpaceId,
    question: QuestionOf<K>,
    texts: Matrix,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Answer<K>>;
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
