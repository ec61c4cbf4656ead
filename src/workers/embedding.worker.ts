/**
 * The embedding worker: the model, and the memory of its vectors. Under another name the same script is the trial worker: each worker is
 * bundled by itself, and the libraries of both (464 kB) would be fetched and kept twice.
 */
import { expose, transfer } from 'comlink';
import type { Adapter } from '../adapters';
import { Embedder, type Embedding, type LayersEmbedding } from '../embedding/embedder';
import type { InspectionKind, InspectionOf } from '../inspections';
import { addModel, removeModel } from '../embedding/registry';
import type { Matrix, OnProgress, SpaceSpec } from '../types';
import { holdLife } from './life';
import { modelReader } from './modelFetch';
import { denyOtherOrigins } from './origin';
import { createBrowserRuntime } from './runtime';
import { blobReader, type OwnModel } from './blobs';
import { handOver, handOverAll, registerTransfer } from './transfer';
import { trialName, trialWork } from './trialWork';
import { createVectorMemory } from './vectorMemory';

export type Device = 'wasm' | 'webgpu';

const denied = denyOtherOrigins();
registerTransfer();
const memory = createVectorMemory();
let embedder: Embedder | undefined;
/** The models that were opened, by id. */
const own = new Map<string, OwnModel>();

const work = {
  /** `base` is the page's address, beside which the bundled models lie; `opened` are known besides. */
  async begin(life: string, base: string, device: Device, opened: readonly OwnModel[]) {
    await Promise.all([holdLife(life), denied]);
    for (const model of opened) add(model);
    const bundled = modelReader(base);
    embedder = new Embedder({
      createRuntime: () => createBrowserRuntime(device),
      readFile: (entry) => {
        const model = own.get(entry.id);
        return model ? blobReader(model) : bundled(entry);
      },
      memory,
    });
  },
  addModel: async (model: OwnModel) => add(model),
  removeModel: async (id: string) => {
    own.delete(id);
    removeModel(id);
  },
  async load(modelId: string, onProgress: OnProgress | undefined, signal: AbortSignal | undefined) {
    await begun().load(modelId, onProgress, signal);
  },
  async embed(
    texts: readonly string[],
    spec: SpaceSpec,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Embedding> {
    const embedding = await begun().embed(texts, spec, onProgress, signal);
    handOver(embedding.matrix);
    return embedding;
  },
  async embedLayers(
    texts: readonly string[],
    spec: SpaceSpec,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ): Promise<LayersEmbedding> {
    const embedding = await begun().embedLayers(texts, spec, onProgress, signal);
    return transfer(
      embedding,
      embedding.matrices.map(({ data }) => data.buffer),
    );
  },
  async inspect<K extends InspectionKind>(
    spec: SpaceSpec,
    inspection: InspectionOf<K>,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ) {
    return handOverAll(await begun().inspect(spec, inspection, onProgress, signal));
  },
  async writeAdapted(adapter: Adapter) {
    const bytes = await begun().writeAdapted(adapter);
    return transfer(bytes, [bytes.buffer]);
  },
  async holdAdapter(adapter: Adapter) {
    begun().holdAdapter(adapter);
  },
  async remember(texts: readonly string[], spec: SpaceSpec, vectors: Matrix) {
    await begun().remember(texts, spec, vectors);
  },
};

export type EmbeddingWork = typeof work;

const trial = {
  async begin(life: string) {
    await Promise.all([holdLife(life), denied]);
  },
  ...trialWork,
};

export type TrialWork = typeof trial;

function add(model: OwnModel): void {
  addModel(model.entry);
  own.set(model.entry.id, model);
}

function begun(): Embedder {
  if (!embedder) throw new Error('the embedding worker was not begun');
  return embedder;
}

expose(self.name === trialName ? trial : work);
