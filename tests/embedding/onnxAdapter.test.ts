/** A model's file with an adapter appended, run by onnxruntime, beside the adapter as this project applies it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { Adapter } from '../../src/adapters';
import { createAdapter } from '../../src/embedding/adapter';
import { readOnnx } from '../../src/embedding/onnx';
import { appendAdapter, sentenceEmbedding } from '../../src/embedding/onnxAdapter';
import { loadModelFiles } from '../../src/embedding/modelFiles';
import { applyPrompt } from '../../src/embedding/prompt';
import { findModel, models } from '../../src/embedding/registry';
import { createTokenizer } from '../../src/embedding/tokenizer';
import { modelsFolder } from '../cli/terminal';
import { createEmbedder, readBundled } from './bundled';

const texts = ['cat', 'The bank of the river', 'uma frase um pouco mais longa, com vírgula'];

/** A matrix without symmetry, far from the identity. */
async function adapterOf(modelId: string): Promise<Adapter> {
  const { dim, prompt } = findModel(modelId);
  const weights = Float32Array.from({ length: dim * dim }, (_, i) => Math.sin(i * 12.9898) / 8);
  for (let i = 0; i < dim; i++) weights[i * dim + i]! += 1;
  return createAdapter({ modelId, prompt }, weights);
}

async function bytesOf(modelId: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(join(modelsFolder, modelId, findModel(modelId).weights)));
}

describe.each(models.map(({ id }) => id))('%s', (modelId) => {
  test('gives the adapter’s vectors to 1e-5, in a padded batch too, and all it gave before', async () => {
    const entry = findModel(modelId);
    const adapter = await adapterOf(modelId);
    const appended = appendAdapter(await bytesOf(modelId), entry, adapter);
    const session = await InferenceSession.create(appended);
    const { outputs } = readOnnx(modelId, 'appended.onnx', await bytesOf(modelId));
    expect(session.outputNames).toEqual([...outputs.map(({ name }) => name), sentenceEmbedding]);

    const { tokenise } = await createTokenizer(entry, await loadModelFiles(entry, readBundled(entry)));
    const tokens = texts.map((text) => tokenise(applyPrompt(entry.prompt, text)).ids);
    const length = Math.max(...tokens.map((ids) => ids.length));
    const padded = (of: (id: number | undefined) => number) =>
      new Tensor(
        'int64',
        BigInt64Array.from(tokens.flatMap((ids) => Array.from({ length }, (_, i) => BigInt(of(ids[i]))))),
        [texts.length, length],
      );
    const feeds = {
      input_ids: padded((id) => id ?? 0),
      attention_mask: padded((id) => (id === undefined ? 0 : 1)),
      token_type_ids: padded(() => 0),
    };
    const given = Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)));
    const found = (await session.run(given, [sentenceEmbedding]))[sentenceEmbedding]!;
    await session.release();

    const embedder = createEmbedder();
    embedder.holdAdapter(adapter);
    const { matrix } = await embedder.embed(texts, { ...adapter.base, adapter: adapter.id });
    expect(found.dims).toEqual([matrix.rows, matrix.dim]);
    [...(found.data as Float32Array)].forEach((value, i) =>
      expect(Math.abs(value - matrix.data[i]!)).toBeLessThan(1e-5),
    );
  });
});

test('the first token’s vector is taken where the model pools so', async () => {
  const [entry] = models;
  const adapter = await adapterOf(entry!.id);
  const bytes = appendAdapter(await bytesOf(entry!.id), { ...entry!, pooling: 'cls' }, adapter);
  const session = await InferenceSession.create(bytes);
  const ids = [101n, 4937n, 102n];
  const feed = (data: bigint[]) => new Tensor('int64', BigInt64Array.from(data), [1, 3]);
  const feeds = { input_ids: feed(ids), attention_mask: feed([1n, 1n, 1n]), token_type_ids: feed([0n, 0n, 0n]) };
  const { last_hidden_state: hidden, sentence_embedding: found } = await session.run(feeds, [
    'last_hidden_state',
    sentenceEmbedding,
  ]);
  await session.release();
  const { dim, weights } = adapter;
  const first = (hidden!.data as Float32Array).subarray(0, dim);
  const mapped = Array.from({ length: dim }, (_, row) =>
    first.reduce((sum, value, column) => sum + value * weights[row * dim + column]!, 0),
  );
  const norm = Math.hypot(...mapped);
  [...(found!.data as Float32Array)].forEach((value, i) =>
    expect(Math.abs(value - mapped[i]! / norm)).toBeLessThan(1e-5),
  );
});
