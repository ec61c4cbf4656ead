/**
 * Texts a second of our session and of the plain `feature-extraction` pipeline on the same file: in Node and, with
 * another runtime, in a browser's worker.
 */
import { Embedder, type EmbedderOptions } from '../src/embedding/embedder';
import { applyPrompt } from '../src/embedding/prompt';
import { findModel } from '../src/embedding/registry';
import { loadTokenizers } from '../src/embedding/tokenizer';

export interface EmbeddingTask {
  readonly modelId: string;
  /** Texts by the name of their kind. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** Texts of one call; 0 stands for all at once. */
  readonly batches: readonly number[];
  readonly rounds: number;
}

/** Median texts a second of both sides. */
export interface EmbeddingRate {
  readonly kind: string;
  readonly batch: number;
  readonly ours: number;
  readonly plain: number;
  /** Ours to plain, the median of the rounds: both sides of a round met the same load. */
  readonly ratio: number;
}

/** What differs between Node and the browser. */
export interface EmbeddingPlace {
  readonly options: EmbedderOptions;
  /** Folder or address under which transformers.js finds a folder a model. */
  readonly modelsPath: string;
}

/** The sides take turns, so that a busy machine slows both. Throws when they do not give the same vectors. */
export async function measureEmbedding(
  { modelId, texts, batches, rounds }: EmbeddingTask,
  { options, modelsPath }: EmbeddingPlace,
): Promise<EmbeddingRate[]> {
  const entry = findModel(modelId);
  const spec = { modelId, prompt: entry.prompt };
  const embedder = new Embedder(options);
  await embedder.load(modelId);
  const plain = await loadPlain(modelId, modelsPath);
  const runOurs = async (batch: readonly string[]) => (await embedder.embed(batch, spec)).matrix.data;
  const runPlain = async (batch: readonly string[]) => {
    const prompted = batch.map((text) => applyPrompt(entry.prompt, text));
    const { data } = await plain(prompted, { pooling: 'mean', normalize: true });
    return data;
  };
  const rates: EmbeddingRate[] = [];
  for (const [kind, list] of Object.entries(texts)) {
    checkSame(await runOurs(list), await runPlain(list));
    for (const batch of batches) {
      const size = batch === 0 ? list.length : batch;
      const seconds = { ours: [] as number[], plain: [] as number[] };
      for (let round = 0; round < rounds; round++) {
        seconds.ours.push(await timeBatches(runOurs, list, size));
        seconds.plain.push(await timeBatches(runPlain, list, size));
      }
      rates.push({
        kind,
        batch,
        ours: list.length / median(seconds.ours),
        plain: list.length / median(seconds.plain),
        ratio: median(seconds.plain.map((plain, round) => plain / seconds.ours[round]!)),
      });
    }
  }
  return rates;
}

/** The pipeline as its documentation shows it, kept to the files of this machine. */
async function loadPlain(modelId: string, modelsPath: string) {
  const { env, pipeline } = await loadTokenizers();
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = modelsPath;
  env.useCustomCache = false;
  env.useBrowserCache = false;
  return pipeline('feature-extraction', modelId, { dtype: 'q8' });
}

async function timeBatches(
  run: (batch: readonly string[]) => Promise<unknown>,
  texts: readonly string[],
  size: number,
): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < texts.length; at += size) await run(texts.slice(at, at + size));
  return (performance.now() - start) / 1000;
}

function checkSame(ours: ArrayLike<number>, plain: ArrayLike<number>): void {
  const difference = Array.from(ours).reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i]!)), 0);
  if (ours.length !== plain.length || !(difference < 1e-4))
    throw new Error(`the two sides do not compute the same: ${ours.length} and ${plain.length} values, ${difference}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
