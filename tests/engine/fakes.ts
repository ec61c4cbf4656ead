/** An engine whose embedding is a function of the text, so that every vector and every call is known. */
import type { Embedding } from '../../src/embedding/embedder';
import { findModel } from '../../src/embedding/registry';
import { ComposedEngine } from '../../src/engine/engine';
import type { EmbeddingHost, LayoutHost } from '../../src/engine/hosts';
import { Spaces } from '../../src/engine/spaces';
import { layoutGraph } from '../../src/projection/layout';
import type { Item, KnnGraph, LayoutRequest, SpaceSpec } from '../../src/types';
import { normalise } from '../../src/vectors';

export const dim = 8;
export const spec: SpaceSpec = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };

/** A unit vector that depends on the text alone. */
export function vectorOf(text: string): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(dim);
  // FNV-1a of the text and the dimension: spread out, and the same everywhere.
  for (let d = 0; d < dim; d++) {
    let hash = 2166136261 ^ d;
    for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619);
    vector[d] = ((hash >>> 0) / 2 ** 32) * 2 - 1;
  }
  normalise(vector);
  return vector;
}

export function itemsOf(...texts: string[]): Item[] {
  return texts.map((text) => ({ id: `id of ${text}`, text }));
}

export const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

export interface Calls {
  /** Texts of each request for vectors. */
  readonly embedded: string[][];
  readonly remembered: string[][];
  /** Graphs that were laid out. */
  readonly graphs: KnnGraph[];
  /** How. */
  readonly requests: LayoutRequest[];
}

/** The text whose vector stands for that of `text` after a layer that is not the last. */
export const layerText = (text: string, layer: number) => `${text} after layer ${layer}`;

/** Texts of more than 20 characters count as cut. `gate` holds requests back until it resolves. */
export function createFakeEngine({ gate }: { gate?: (texts: readonly string[]) => Promise<void> } = {}) {
  const calls: Calls = { embedded: [], remembered: [], graphs: [], requests: [] };
  const embedding: EmbeddingHost = {
    embed: async (texts, _spec, onProgress, signal): Promise<Embedding> => {
      calls.embedded.push([...texts]);
      await gate?.(texts);
      signal?.throwIfAborted();
      const data = new Float32Array(texts.length * dim);
      texts.forEach((text, i) => data.set(vectorOf(text), i * dim));
      onProgress?.({ stage: 'embedding', done: texts.length, total: texts.length });
      const truncated = texts.flatMap((text, i) => (text.length > 20 ? [i] : []));
      return { matrix: { data, rows: texts.length, dim }, truncated, reused: 0 };
    },
    holdAdapter: () => Promise.reject(new Error('this engine has no model to adapt')),
    embedLayers: async (texts, { modelId }) => {
      calls.embedded.push([...texts]);
      await gate?.(texts);
      const { layers } = findModel(modelId);
      const matrices = Array.from({ length: layers + 1 }, (_, layer) => {
        const data = new Float32Array(texts.length * dim);
        texts.forEach((text, i) => data.set(vectorOf(layer === layers ? text : layerText(text, layer)), i * dim));
        return { data, rows: texts.length, dim };
      });
      return { matrices, truncated: [] };
    },
    inspect: () => Promise.reject(new Error('this engine has no model to look into')),
    remember: async (texts) => {
      calls.remembered.push([...texts]);
    },
  };
  const layouts: LayoutHost = {
    layout: (graph, start, request, onFrame, onProgress, signal) => {
      calls.graphs.push(graph);
      calls.requests.push(request);
      return layoutGraph(graph, start, request, { onFrame, onProgress, signal });
    },
  };
  return { engine: new ComposedEngine(embedding, new Spaces(), layouts), calls };
}
