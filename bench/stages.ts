/** How long the stages of the pipeline take in Node, each on what the one before gave. */
import { Embedder, type EmbedderOptions } from '../src/embedding/embedder';
import { defaultModelFor } from '../src/embedding/registry';
import { layoutGraph } from '../src/projection/layout';
import { findNeighbours } from '../src/projection/neighbours';
import { defaultOptions } from '../src/projection/options';
import { startPositions } from '../src/projection/start';

/** Seconds by stage, and the process's peak memory. */
export interface StageTimes {
  readonly model: number;
  readonly embedding: number;
  readonly neighbours: number;
  readonly start: number;
  readonly layout: number;
  readonly peakMemoryMB: number;
}

/** The default model and the default options; one run in a process of its own. */
export async function measureStages(texts: readonly string[], options: EmbedderOptions): Promise<StageTimes> {
  const { id: modelId, prompt } = defaultModelFor('en');
  const { nNeighbors, dims, seed } = defaultOptions;
  const embedder = new Embedder(options);
  const model = await time(() => embedder.load(modelId));
  const embedding = await time(() => embedder.embed(texts, { modelId, prompt }));
  const { matrix } = embedding.result;
  const graph = await time(() => findNeighbours(matrix, nNeighbors - 1));
  const start = await time(() => startPositions(matrix, dims, seed));
  const layout = await time(() => layoutGraph(graph.result, start.result, defaultOptions));
  return {
    model: model.seconds,
    embedding: embedding.seconds,
    neighbours: graph.seconds,
    start: start.seconds,
    layout: layout.seconds,
    // Kilobytes on every system (libuv).
    peakMemoryMB: process.resourceUsage().maxRSS / 1024,
  };
}

async function time<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}
