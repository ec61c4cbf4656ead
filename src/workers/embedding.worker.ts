/** The embedding worker: the model, and the memory of its vectors. */
import { expose, transfer } from 'comlink';
import { Embedder, type Embedding, type LayersEmbedding } from '../embedding/embedder';
import type { InspectionKind, InspectionOf } from '../inspections';
import type { Matrix, OnProgress, SpaceSpec } from '../types';
import { holdLife } from './life';
import { modelReader } from './modelFetch';
import { denyOtherOrigins } from './origin';
import { createBrowserRuntime } from './runtime';
import { handOver, registerTransfer } from './transfer';
import { createVectorMemory } from './vectorMemory';

export type Device = 'wasm' | 'webgpu';

const denied = denyOtherOrigins();
registerTransfer();
const memory = createVectorMemory();
let embedder: Embedder | undefined;

const work = {
  /** `base` is the page's address, beside which the models lie. */
  async begin(life: string, base: string, device: Device) {
    await Promise.all([holdLife(life), denied]);
    embedder = new Embedder({ createRuntime: () => createBrowserRuntime(device), readFile: modelReader(base), memory });
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
  inspect: <K extends InspectionKind>(
    spec: SpaceSpec,
    inspection: InspectionOf<K>,
    onProgress: OnProgress | undefined,
    signal: AbortSignal | undefined,
  ) => begun().inspect(spec, inspection, onProgress, signal),
  async remember(texts: readonly string[], spec: SpaceSpec, vectors: Matrix) {
    await begun().remember(texts, spec, vectors);
  },
};

export type EmbeddingWork = typeof work;

function begun(): Embedder {
  if (!embedder) throw new Error('the embedding worker was not begun');
  return embedder;
}

expose(work);
