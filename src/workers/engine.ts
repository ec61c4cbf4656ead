/** The one client of the workers: an engine whose long work is done elsewhere, so that no frame waits for it. */
import { transfer } from 'comlink';
import { ComposedEngine } from '../engine/engine';
import type { Embedder } from '../embedding/embedder';
import type { Spaces } from '../engine/spaces';
import type { EmbeddingHost, LayoutHost, SpaceHost } from '../engine/hosts';
import type { Finding, InspectionKind } from '../inspections';
import type { Answer, QuestionKind } from '../questions';
import type { CellTable, Dataset, ExportFormat, ExportOptions, NewItem, OnProgress } from '../types';
import type { Device, EmbeddingWork } from './embedding.worker';
import type { FilesWork } from './files.worker';
import { WorkerHandle } from './handle';
import type { LayoutWork } from './layout.worker';
import type { SpaceWork } from './space.worker';
import { handOver } from './transfer';

export type { Device };

export class WorkerEngine extends ComposedEngine {
  private readonly workers: Workers;

  constructor(device: Device) {
    const workers = new Workers(device, () => this.forgetSpaces());
    super(embeddingHost(workers), spaceHost(workers), layoutHost(workers));
    this.workers = workers;
  }

  /** Starts the workers that a first map needs while the page does something else. */
  warmUp(): void {
    void this.workers.files.start().catch(() => undefined);
    void this.workers.space.start().catch(() => undefined);
  }

  /** Loads a model before it is needed, so that the first typed word does not wait for it. */
  load(modelId: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<void> {
    return this.workers.embedding.call((remote) => remote.load(modelId, onProgress, signal));
  }

  /** Runs the models on another device from the next text on; what is under way fails. */
  setDevice(device: Device): void {
    this.workers.device = device;
    this.workers.embedding.terminate();
  }

  /** What a file holds. Throws an InputError that says what is wrong with it, and where. */
  openFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Dataset> {
    return this.workers.files.call((remote) => remote.open(name, transfer(bytes, [bytes.buffer])));
  }

  /** Whether a table of these items would have cells that a spreadsheet runs as formulas. */
  hasRiskyCells(items: readonly NewItem[]): Promise<boolean> {
    return this.workers.files.call((remote) => remote.hasRiskyCells(items));
  }

  writeFile(format: ExportFormat, dataset: Dataset, options: ExportOptions): Promise<Uint8Array<ArrayBuffer>> {
    return this.workers.files.call((remote) => remote.write(format, dataset, options));
  }

  /** A table as CSV. With `spreadsheetSafe`, cells that a spreadsheet would run are prefixed with an apostrophe. */
  writeTable(table: CellTable, spreadsheetSafe: boolean): Promise<Uint8Array<ArrayBuffer>> {
    return this.workers.files.call((remote) => remote.writeTable(table, spreadsheetSafe));
  }

  dispose(): void {
    this.workers.files.terminate();
    this.workers.embedding.terminate();
    this.workers.space.terminate();
    this.workers.layout.terminate();
  }
}

class Workers {
  readonly embedding = new WorkerHandle<EmbeddingWork>(
    'embedding',
    () => new Worker(new URL('./embedding.worker.ts', import.meta.url), { type: 'module' }),
    (remote, life) => remote.begin(life, document.baseURI, this.device),
  );
  readonly space: WorkerHandle<SpaceWork>;
  readonly layout = new WorkerHandle<LayoutWork>(
    'layout',
    () => new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' }),
    (remote, life) => remote.begin(life),
  );

  readonly files = new WorkerHandle<FilesWork>(
    'files',
    () => new Worker(new URL('./files.worker.ts', import.meta.url), { type: 'module' }),
    (remote, life) => remote.begin(life),
  );

  constructor(
    public device: Device,
    onVectorsLost: () => void,
  ) {
    this.space = new WorkerHandle<SpaceWork>(
      'space',
      () => new Worker(new URL('./space.worker.ts', import.meta.url), { type: 'module' }),
      (remote, life) => remote.begin(life),
      onVectorsLost,
    );
  }
}

function embeddingHost({ embedding }: Workers): EmbeddingHost {
  return {
    embed: (texts, spec, onProgress, signal) =>
      embedding.call((remote) => remote.embed(texts, spec, onProgress, signal)),
    embedLayers: (texts, spec, onProgress, signal) =>
      embedding.call((remote) => remote.embedLayers(texts, spec, onProgress, signal)),
    inspect: inspectOf(embedding),
    remember: (texts, spec, vectors) => embedding.call((remote) => remote.remember(texts, spec, handOver(vectors))),
  };
}

function spaceHost({ space }: Workers): SpaceHost {
  return {
    update: (id, removed, added, vectors) =>
      space.call((remote) => remote.update(id, removed, added, handOver(vectors))),
    vectors: (id, ids) => space.call((remote) => remote.vectors(id, ids)),
    neighbours: (id, k, onProgress, signal, ids) =>
      space.call((remote) => remote.neighbours(id, k, onProgress, signal, ids)),
    start: (id, options, ids) => space.call((remote) => remote.start(id, options, ids)),
    place: (id, ids, placed, positions, options) =>
      space.call((remote) => remote.place(id, ids, placed, positions, options)),
    ask: askOf(space),
  };
}

/** Comlink's type of a remote function forgets which answer belongs to which question. */
function askOf(space: WorkerHandle<SpaceWork>): SpaceHost['ask'] {
  async function ask<K extends QuestionKind>(...given: Asked<K>): Promise<Answer<K>>;
  async function ask(...[id, question, texts, onProgress, signal]: Asked<QuestionKind>): Promise<unknown> {
    return space.call<unknown>((remote) => remote.ask(id, question, handOver(texts), onProgress, signal));
  }
  return ask;
}

type Asked<K extends QuestionKind> = Parameters<typeof Spaces.prototype.ask<K>>;

/** As `askOf`. */
function inspectOf(embedding: WorkerHandle<EmbeddingWork>): EmbeddingHost['inspect'] {
  async function inspect<K extends InspectionKind>(...given: Inspected<K>): Promise<Finding<K>>;
  async function inspect(...[spec, inspection, onProgress, signal]: Inspected<InspectionKind>): Promise<unknown> {
    return embedding.call<unknown>((remote) => remote.inspect(spec, inspection, onProgress, signal));
  }
  return inspect;
}

type Inspected<K extends InspectionKind> = Parameters<typeof Embedder.prototype.inspect<K>>;

/** Cancel ends the worker: UMAP's first step (the graph's weights) cannot be interrupted otherwise. */
function layoutHost({ layout }: Workers): LayoutHost {
  return {
    layout: (graph, start, request, onFrame, onProgress, signal) => {
      signal?.throwIfAborted();
      const cancelled = new Promise<never>((_, reject) => {
        signal?.addEventListener(
          'abort',
          () => {
            layout.terminate();
            reject(signal.reason);
          },
          { once: true },
        );
      });
      return Promise.race([
        layout.call((remote) => remote.layout(graph, start, request, onFrame, onProgress)),
        cancelled,
      ]);
    },
  };
}
