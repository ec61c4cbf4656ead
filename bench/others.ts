/** Other implementations in JavaScript, as anyone would call them: with their own neighbours and their own start. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { UMAP } from 'umap-js';
import { defaultOptions, epochsFor } from '../src/projection/options';
import { createRandom } from '../src/projection/random';
import type { KnnGraph, Matrix, Positions } from '../src/types';

/** A map, the graph that it was made from, and the seconds it took. */
export interface Timed {
  readonly seconds: number;
  readonly positions: Positions;
  readonly graph: KnnGraph;
}

/** Seconds that umap-js takes, at our options and with as many epochs as ours. */
export function projectByUmapJs({ data, rows, dim }: Matrix): number {
  const vectors = Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * dim, (row + 1) * dim)));
  const { nNeighbors, minDist, dims, seed } = defaultOptions;
  const distanceFn = (a: number[], b: number[]) => {
    let cosine = 0;
    for (let d = 0; d < dim; d++) cosine += a[d]! * b[d]!;
    return 1 - cosine;
  };
  const began = performance.now();
  const nEpochs = epochsFor(rows);
  const umap = new UMAP({ nComponents: dims, nNeighbors, minDist, nEpochs, distanceFn, random: createRandom(seed) });
  umap.fit(vectors);
  return (performance.now() - began) / 1000;
}

/** What of Embedding Atlas is used: `dist/umap.js` of its package, WebAssembly on one thread. */
interface Atlas {
  createUMAP(
    count: number,
    inputDim: number,
    outputDim: number,
    data: Float32Array,
    options: Readonly<Record<string, string | number>>,
  ): Promise<AtlasMap>;
}

interface AtlasMap {
  /** Epochs that were run. */
  readonly epoch: number;
  readonly embedding: Float32Array;
  /** `count x nNeighbors`, row-major; the row itself is the first of its own. */
  readonly knnIndices: Int32Array;
  readonly knnDistances: Float32Array;
  run(): Promise<void>;
  destroy(): void;
}

/**
 * A whole projection by Embedding Atlas, at our options and with as many epochs as ours. It finds its neighbours by nearest
 * neighbour descent (Dong, Moses & Li 2011) and starts from the spectral embedding.
 *
 * @param file its `dist/umap.js`
 */
export async function projectByAtlas(file: string, { data, rows, dim }: Matrix, seed: number): Promise<Timed> {
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
  if (!isAtlas(loaded)) throw new Error(`${file} has no createUMAP: it is of another version of Embedding Atlas`);
  const { nNeighbors, minDist, spread, dims } = defaultOptions;
  const nEpochs = epochsFor(rows);
  const options = { metric: 'cosine', nNeighbors, minDist, spread, seed, nEpochs };
  const began = performance.now();
  const umap = await loaded.createUMAP(rows, dim, dims, data, options);
  await umap.run();
  const seconds = (performance.now() - began) / 1000;
  if (umap.epoch !== nEpochs) throw new Error(`Embedding Atlas ran ${umap.epoch} epochs instead of ${nEpochs}`);
  const positions: Positions = { data: umap.embedding.slice(), rows, dim: dims };
  const graph = withoutSelf(umap, rows, nNeighbors);
  umap.destroy();
  return { seconds, positions, graph };
}

function isAtlas(loaded: unknown): loaded is Atlas {
  return typeof loaded === 'object' && loaded !== null && 'createUMAP' in loaded;
}

function withoutSelf({ knnIndices, knnDistances }: AtlasMap, rows: number, nNeighbors: number): KnnGraph {
  const k = nNeighbors - 1;
  const graph = { indices: new Int32Array(rows * k), distances: new Float32Array(rows * k), rows, k };
  for (let row = 0; row < rows; row++) {
    const from = row * nNeighbors;
    if (knnIndices[from] !== row) throw new Error(`row ${row} is not the first of its own neighbours`);
    graph.indices.set(knnIndices.subarray(from + 1, from + nNeighbors), row * k);
    graph.distances.set(knnDistances.subarray(from + 1, from + nNeighbors), row * k);
  }
  return graph;
}

/** A map of another program: raw float32 numbers, rows x 3. */
export function readMap(file: string, rows: number): Positions {
  const bytes = readFileSync(file);
  const data = new Float32Array(rows * 3);
  if (bytes.length !== data.byteLength) throw new Error(`${file} has ${bytes.length} bytes, not ${rows} x 3 x 4`);
  new Uint8Array(data.buffer).set(bytes);
  return { data, rows, dim: 3 };
}
