/** The one client of the workers: an engine whose long work is done elsewhere, so that no frame waits for it. */
import { afterFrame } from '../afterFrame';
import type { Adapter, RowPair, TextPair, TuningEpoch, TuningOptions } from '../adapters';
import { ComposedEngine } from '../engine/engine';
import type { Embedder } from '../embedding/embedder';
import type { Spaces } from '../engine/spaces';
import type { EmbeddingHost, LayoutHost, SpaceHost } from '../engine/hosts';
import type { Finding, InspectionKind } from '../inspections';
import { packItems } from '../packedItems';
import type { Answer, QuestionKind } from '../questions';
import type { Preview, ReadingOptions } from '../reading';
import type { CellTable, Dataset, ExportFormat, ExportOptions, Matrix, NewItem, OnProgress, SpaceSpec } from '../types';
import { addModel, removeModel } from '../embedding/registry';
import type { OwnModel, OwnSource, TriedModel } from './blobs';
import type { Device, EmbeddingWork } from './embedding.worker';
import type { FilesWork } from './files.worker';
import { WorkerHandle } from './handle';
import type { LayoutWork } from './layout.worker';
import type { SpaceWork } from './space.worker';
import { openModel } from './trial';
import { packDataset, unpackDataset } from './packedDataset';
import { handOver } from './transfer';
import type { TuningWork } from './tuning.worker';
import type { TunedAdapter } from '../tuning/tuneAdapter';
import { untilAbort } from './untilAbort';

export type { Device, OwnModel, OwnSource, TriedModel };

export class WorkerEngine extends ComposedEngine {
  private readonly workers: Workers;

  constructor(device: Device) {
    const workers = new Workers(device, () => this.forgetSpaces());
    super(embeddingHost(workers), spaceHost(workers), layoutHost(workers));
    this.workers = workers;
  }

  /** Starts the workers that a first map needs while the page does something else. */
  warmUp(): void {
    void this.workers.reading.start().catch(() => undefined);
    void this.workers.space.start().catch(() => undefined);
  }

  /** Loads a model before it is needed, so that the first typed word does not wait for it. */
  load(modelId: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<void> {
    return this.workers.embedding.call((remote) => remote.load(modelId, onProgress, signal));
  }

  /** As `openModel` of trial.ts: the model that is loaded, and all spaces, are left as they are. */
  openModel(name: string, source: OwnSource, signal?: AbortSignal): Promise<TriedModel> {
    return openModel(name, source, signal);
  }

  /** Makes a model of the person's own known, here and to the worker. Throws an InputError where another one has its id. */
  addModel(model: OwnModel): void {
    addModel(model.entry);
    this.workers.own.set(model.entry.id, model);
    // A worker that is started by this call, or again after it died, begins with all of them.
    void this.workers.embedding.call((remote) => remote.addModel(model)).catch(() => undefined);
  }

  removeModel(id: string): void {
    removeModel(id);
    if (this.workers.own.delete(id))
      void this.workers.embedding.call((remote) => remote.removeModel(id)).catch(() => undefined);
  }

  /** Whether a zip archive is that of a model, and no file of texts. */
  holdsModel(file: File): Promise<boolean> {
    return this.workers.files.call((remote) => remote.holdsModel(file));
  }

  /** Runs the models on another device from the next text on; what is under way fails. */
  setDevice(device: Device): void {
    this.workers.device = device;
    this.workers.embedding.terminate();
  }

  /**
   * What a file holds, with those that belong to it (see `groupFiles`); Cancel ends the worker. Throws an InputError that says what is wrong with it,
   * and where.
   */
  openFile(
    file: File,
    beside: readonly File[] = [],
    options: ReadingOptions = {},
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Dataset> {
    const { reading } = this.workers;
    return untilAbort(reading, signal, async () => {
      return unpackDataset(await reading.call((remote) => remote.open(file, beside, options, onProgress)));
    });
  }

  /** Files that came together, each with those that belong to it. */
  async groupFiles(files: readonly File[]): Promise<readonly (readonly [File, ...File[]])[]> {
    const groups = await this.workers.files.call((remote) => remote.group(files));
    return groups.map(([first = 0, ...others]) => [files[first]!, ...others.map((i) => files[i]!)] as const);
  }

  /** As `previewFile` of data/preview.ts. */
  previewFile(file: File, options: ReadingOptions): Promise<Preview | undefined> {
    return this.workers.files.call((remote) => remote.preview(file.name, file, options));
  }

  /** Whether a table of these items would have cells that a spreadsheet runs as formulas. */
  hasRiskyCells(items: readonly NewItem[]): Promise<boolean> {
    return this.workers.files.call((remote) => remote.hasRiskyCells(packItems(items)));
  }

  /** The dataset's vectors and positions go to the worker. */
  writeFile(format: ExportFormat, dataset: Dataset, options: ExportOptions): Promise<Blob> {
    return this.workers.files.call((remote) => remote.write(format, packDataset(dataset), options));
  }

  /** The ONNX file of the adapter's model with the adapter appended. */
  writeAdapted(adapter: Adapter): Promise<Uint8Array<ArrayBuffer>> {
    return this.workers.embedding.call((remote) => remote.writeAdapted(adapter));
  }

  /** A table as CSV. With `spreadsheetSafe`, cells that a spreadsheet would run are prefixed with an apostrophe. */
  writeTable(table: CellTable, spreadsheetSafe: boolean): Promise<Blob> {
    return this.workers.files.call((remote) => remote.writeTable(table, spreadsheetSafe));
  }

  /** Trains an adapter of `base` on pairs of rows; Cancel ends the worker. */
  tune(
    base: SpaceSpec,
    vectors: Matrix,
    pairs: readonly RowPair[],
    options: TuningOptions,
    onEpoch: (epoch: TuningEpoch) => void,
    signal?: AbortSignal,
  ): Promise<TunedAdapter> {
    const { tuning } = this.workers;
    return untilAbort(tuning, signal, () =>
      tuning.call((remote) => remote.tune(base, handOver(vectors), pairs, options, onEpoch)),
    );
  }

  /** As `tuning/` reads, writes and draws pairs and adapters. */
  readonly tuningFiles = {
    parsePairs: (file: string, bytes: Uint8Array<ArrayBuffer>) =>
      this.workers.files.call((remote) => remote.parsePairs(file, bytes)),
    writePairs: (pairs: readonly TextPair[]) => this.workers.files.call((remote) => remote.writePairs(pairs)),
    readAdapter: (file: string, bytes: Uint8Array<ArrayBuffer>) =>
      this.workers.files.call((remote) => remote.readAdapter(file, bytes)),
    writeAdapter: (adapter: Adapter) => this.workers.files.call((remote) => remote.writeAdapter(adapter)),
  };

  dispose(): void {
    this.workers.files.terminate();
    this.workers.reading.terminate();
    this.workers.embedding.terminate();
    this.workers.space.terminate();
    this.workers.layout.terminate();
    this.workers.tuning.terminate();
  }
}

class Workers {
  /** The models that were opened, by id. */
  readonly own = new Map<string, OwnModel>();
  /** By id: an embedding worker that starts anew is told of them. */
  readonly adapters = new Map<string, Adapter>();
  readonly embedding = new WorkerHandle<EmbeddingWork>(
    'embedding',
    () => new Worker(new URL('./embedding.worker.ts', import.meta.url), { type: 'module' }),
    async (remote, life) => {
      await remote.begin(life, document.baseURI, this.device, [...this.own.values()]);
      for (const adapter of this.adapters.values()) await remote.holdAdapter(adapter);
    },
  );
  readonly space: WorkerHandle<SpaceWork>;
  readonly layout = new WorkerHandle<LayoutWork>(
    'layout',
    () => new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' }),
    (remote, life) => remote.begin(life),
  );

  readonly files = filesHandle('files');
  /** Another of the same kind: a Cancel that ends it ends no export. */
  readonly reading = filesHandle('reading');

  readonly tuning = new WorkerHandle<TuningWork>(
    'tuning',
    () => new Worker(new URL('./tuning.worker.ts', import.meta.url), { type: 'module' }),
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

function embeddingHost({ adapters, embedding }: Workers): EmbeddingHost {
  return {
    holdAdapter: async (adapter) => {
      adapters.set(adapter.id, adapter);
      await embedding.call((remote) => remote.holdAdapter(adapter));
    },
    embed: (texts, spec, onProgress, signal) =>
      embedding.call((remote) => remote.embed(texts, spec, onProgress, signal)),
    embedLayers: (texts, spec, onProgress, signal) =>
      embedding.call((remote) => remote.embedLayers(texts, spec, onProgress, signal)),
    inspect: inspectOf(embedding),
    remember: async (texts, spec, vectors) => {
      // Texts by the hundred thousand take a while to be copied to the worker, and nobody waits for them there.
      await afterFrame();
      await embedding.call((remote) => remote.remember(texts, spec, handOver(vectors)));
    },
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

function filesHandle(name: string): WorkerHandle<FilesWork> {
  return new WorkerHandle<FilesWork>(
    name,
    () => new Worker(new URL('./files.worker.ts', import.meta.url), { type: 'module' }),
    (remote, life) => remote.begin(life),
  );
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
    layout: (graph, start, request, onFrame, onProgress, signal) =>
      untilAbort(layout, signal, () =>
        layout.call((remote) => remote.layout(graph, start, request, onFrame, onProgress)),
      ),
  };
}
