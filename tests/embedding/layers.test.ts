/** Vectors after every layer, in one pass. The recorded ones are those of onnxruntime in Python, one text at a time (layers.py). */
import { describe, expect, test } from 'vitest';
import { findModel, models } from '../../src/embedding/registry';
import { createMatrix, dotRows } from '../../src/vectors';
import { createEmbedder } from './bundled';
import recorded from './layers.json';

const embedder = createEmbedder();
const long = 'river '.repeat(600);
const texts = ['cat', 'a violin concerto in three movements', long, 'cat', '🎻', 'ü', 'the bank of the river'];

describe.each(models.map(({ id, prompt }) => ({ modelId: id, prompt })))('$modelId', (spec) => {
  const { dim, layers } = findModel(spec.modelId);

  test('the last layer’s vectors are the model’s own and the others those of each layer alone, to the bit', async () => {
    const all = await embedder.embedLayers(texts, spec);
    expect(all.matrices).toHaveLength(layers + 1);
    expect(all.matrices[layers]).toEqual((await embedder.embed(texts, spec)).matrix);
    expect(all.matrices[2]).toEqual((await embedder.embed(texts, { ...spec, layer: 2 })).matrix);
    expect(all.truncated).toEqual([2]);
    for (const matrix of all.matrices)
      for (let row = 0; row < texts.length; row++) expect(dotRows(matrix, row, matrix, row)).toBeCloseTo(1, 5);
  });

  test('every layer’s vector of a text is the mean of its tokens’ states, as another runtime has them', async () => {
    const known = recorded.filter(({ modelId }) => modelId === spec.modelId);
    expect(known).toHaveLength(3);
    const prompted = { ...spec, prompt: known[0]!.prompt };
    const { matrices } = await embedder.embedLayers(
      known.map(({ text }) => text),
      prompted,
    );
    known.forEach(({ layers: values, cosines }, row) => {
      expect(values).toHaveLength(layers + 1);
      values.forEach((expected, layer) => {
        const matrix = matrices[layer]!;
        // Padding and other kernels leave differences in the last places of float32.
        expected.forEach((value, i) => expect(matrix.data[row * dim + i]).toBeCloseTo(value, 5));
        expect(dotRows(matrix, row, matrices[layers]!, row)).toBeCloseTo(cosines[layer]!, 5);
      });
    });
  });
});

test('after the embedding layer an order of words counts by its positions alone; after the last it counts', async () => {
  const spec = { modelId: models[0]!.id, prompt: '{text}' };
  const { matrices } = await embedder.embedLayers(['dog bites man', 'man bites dog'], spec);
  const cosine = ({ data, dim }: (typeof matrices)[number]) => {
    const both = createMatrix(data, dim);
    return dotRows(both, 0, both, 1);
  };
  expect(cosine(matrices[0]!)).toBeGreaterThan(0.99);
  expect(cosine(matrices.at(-1)!)).toBeLessThan(cosine(matrices[0]!));
});

test('no texts ask no model, and progress counts texts until it is cancelled', async () => {
  const spec = { modelId: models[0]!.id, prompt: '{text}' };
  const modelless = createEmbedder({ readFile: () => () => Promise.reject(new Error('read a model')) });
  const none = await modelless.embedLayers([], spec);
  expect(none.matrices.map(({ rows, dim }) => [rows, dim])).toEqual(Array.from({ length: 7 }, () => [0, 384]));
  const abort = new AbortController();
  const counts: number[] = [];
  const words = Array.from({ length: 100 }, (_, i) => `word ${i}`);
  const running = embedder.embedLayers(
    words,
    spec,
    ({ stage, done }) => {
      if (stage === 'embedding') counts.push(done);
      if (done === 32) abort.abort();
    },
    abort.signal,
  );
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  expect(counts).toEqual([0, 32]);
});

test('vectors of a layer that a file brought are not remembered as the model’s own', async () => {
  const kept: string[] = [];
  const memory = {
    get: async (_identity: string, _prompt: string, asked: readonly string[]) => asked.map(() => undefined),
    put: async (_identity: string, _prompt: string, given: readonly string[]) => void kept.push(...given),
  };
  const spec = { modelId: models[0]!.id, prompt: '{text}' };
  const remembering = createEmbedder({ memory });
  const vectors = createMatrix(new Float32Array(384), 384);
  await remembering.remember(['of layer 3'], { ...spec, layer: 3 }, vectors);
  await remembering.remember(['tuned'], { ...spec, adapter: 'abc' }, vectors);
  await remembering.remember(['own'], spec, vectors);
  expect(kept).toEqual(['own']);
});
