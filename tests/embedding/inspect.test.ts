/** What a model shows of its inside, and vectors of its layers. */
import { describe, expect, test } from 'vitest';
import { findModel, models } from '../../src/embedding/registry';
import type { SpaceSpec } from '../../src/types';
import { createEmbedder } from './bundled';

const embedder = createEmbedder();
const spec: SpaceSpec = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };

describe.each(models.map(({ id, prompt }) => ({ modelId: id, prompt })))('attention of $modelId', (space) => {
  test('each token’s looks sum to 1, in every layer and head', async () => {
    const { layers, heads } = findModel(space.modelId);
    const found = await embedder.inspect(space, { kind: 'attention', text: 'The bank raised its rates.' });
    const count = found.tokens.length;
    expect([found.layers, found.heads]).toEqual([layers, heads]);
    expect(found.weights).toHaveLength(layers * heads * count * count);
    for (let at = 0; at < found.weights.length; at += count) {
      const sum = found.weights.subarray(at, at + count).reduce((all, weight) => all + weight, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });
});

describe('tokens', () => {
  const tokensOf = async (space: SpaceSpec, text: string) =>
    (await embedder.inspect(space, { kind: 'attention', text })).tokens;

  test('WordPiece: the rest of a word is marked, separators are special, an emoji is unknown', async () => {
    const tokens = await tokensOf(spec, 'unbelievably 🎻');
    expect(tokens.map(({ text }) => text)).toEqual(['[CLS]', 'un', 'bel', 'ie', 'va', 'bly', '[UNK]', '[SEP]']);
    expect(tokens.map(({ continues }) => continues)).toEqual([false, false, true, true, true, true, false, false]);
    expect(tokens.map(({ special }) => special)).toEqual([true, false, false, false, false, false, false, true]);
    expect(tokens.map(({ unknown }) => unknown).indexOf(true)).toBe(6);
  });

  test('SentencePiece: the beginning of a word is marked, and the prompt is among them', async () => {
    const tokens = await tokensOf({ modelId: 'multilingual-e5-small-en-pt', prompt: 'query: {text}' }, 'naïve');
    expect(tokens.map(({ text }) => text)).toEqual(['<s>', 'que', 'ry', ':', 'na', 'ï', 've', '</s>']);
    expect(tokens.map(({ continues }) => continues)).toEqual([false, false, true, true, false, true, true, false]);
  });
});

describe('layers', () => {
  test('the last gives the model’s own vectors, to the bit; the others do not', async () => {
    const texts = ['cat', 'a violin concerto'];
    const own = (await embedder.embed(texts, spec)).matrix;
    expect((await embedder.embed(texts, { ...spec, layer: 6 })).matrix).toEqual(own);
    expect((await embedder.embed(texts, { ...spec, layer: 3 })).matrix.data).not.toEqual(own.data);
  });

  test('one that the model has not is named with those it has', async () => {
    await expect(embedder.embed(['cat'], { ...spec, layer: 7 })).rejects.toMatchObject({
      code: 'layerUnknown',
      params: { layer: 7, layers: 6 },
    });
  });
});

test('a file that lacks an output is named, and what it can do goes on', async () => {
  const { createNodeRuntime } = await import('../../src/cli/runtime');
  const poor = createEmbedder({
    createRuntime: async () => {
      const runtime = await createNodeRuntime();
      return {
        ...runtime,
        createSession: async (weights) => {
          const session = await runtime.createSession(weights);
          return { ...session, outputNames: ['last_hidden_state'] };
        },
      };
    },
  });
  await expect(poor.inspect(spec, { kind: 'attention', text: 'cat' })).rejects.toMatchObject({
    code: 'modelInsideMissing',
    params: { file: 'onnx/model_quantized.onnx', output: 'attentions.0' },
  });
  expect((await poor.embed(['cat'], spec)).matrix.rows).toBe(1);
});
