/** Vectors of the bundled models against those of a Python script that shares no code with this project. */
import { describe, expect, test } from 'vitest';
import { findModel, modelIdentity } from '../../src/embedding/registry';
import { createTokenizer } from '../../src/embedding/tokenizer';
import { loadModelFiles } from '../../src/embedding/modelFiles';
import type { Progress } from '../../src/types';
import { createMatrix, dotRows } from '../../src/vectors';
import { referenceModels, tolerance } from '../fixtures/reference';
import { createEmbedder, readBundled } from './bundled';

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

describe.each(referenceModels)('$id', ({ id, prompt, maxTokens, vectors, cosines }) => {
  const spec = { modelId: id, prompt };
  const embedder = createEmbedder();

  test('is described by the registry as the reference found it', () => {
    const entry = findModel(id);
    expect(entry).toMatchObject({ prompt, maxTokens, dim: vectors[0]!.vector.length });
    expect(modelIdentity(entry)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('tokens are those of the reference; a long text keeps its last separator', async () => {
    const entry = findModel(id);
    const { tokenise } = await createTokenizer(entry, await loadModelFiles(entry, readBundled(entry)));
    for (const { text, tokens, ids, firstIds, lastIds } of vectors) {
      const found = tokenise(prompt.replace('{text}', () => text));
      expect(found.ids).toHaveLength(tokens);
      expect(found.truncated).toBe(firstIds !== undefined);
      if (ids) expect(found.ids).toEqual(ids);
      if (firstIds) expect(found.ids.slice(0, firstIds.length)).toEqual(firstIds);
      if (lastIds) expect(found.ids.slice(-lastIds.length)).toEqual(lastIds);
    }
  });

  test('vectors are those of the reference, and the cut text is named', async () => {
    const texts = vectors.map(({ text }) => text);
    const { matrix, truncated, reused } = await embedder.embed(texts, spec);
    expect(largestDifference(matrix.data, Float32Array.from(vectors.flatMap(({ vector }) => vector)))).toBeLessThan(
      tolerance,
    );
    expect(truncated).toEqual(vectors.flatMap(({ firstIds }, i) => (firstIds ? [i] : [])));
    expect(reused).toBe(0);
  });

  test('cosines are those of the reference', async () => {
    const { matrix } = await embedder.embed(
      cosines.flatMap(({ a, b }) => [a, b]),
      spec,
    );
    cosines.forEach(({ cosine }, i) => {
      expect(Math.abs(dotRows(matrix, 2 * i, matrix, 2 * i + 1) - cosine)).toBeLessThan(tolerance);
    });
  });

  test('a text has one vector, alone or among 32 others of other lengths', async () => {
    const text = vectors[1]!.text;
    const others = Array.from({ length: 32 }, (_, i) => new Array<string>(i + 1).fill('word').join(' '));
    const alone = await embedder.embed([text], spec);
    const among = await embedder.embed([...others.slice(0, 20), text, ...others.slice(20)], spec);
    const { dim } = alone.matrix;
    expect(largestDifference(among.matrix.data.subarray(20 * dim, 21 * dim), alone.matrix.data)).toBeLessThan(
      tolerance,
    );
  });

  test('every vector is of unit length, in the order of the texts, whatever the order in which they are run', async () => {
    const texts = ['a much longer sentence than the two others of this list', 'cat', 'two words'];
    const together = await embedder.embed(texts, spec);
    const dim = together.matrix.dim;
    for (const [i, text] of texts.entries()) {
      expect(dotRows(together.matrix, i, together.matrix, i)).toBeCloseTo(1, 6);
      const alone = createMatrix((await embedder.embed([text], spec)).matrix.data, dim);
      expect(dotRows(together.matrix, i, alone, 0)).toBeCloseTo(1, 6);
    }
  });
});

test('progress counts bytes of the model, then texts, never backwards', async () => {
  const seen: Progress[] = [];
  const texts = Array.from({ length: 70 }, (_, i) => `word ${i}`);
  await createEmbedder().embed(texts, { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' }, (progress) =>
    seen.push(progress),
  );
  const stages = [...new Set(seen.map(({ stage }) => stage))];
  expect(stages).toEqual(['model', 'embedding']);
  for (const stage of stages) {
    const done = seen.filter((progress) => progress.stage === stage).map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const last = seen.filter((progress) => progress.stage === stage).at(-1)!;
    expect(last.done).toBe(last.total);
  }
  // 70 texts in runs of 32.
  expect(seen.filter(({ stage }) => stage === 'embedding').map(({ done }) => done)).toEqual([0, 32, 64, 70]);
});
