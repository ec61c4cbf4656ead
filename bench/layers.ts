/** What vectors after all layers cost beside the vectors of the last alone: in Node and, with another runtime, in a browser's worker. */
import { Embedder, type EmbedderOptions } from '../src/embedding/embedder';
import { findModel } from '../src/embedding/registry';

export interface LayersTask {
  readonly modelId: string;
  readonly texts: readonly string[];
  readonly rounds: number;
}

/** Median seconds of both sides. */
export interface LayersCost {
  readonly layers: number;
  readonly last: number;
  readonly all: number;
  /** All layers to the last alone, the median of the rounds: both sides of a round met the same load. */
  readonly ratio: number;
}

/** The sides take turns, and so does which of them begins. Throws when they do not give the same vectors of the last layer. */
export async function measureLayers(
  { modelId, texts, rounds }: LayersTask,
  options: EmbedderOptions,
): Promise<LayersCost> {
  const { layers, prompt } = findModel(modelId);
  const spec = { modelId, prompt };
  const embedder = new Embedder(options);
  await embedder.load(modelId);
  const sides = {
    last: async () => (await embedder.embed(texts, spec)).matrix,
    all: async () => (await embedder.embedLayers(texts, spec)).matrices[layers]!,
  };
  const [expected, got] = [await sides.last(), await sides.all()];
  if (!expected.data.every((value, i) => value === got.data[i])) throw new Error('the two sides give other vectors');
  const seconds = { last: [] as number[], all: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const side of round % 2 === 0 ? (['last', 'all'] as const) : (['all', 'last'] as const)) {
      const start = performance.now();
      await sides[side]();
      seconds[side].push((performance.now() - start) / 1000);
    }
  return {
    layers: layers + 1,
    last: median(seconds.last),
    all: median(seconds.all),
    ratio: median(seconds.all.map((all, round) => all / seconds.last[round]!)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
