/** Vectors as an adapter has them: made of the model's own, which stay those that are remembered. */
import { expect, test } from 'vitest';
import { createAdapter } from '../../src/embedding/adapter';
import type { KnownVector, VectorMemory } from '../../src/embedding/embedder';
import { createMatrix, dotRows } from '../../src/vectors';
import { createEmbedder } from './bundled';

const spec = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
const dim = 384;
/** Turns the first two dimensions and mirrors the others. */
const weights = Float32Array.from({ length: dim * dim }, (_, i) => {
  const [row, column] = [Math.floor(i / dim), i % dim];
  if (row < 2 && column < 2) return row === column ? 0 : 1;
  return row === column ? -1 : 0;
});

test('the adapter is applied each time, to vectors that are remembered without it', async () => {
  const held = new Map<string, KnownVector>();
  const memory: VectorMemory = {
    get: async (_identity, _prompt, texts) => texts.map((text) => held.get(text)),
    put: async (_identity, _prompt, texts, vectors) => texts.forEach((text, i) => held.set(text, vectors[i]!)),
  };
  const embedder = createEmbedder({ memory });
  const adapter = await createAdapter(spec, weights);
  const tuned = { ...spec, adapter: adapter.id };
  await expect(embedder.embed(['cat'], tuned)).rejects.toThrow(adapter.id);
  embedder.holdAdapter(adapter);
  const first = await embedder.embed(['cat', 'dog'], tuned);
  const base = await embedder.embed(['cat', 'dog'], spec);
  expect([first.reused, base.reused]).toEqual([0, 2]);
  expect(first.matrix.data[0]).toBeCloseTo(base.matrix.data[1]!, 6);
  expect(first.matrix.data[dim + 5]).toBeCloseTo(-base.matrix.data[dim + 5]!, 6);
  // Turning and mirroring keep every cosine.
  expect(dotRows(first.matrix, 0, first.matrix, 1)).toBeCloseTo(dotRows(base.matrix, 0, base.matrix, 1), 6);
  expect(await embedder.embed(['dog'], tuned)).toMatchObject({
    reused: 1,
    matrix: { data: first.matrix.data.slice(dim) },
  });
  expect((await embedder.embed([], tuned)).matrix.rows).toBe(0);
});

test('vectors of an adapter or a layer are not remembered as the model’s own', async () => {
  const put: string[] = [];
  const memory: VectorMemory = {
    get: async (_identity, _prompt, texts) => texts.map(() => undefined),
    put: async (_identity, _prompt, texts) => void put.push(...texts),
  };
  const embedder = createEmbedder({ memory });
  const vectors = createMatrix(new Float32Array(dim), dim);
  await embedder.remember(['of an adapter'], { ...spec, adapter: 'a' }, vectors);
  await embedder.remember(['of a layer'], { ...spec, layer: 2 }, vectors);
  await embedder.remember(['its own'], spec, vectors);
  expect(put).toEqual(['its own']);
});
