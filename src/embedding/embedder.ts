/** Texts to vectors: in which order texts are run, and what is already known. */
import type { Adapter } from '../adapters';
import { InputError } from '../errors';
import { importedPrompt, readImported, type Imported } from '../imported';
import type { Finding, InspectionKind, InspectionOf } from '../inspections';
import { nextTurn } from '../turn';
import type { Matrix, OnProgress, SpaceSpec } from '../types';
import { applyAdapter } from './adapter';
import { createMatrix } from '../vectors';
import { makeBatches } from './batches';
import { inspect } from './inspect';
import { appendAdapter } from './onnxAdapter';
import type { Model } from './model';
import { ModelHolder, type ModelOptions } from './modelHolder';
import { applyPrompt } from './prompt';
import { findModel, modelIdentity } from './registry';

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

/** Vectors of the same texts after each layer of a model. */
export interface LayersEmbedding {
  /** Texts x dim, in the order of the texts: first the embedding layer's (0), at the end the model's own. */
  readonly matrices: readonly Matrix[];
  /** As in `Embedding`. */
  readonly truncated: readonly number[];
}

export interface EmbedderOptions extends ModelOptions {
  readonly memory?: VectorMemory;
}

export class Embedder {
  private readonly models: ModelHolder;
  private readonly adapters = new Map<string, Adapter>();

  constructor(private readonly options: EmbedderOptions) {
    this.models = new ModelHolder(options);
  }

  /** As `ModelHolder` loads it. */
  load(modelId: string, onProgress?: OnProgress, signal?: AbortSignal): Promise<Model> {
    return this.models.load(modelId, onProgress, signal);
  }

  /** Makes an adapter known, whose id a spec may name from now on. */
  holdAdapter(adapter: Adapter): void {
    this.adapters.set(adapter.id, adapter);
  }

  /**
   * Vectors of `texts`. Progress counts texts. The model is loaded only if some vector is not yet known; of imported ones all must be. What
   * is remembered are the model's own vectors, to which an adapter is applied each time. Throws an InputError (model files, canary, prompt,
   * adapter, imported vectors) or the signal's reason.
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
    const adapter = this.adapterOf(spec);
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
      let done = reused;
      onProgress?.({ stage: 'embedding', done, total: texts.length });
      const runs = this.run(
        model,
        missing.map((i) => prompted[i]!),
        [layer],
        signal,
      );
      for await (const { batch, tokens, vectors } of runs) {
        const rows = batch.map((at) => missing[at]!);
        const fresh = batch.map((at, row) => {
          const vector = vectors[0]!.slice(row * entry.dim, (row + 1) * entry.dim);
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
    const matrix = { data, rows: texts.length, dim: entry.dim };
    if (adapter) await applyAdapter(matrix, adapter, signal);
    return { matrix, truncated, reused };
  }

  /**
   * Vectors of `texts` after every layer of the model, in one pass over them; none is remembered. Layers x texts x dim x 4 bytes: 20 KB
   * a text for 13 layers of 384 dimensions. Throws as `embed` does, and where the model's file lacks the state of a layer.
   */
  async embedLayers(
    texts: readonly string[],
    spec: SpaceSpec,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<LayersEmbedding> {
    const { dim, layers } = findModel(spec.modelId);
    const all = Array.from({ length: layers + 1 }, (_, layer) => layer);
    const matrices = all.map(() => createMatrix(new Float32Array(texts.length * dim), dim));
    const truncated: number[] = [];
    const prompted = texts.map((text) => applyPrompt(spec.prompt, text));
    if (texts.length === 0) return { matrices, truncated };
    const model = await this.load(spec.modelId, onProgress, signal);
    let done = 0;
    onProgress?.({ stage: 'embedding', done, total: texts.length });
    for await (const { batch, tokens, vectors } of this.run(model, prompted, all, signal)) {
      batch.forEach((at, row) => {
        vectors.forEach((rows, layer) => {
          matrices[layer]!.data.set(rows.subarray(row * dim, (row + 1) * dim), at * dim);
        });
        if (tokens[at]!.truncated) truncated.push(at);
      });
      done += batch.length;
      onProgress?.({ stage: 'embedding', done, total: texts.length });
    }
    truncated.sort((a, b) => a - b);
    return { matrices, truncated };
  }

  /**
   * Remembers vectors that were made elsewhere with the same weights (texts x dim), so that they are not made again. Those that are not
   * the model's own (of a layer, of an adapter) are let go.
   */
  async remember(texts: readonly string[], spec: SpaceSpec, vectors: Matrix): Promise<void> {
    const { memory } = this.options;
    if (!memory || spec.layer !== undefined || spec.adapter !== undefined) return;
    const { data, dim } = vectors;
    const known = texts.map((_, i) => ({ vector: data.slice(i * dim, (i + 1) * dim), truncated: false }));
    const identity = readImported(spec.modelId)?.sha256 ?? modelIdentity(findModel(spec.modelId));
    await memory.put(identity, spec.prompt, texts, known);
  }

  /** Looks inside the model of `spec`, which is loaded for it. Throws as `inspect` of inspect.ts does. */
  async inspect<K extends InspectionKind>(
    spec: SpaceSpec,
    inspection: InspectionOf<K>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<Finding<K>> {
    const model = await this.load(spec.modelId, onProgress, signal);
    return this.models.inTurn(() => {
      signal?.throwIfAborted();
      return inspect(model, spec, inspection);
    });
  }

  /** The ONNX file of the adapter's model with the adapter appended: `appendAdapter` says what it gives. */
  async writeAdapted(adapter: Adapter): Promise<Uint8Array<ArrayBuffer>> {
    const entry = findModel(adapter.base.modelId);
    const bytes = await this.options.readFile(entry)(entry.weights, () => undefined);
    if (!bytes) throw new InputError('modelFileMissing', { model: entry.id, file: entry.weights });
    return appendAdapter(bytes, entry, adapter);
  }

  private adapterOf({ adapter: id }: SpaceSpec): Adapter | undefined {
    if (id === undefined) return undefined;
    const adapter = this.adapters.get(id);
    if (!adapter) throw new InputError('adapterUnknown', { adapter: id });
    return adapter;
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

  /** Batch by batch, as indices of `prompted`: what the model reads of all of them, and their vectors after each of `layers`. */
  private async *run(model: Model, prompted: readonly string[], layers: readonly number[], signal?: AbortSignal) {
    const tokens = prompted.map((text) => model.tokeniser.tokenise(text));
    for (const batch of makeBatches(tokens.map(({ ids }) => ids.length))) {
      // WebAssembly runs on this thread: without a turn of the event loop neither a cancel, nor another request, nor the
      // memory's own storage would get through before the last batch.
      await nextTurn();
      signal?.throwIfAborted();
      const read = batch.map((at) => tokens[at]!);
      yield { batch, tokens, vectors: await this.models.inTurn(() => model.embedLayers(read, layers)) };
    }
  }
}
