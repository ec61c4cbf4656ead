/** What the pipeline asks of an engine, whichever it is. */
import type { Adapter } from '../adapters';
import type { Finding, InspectionKind, InspectionOf } from '../inspections';
import type { Answer, QuestionKind, QuestionOf } from '../questions';
import type {
  EmbedReport,
  Item,
  ItemId,
  LaidOut,
  LayoutFrame,
  LayoutRequest,
  Matrix,
  OnProgress,
  Positions,
  ProjectionOptions,
  SpaceId,
  SpaceSpec,
} from '../types';

/**
 * Long work, wherever it runs: the browser's engine of workers, the command line's direct one, a test's small one.
 * The vectors stay with the engine; callers hold ids. Every promise rejects with an `AbortError` once its signal is aborted.
 */
export interface Engine {
  /** Makes the space hold exactly these items, embedding only those whose texts it lacks. */
  embed(items: readonly Item[], spec: SpaceSpec, onProgress?: OnProgress, signal?: AbortSignal): Promise<EmbedReport>;
  /**
   * As `embed` for the space after each layer of the model of `spec` (`spaceAtLayer`), the embedding layer's first, in one pass over
   * the texts. A space that lacks none of them stays as it is, whatever else it holds: the model's own may be that of a map of more
   * texts. Each stays until it is made to hold no items.
   */
  embedLayers(
    items: readonly Item[],
    spec: SpaceSpec,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<readonly EmbedReport[]>;
  /** Makes the space hold exactly these items, with vectors computed earlier (a file, a starter); row by row. */
  adopt(items: readonly Item[], spec: SpaceSpec, vectors: Matrix): Promise<EmbedReport>;
  /** Makes an adapter known, whose id a spec may name from now on. */
  holdAdapter(adapter: Adapter): Promise<void>;
  /** The vectors of texts that no space need hold, row by row. */
  embedTexts(texts: readonly string[], spec: SpaceSpec, onProgress?: OnProgress, signal?: AbortSignal): Promise<Matrix>;
  /** A copy of the vectors of `ids`, row by row. */
  vectors(space: SpaceId, ids: readonly ItemId[]): Promise<Matrix>;
  /** The graph of all items of the space; the engine keeps it for `layout` until the space changes. */
  neighbours(space: SpaceId, k: number, onProgress?: OnProgress, signal?: AbortSignal): Promise<void>;
  /** Lays `ids` out (all items of the space, or if isolated some of them, in the caller's order). */
  layout(
    space: SpaceId,
    ids: readonly ItemId[],
    request: LayoutRequest,
    onFrame?: (frame: LayoutFrame) => void,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<LaidOut>;
  /** Positions for `ids`, new on a map of these options, among `placed`, which stay where they are (`positions`, row by row). */
  place(
    space: SpaceId,
    ids: readonly ItemId[],
    placed: readonly ItemId[],
    positions: Positions,
    options: ProjectionOptions,
  ): Promise<Positions>;
  /** Answers from the vectors that the space holds at one moment; texts that the question brings along are embedded, and not kept. */
  ask<K extends QuestionKind>(
    space: SpaceId,
    question: QuestionOf<K>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Answer<K>>;
  /** Looks inside the model of `spec`, with its prompt around each text; no space need hold the texts. */
  inspect<K extends InspectionKind>(
    spec: SpaceSpec,
    inspection: InspectionOf<K>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Finding<K>>;
}
