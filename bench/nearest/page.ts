/** Measures neighbours in a worker and, where it was built in, hnswlib-wasm: scripts call `measureNearest` in the page. */
import { wrap } from 'comlink';
import type { Matrix } from '../../src/types';
import { timeSides, type NearestTimes } from './turns';
import type { SidesWork } from './sides.worker';

export interface NearestTask {
  readonly rows: number;
  readonly dim: number;
  readonly k: number;
  readonly questions: number;
  /** Its parameters, where hnswlib-wasm is measured too. */
  readonly hnsw?: { readonly m: number; readonly efConstruction: number; readonly efSearch: number } | undefined;
}

export interface NearestResult extends NearestTimes {
  readonly hnsw?: HnswResult;
}

interface HnswResult {
  readonly buildSeconds: number;
  /** Milliseconds of each question. */
  readonly times: readonly number[];
  /** Mean share of the true neighbours among those that it found. */
  readonly recall: number;
}

window.measureNearest = async (task) => {
  const { rows, dim, k, hnsw } = task;
  const response = await fetch('vectors.f32');
  const data = new Float32Array(await response.arrayBuffer(), 0, rows * dim);
  const worker = new Worker(new URL('./sides.worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<SidesWork>(worker);
  await remote.load({ data, rows, dim });
  const index = hnsw && (await buildIndex({ data, rows, dim }, hnsw));
  const times: number[] = [];
  let hits = 0;
  const result = await timeSides(
    (side, row, many) => remote.ask(side, row, many),
    rows,
    task,
    (row, exact) => {
      if (!index) return;
      const query = data.slice(row * dim, (row + 1) * dim);
      const began = performance.now();
      // The row itself is among its own.
      const { neighbors } = index.searchKnn(query, k + 1, undefined);
      times.push(performance.now() - began);
      const found = new Set(neighbors);
      for (const other of exact) if (found.has(other)) hits++;
    },
  );
  worker.terminate();
  return {
    ...result,
    ...(index && { hnsw: { buildSeconds: index.seconds, times, recall: hits / (task.questions * k) } }),
  };
};

/** It says of itself that it runs in no worker. */
async function buildIndex(
  { data, rows, dim }: Matrix,
  { m, efConstruction, efSearch }: NonNullable<NearestTask['hnsw']>,
) {
  const { loadHnswlib } = await import('hnswlib-wasm');
  const { HierarchicalNSW } = await loadHnswlib();
  const index = new HierarchicalNSW('ip', dim, '');
  index.initIndex(rows, m, efConstruction, 42);
  const began = performance.now();
  for (let row = 0; row < rows; row++) index.addPoint(data.slice(row * dim, (row + 1) * dim), row, false);
  const seconds = (performance.now() - began) / 1000;
  index.setEfSearch(efSearch);
  return { seconds, searchKnn: index.searchKnn.bind(index) };
}
