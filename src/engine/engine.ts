/**
 * The engine, composed of its three hosts. The command line gives it hosts that work in place, the page hosts that
 * stand for workers; what is decided here (what is missing, which rows belong to whom) is decided once.
 */
import type { Adapter } from '../adapters';
import type { Embedding } from '../embedding/embedder';
import { findModel } from '../embedding/registry';
import { effectiveNeighbours, usesNeighbours } from '../projection/options';
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
import type { Engine } from './contract';
import type { EmbeddingHost, LayoutHost, SpaceHost } from './hosts';
import { embedLacking } from './layers';
import { Ledger, type RowGraph } from './ledger';
import { gather, scatter, scatterInto } from './rows';
import { textsOf } from './subjects';
import { layerSpecs, spaceKey } from '../spaceKey';

export class ComposedEngine implements Engine {
  private readonly ledgers = new Map<SpaceId, Ledger>();
  /** Updates of a space happen one after another, so that two words entered at once are both kept. */
  private turn: Promise<unknown> = Promise.resolve();

  private readonly embedTurns = new Map<SpaceId, Promise<unknown>>();

  constructor(
    private readonly embedding: EmbeddingHost,
    private readonly spaces: SpaceHost,
    private readonly layouts: LayoutHost,
  ) {}

  /** One at a time for a space: a question asked while a file is embedded waits for it, and embeds nothing again. */
  embed(items: readonly Item[], spec: SpaceSpec, onProgress?: OnProgress, signal?: AbortSignal): Promise<EmbedReport> {
    return this.afterOthers([spec], () => {
      signal?.throwIfAborted();
      return this.embedNow(items, spec, onProgress, signal);
    });
  }

  private async embedNow(
    items: readonly Item[],
    spec: SpaceSpec,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<EmbedReport> {
    const held = this.ledgers.get(spaceKey(spec));
    const reported = held?.reportedLast(items);
    if (reported) return reported;
    const wanted = items.filter((item) => !held?.holds(item));
    const texts = wanted.map(({ text }) => text);
    // With nothing to embed no model is asked: that of imported vectors may be one that Constela does not have.
    const embedding =
      held && wanted.length === 0 ? noEmbedding(held.dim) : await this.embedding.embed(texts, spec, onProgress, signal);
    const truncated = new Set(embedding.truncated.map((i) => wanted[i]!.id));
    await this.hold(items, wanted, spec, embedding.matrix, truncated);
    return this.ledger(spaceKey(spec)).report(items, items.length - wanted.length + embedding.reused);
  }

  embedLayers(
    items: readonly Item[],
    spec: SpaceSpec,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<readonly EmbedReport[]> {
    const specs = layerSpecs(spec, findModel(spec.modelId).layers);
    return this.afterOthers(specs, async () => {
      signal?.throwIfAborted();
      const lacks = (of: SpaceSpec, item: Item) => !this.ledgers.get(spaceKey(of))?.holds(item);
      const shares = await embedLacking(items, specs, lacks, (texts) =>
        this.embedding.embedLayers(texts, spec, onProgress, signal),
      );
      return Promise.all(
        shares.map(async ({ spec, fresh, vectors, truncated }) => {
          const space = spaceKey(spec);
          const isFull = fresh.length === 0 && this.ledgers.has(space);
          if (!isFull) await this.hold(items, fresh, spec, vectors, truncated);
          return this.ledger(space).report(items, items.length - fresh.length);
        }),
      );
    });
  }

  adopt(items: readonly Item[], spec: SpaceSpec, vectors: Matrix): Promise<EmbedReport> {
    const texts = items.map(({ text }) => text);
    return this.afterOthers([spec], async () => {
      const held = await this.hold(items, items, spec, vectors, new Set());
      // Not awaited: a first map must not wait for the worker that remembers, nor fail with it.
      void this.embedding.remember(texts, spec, held).catch(() => undefined);
      return this.ledger(spaceKey(spec)).report(items, items.length);
    });
  }

  private afterOthers<T>(specs: readonly SpaceSpec[], work: () => Promise<T>): Promise<T> {
    const ids = specs.map(spaceKey);
    const result = Promise.all(ids.map((id) => this.embedTurns.get(id))).then(work);
    const ended = result.catch(() => undefined);
    for (const id of ids) this.embedTurns.set(id, ended);
    return result;
  }

  holdAdapter(adapter: Adapter): Promise<void> {
    return this.embedding.holdAdapter(adapter);
  }

  async embedTexts(
    texts: readonly string[],
    spec: SpaceSpec,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Matrix> {
    return (await this.embedding.embed(texts, spec, onProgress, signal)).matrix;
  }

  /** The space host lost its vectors (its worker died): what is asked next is embedded again, from the cache. */
  forgetSpaces(): void {
    this.ledgers.clear();
  }

  vectors(space: SpaceId, ids: readonly ItemId[]): Promise<Matrix> {
    return this.spaces.vectors(space, ids);
  }

  async neighbours(space: SpaceId, k: number, onProgress?: OnProgress, signal?: AbortSignal): Promise<void> {
    await this.graph(space, () => k, onProgress, signal);
  }

  async layout(
    space: SpaceId,
    ids: readonly ItemId[],
    request: LayoutRequest,
    onFrame?: (frame: LayoutFrame) => void,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<LaidOut> {
    const { start: known, labels, pinned, isolated = false, ...options } = request;
    const only = isolated ? ids : undefined;
    // Posted together, both speak of the same rows.
    const [{ ids: order, graph }, start] = await Promise.all([
      this.graph(space, (rows) => neighboursToFind(rows, request), onProgress, signal, only),
      this.turn.then(() => this.spaces.start(space, options, only && this.ledger(space).held(only))),
    ]);
    signal?.throwIfAborted();
    const rowOf = new Map(order.map((id, row) => [id, row]));
    const toCaller = ids.map((id) => rowOf.get(id) ?? -1);
    const ofRows: LayoutRequest = {
      ...options,
      ...(known && { start: scatter(known, toCaller, order.length) }),
      ...(labels && { labels: scatterInto(new Int32Array(order.length).fill(-1), labels, toCaller) }),
      ...(pinned && { pinned: scatterInto(new Uint8Array(order.length), pinned, toCaller) }),
    };
    const positions = await this.layouts.layout(
      graph,
      start,
      ofRows,
      onFrame && ((frame) => onFrame({ ...frame, positions: gather(frame.positions, toCaller) })),
      onProgress,
      signal,
    );
    const { recall } = graph;
    return { positions: gather(positions, toCaller), ...(recall !== undefined && { recall }) };
  }

  place(
    space: SpaceId,
    ids: readonly ItemId[],
    placed: readonly ItemId[],
    positions: Positions,
    options: ProjectionOptions,
  ): Promise<Positions> {
    return this.spaces.place(space, ids, placed, positions, options);
  }

  async ask<K extends QuestionKind>(
    space: SpaceId,
    question: QuestionOf<K>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Answer<K>> {
    const { spec, dim } = this.ledger(space);
    const texts = textsOf(question);
    const { matrix } =
      texts.length > 0 ? await this.embedding.embed(texts, spec, onProgress, signal) : noEmbedding(dim);
    return this.turn.then(() => this.spaces.ask(space, question, matrix, onProgress, signal));
  }

  inspect<K extends InspectionKind>(
    spec: SpaceSpec,
    inspection: InspectionOf<K>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Finding<K>> {
    return this.embedding.inspect(spec, inspection, onProgress, signal);
  }

  /** Brings the space to exactly `items`, given the vectors of `fresh`, whose old rows (other texts) go first. Gives them back. */
  private async hold(
    items: readonly Item[],
    fresh: readonly Item[],
    spec: SpaceSpec,
    vectors: Matrix,
    truncated: ReadonlySet<ItemId>,
  ): Promise<Matrix> {
    const space = spaceKey(spec);
    const update = this.turn.then(async () => {
      const ledger = this.ledgers.get(space) ?? new Ledger(space, spec, vectors.dim);
      this.ledgers.set(space, ledger);
      const change = ledger.changeTo(items, fresh);
      if (!change) return vectors;
      const held = await this.spaces.update(space, change.removed, change.added, vectors);
      ledger.take(change, fresh, truncated);
      return held;
    });
    this.turn = update.catch(() => undefined);
    return update;
  }

  /** The graph of the space's rows at one moment: after the updates that are under way, before any later one. */
  private graph(
    space: SpaceId,
    neighboursFor: (rows: number) => number,
    onProgress?: OnProgress,
    signal?: AbortSignal,
    only?: readonly ItemId[],
  ): Promise<RowGraph> {
    return this.turn.then(async () => {
      const ledger = this.ledger(space);
      const { version } = ledger;
      if (only) {
        const ids = ledger.held(only);
        const k = neighboursFor(ids.length);
        return { version, k, ids, graph: await this.spaces.neighbours(space, k, onProgress, signal, ids) };
      }
      const { ids } = ledger;
      const k = neighboursFor(ids.length);
      if (ledger.graph?.version === version && ledger.graph.k === k) return ledger.graph;
      const graph = await this.spaces.neighbours(space, k, onProgress, signal);
      return (ledger.graph = { version, k, ids, graph });
    });
  }

  private ledger(space: SpaceId): Ledger {
    const ledger = this.ledgers.get(space);
    if (!ledger) throw new Error(`space ${space} was never embedded`);
    return ledger;
  }
}

/** Neighbours of each of `rows` that a layout needs; an engine that only projects needs none. */
function neighboursToFind(rows: number, { engine, nNeighbors }: ProjectionOptions): number {
  return usesNeighbours(engine) ? effectiveNeighbours(rows, nNeighbors) - 1 : 0;
}

function noEmbedding(dim: number): Embedding {
  return { matrix: { data: new Float32Array(0), rows: 0, dim }, truncated: [], reused: 0 };
}
