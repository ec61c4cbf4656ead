/** Texts to vectors: which model is loaded, in which order texts are run, and what is already known. */
import { InputError, isAbort } from '../errors';
import { importedPrompt, readImported, type Imported } from '../imported';
import type { Finding, InspectionKind, InspectionOf } from '../inspections';
import { nextTurn } from '../turn';
import type { Matrix, OnProgress, SpaceSpec } from '../types';
import { makeBatches } from './batches';
import { checkCanary } from './canary';
import { inspect } from './inspect';
import { Model } from './model';
import { loadModelFiles, type ReadModelFile } from './modelFiles';
import { applyPrompt } from './prompt';
import { findModel, modelIdentity, type ModelEntry } from './registry';
import type { Runtime } from './runtime';
import { loadTokenizers } from './tokenizer';

/** A vector that is already known, and whether its text had been cut. */
export interface KnownVector {
  readonly vector: Float32Array<ArrayBuffer>;
  readonly truncated: boolean;
}

/** Where vectors outlive the page. Keys are (sha256 of the weights, or of imported vectors, prompt, text). */
export interface VectorMemory {
  get(identity: string, prompt: string, texts: readonly string[]): Promise<readonly (KnownVector | undefined)[]>;
  put(identity: string, prompt: string, texts: readonly string[], vectors: readonly KnownVector[]): Promise<void>;
}

export interface Embedding {
  /** Texts x dim, in the order of the texts. */
  readonly matrix: Matrix;
  /** Indices of the texts that were longer than the model's limit. */
  readonly truncated: readonly number[];
  /** How many vectors were already known. */
  readonly reused: number;
}

export interface EmbedderOptions {
  readonly createRuntime: () => Promise<Runtime>;
  readonly readFile: (entry: ModelEntry) => ReadModelFile;
  readonly memory?: VectorMemory;
}

export class Embedder {
  private loaded: { readonly id: string; readonly model: Promise<Model> } | undefined;
  /** The session is not re-entrant, and a typed word should not wait for a whole file: batches take turns. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: EmbedderOptions) {}

  /** Loads a model, checks its files and its canary. Loading the model that is loaded costs nothing. */
  async load(modelId: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<Model> {
    const imported = readImported(modelId);
    if (imported) throw new InputError('importedModel', { file: imported.file });
    if (this.loaded?.id !== modelId) {
      const previous = this.loaded?.model;
      const model = this.open(findModel(modelId), onProgress, signal);
      this.loaded = { id: modelId, model };
      // A model that failed is asked for again next time, not remembered as broken.
      model.catch(() => {
        if (this.loaded?.model === model) this.loaded = undefined;
      });
      void previous?.then((old) => this.inTurn(() => old.dispose())).catch(() => undefined);
    }
    try {
      return await this.loaded!.model;
    } catch (error) {
      // Another caller's Cancel stopped the load that this one shared.
      if (isAbort(error) && !signal?.aborted) return this.load(modelId, onProgress, signal);
      throw error;
    }
  }

  /**
   * Vectors of `texts`. Progress counts texts. The model is loaded only if some vector is not yet known; of imported ones all must be.
   * Throws an InputError (model files, canary, prompt, imported vectors) or the signal's reason.
   */
  async embed(
    texts: readonly string[],
    spec: SpaceSpec,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Embedding> {
    const imported = readImported(spec.modelId);
    if (imported) return this.recall(texts, spec, imported);
    const entry = findModel(spec.modelId);
    const identity = modelIdentity(entry);
    const prompted = texts.map((text) => applyPrompt(spec.prompt, text));
    // Vectors of a layer are looked at once in a while, and each text has as many as there are layers: they are not remembered.
    const memory = spec.layer === undefined ? this.options.memory : undefined;
    const layer = spec.layer ?? entry.layers;
    const known = (await memory?.get(identity, spec.prompt, texts)) ?? [];
    const data = new Float32Array(texts.length * entry.dim);
    const truncated: number[] = [];
    const missing: number[] = [];
    for (let i = 0; i < texts.length; i++) {
      const vector = known[i];
      if (vector?.vector.length !== entry.dim) missing.push(i);
      else {
        data.set(vector.vector, i * entry.dim);
        if (vector.truncated) truncated.push(i);
      }
    }
    const reused = texts.length - missing.length;
    if (missing.length > 0) {
      const model = await this.load(spec.modelId, onProgress, signal);
      const tokens = missing.map((i) => model.tokeniser.tokenise(prompted[i]!));
      let done = reused;
      onProgress?.({ stage: 'embedding', done, total: texts.length });
      for (const batch of makeBatches(tokens.map(({ ids }) => ids.length))) {
        // WebAssembly runs on this thread: without a turn of the event loop neither a cancel, nor another request, nor the
        // memory's own storage would get through before the last batch.
        await nextTurn();
        signal?.throwIfAborted();
        const [vectors] = await this.inTurn(() =>
          model.embedLayers(
            batch.map((at) => tokens[at]!),
            [layer],
          ),
        );
        const rows = batch.map((at) => missing[at]!);
        const fresh = batch.map((at, row) => {
          const vector = vectors!.slice(row * entry.dim, (row + 1) * entry.dim);
          const cut = tokens[at]!.truncated;
          data.set(vector, rows[row]! * entry.dim);
          if (cut) truncated.push(rows[row]!);
          return { vector, truncated: cut };
        });
        // Not awaited: remembering must not slow the next batch, and a full disk is not this request's failure.
        void memory
          ?.put(
            identity,
            spec.prompt,
            rows.map((i) => texts[i]!),
            fresh,
          )
          .catch(() => undefined);
        done += rows.length;
        onProgress?.({ stage: 'embedding', done, total: texts.length });
      }
    }
    truncated.sort((a, b) => a - b);
    return { matrix: { data, rows: texts.length, dim: entry.dim }, truncated, reused };
  }

  /** Remembers vectors that were made elsewhere with the same weights (texts x dim), so that they are not made again. */
  async remember(texts: readonly string[], spec: SpaceSpec, vectors: Matrix): Promise<void> {
    const { data, dim } = vectors;
    const known = texts.map((_, i) => ({ vector: data.slice(i * dim, (i + 1) * dim), truncated: false }));
    const identity = readImported(spec.modelId)?.sha256 ?? modelIdentity(findModel(spec.modelId));
    await this.options.memory?.put(identity, spec.prompt, texts, known);
  }

  /** Looks inside the model of `spec`, which is loaded for it. Throws as `inspect` of inspect.ts does. */
  async inspect<K extends InspectionKind>(
    spec: SpaceSpec,
    inspection: InspectionOf<K>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Finding<K>> {
    const model = await this.load(spec.modelId, onProgress, signal);
    return this.inTurn(() => {
      signal?.throwIfAborted();
      return inspect(model, spec.prompt, inspection);
    });
  }

  /** Imported vectors, which nothing here can make: those that are not remembered are lost. */
  private async recall(texts: readonly string[], { prompt }: SpaceSpec, imported: Imported): Promise<Embedding> {
    const { dim, sha256, file } = imported;
    if (prompt !== importedPrompt) throw new InputError('importedModel', { file });
    const known = (await this.options.memory?.get(sha256, prompt, texts)) ?? [];
    const data = new Float32Array(texts.length * dim);
    let lost = 0;
    for (let i = 0; i < texts.length; i++) {
      const vector = known[i]?.vector;
      if (vector?.length === dim) data.set(vector, i * dim);
      else lost++;
    }
    if (lost > 0) throw new InputError('importedLost', { file, count: lost });
    return { matrix: { data, rows: texts.length, dim }, truncated: [], reused: texts.length };
  }

  private async open(entry: ModelEntry, onProgress?: OnProgress, signal?: AbortSignal): Promise<Model> {
    const [files, runtime] = await Promise.all([
      loadModelFiles(entry, this.options.readFile(entry), onProgress, signal),
      this.options.createRuntime(),
      loadTokenizers(),
    ]);
    const model = await Model.create(entry, files, runtime);
    await this.inTurn(() => checkCanary(model, files));
    return model;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
