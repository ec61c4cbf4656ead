/** What becomes of a file's vectors: whose they are said to be, whether that is so, and what can be asked of them. */
import { expect, test } from 'vitest';
import { checkTexts, spaceForNew, subjectFor, takeVectors } from '../../src/app/state/importing';
import { findModel } from '../../src/embedding/registry';
import type { Engine } from '../../src/engine/contract';
import { readImported } from '../../src/imported';
import type { Item, Matrix, SpaceSpec } from '../../src/types';
import { createMatrix } from '../../src/vectors';

const model = findModel('all-MiniLM-L6-v2');
const minilm: SpaceSpec = { modelId: model.id, prompt: '{text}' };
const items: Item[] = ['cat', 'dog', 'sun', 'sea', 'oak', 'tea'].map((text, i) => ({ id: `${i}`, text }));
const opened = { file: 'words.vec', trusted: false };

/** Of length 2, one in each of the first dimensions, so that all differ. */
function vectorsOf(dim: number): Matrix {
  const data = new Float32Array(items.length * dim);
  items.forEach((_, row) => (data[row * dim + (row % dim)] = 2));
  return createMatrix(data, dim);
}

/** An engine whose model makes the vectors of `made` (by row of `items`), or fails. */
function createParts(made?: Matrix) {
  const adopted: { readonly spec: SpaceSpec; readonly vectors: Matrix }[] = [];
  const embedded: string[] = [];
  const engine: Pick<Engine, 'adopt' | 'embed' | 'vectors'> = {
    adopt: async (_items, spec, vectors) => {
      adopted.push({ spec, vectors });
      return { space: 'space', dim: vectors.dim, truncated: [], foreign: [], reused: 0 };
    },
    embed: async (given) => {
      if (!made) throw new Error('offline');
      embedded.push(...given.map(({ text }) => text));
      return { space: 'space', dim: made.dim, truncated: [], foreign: [], reused: 0 };
    },
    vectors: async (_space, ids) => {
      const { data, dim } = made!;
      const rows = ids.map((id) => data.subarray(Number(id) * dim, (Number(id) + 1) * dim));
      return createMatrix(Float32Array.from(rows.flatMap((row) => [...row].map((x) => x / 2))), dim);
    },
  };
  const jobs = {
    run: <T>(_lane: string, work: (signal: AbortSignal, onProgress: () => void) => Promise<T>) =>
      work(new AbortController().signal, () => undefined),
  };
  return { parts: { engine: engine as Engine, jobs }, adopted, embedded };
}

test('vectors of no model are imported under the name of their file, at unit length', async () => {
  const { parts, adopted } = createParts();
  const brought = await takeVectors(parts, items, { vectors: vectorsOf(50) }, opened);
  expect(readImported(brought!.space.modelId)).toMatchObject({ dim: 50, file: 'words.vec' });
  expect(brought).toMatchObject({ remarks: [] });
  expect(brought!.positions).toBeUndefined();
  expect(adopted).toMatchObject([{ spec: brought!.space }]);
  expect([...adopted[0]!.vectors.data.subarray(0, 3)]).toEqual([1, 0, 0]);
  expect(await takeVectors(parts, items, { space: minilm }, opened)).toBeUndefined();
});

test('a model that Constela does not have is named with the file, and an earlier import keeps its name', async () => {
  const { parts } = createParts();
  const fileOf = async (space: SpaceSpec) => {
    const brought = await takeVectors(parts, items, { vectors: vectorsOf(50), space }, opened);
    return readImported(brought!.space.modelId)!.file;
  };
  expect(await fileOf({ modelId: 'bge-small', prompt: '{text}' })).toBe('words.vec (bge-small)');
  const earlier = await takeVectors(parts, items, { vectors: vectorsOf(50) }, { ...opened, file: 'first.vec' });
  expect(await fileOf(earlier!.space)).toBe('first.vec');
  // Taken away and opened again, vectors are in the space that they were in.
  const { data, rows, dim } = vectorsOf(50);
  const exported = { vectors: { data: data.map((x) => x / 2), rows, dim }, space: earlier!.space };
  expect((await takeVectors(parts, items, exported, opened))!.space).toEqual(earlier!.space);
});

test('vectors of two or three dimensions are places as the file has them; zeros are told of', async () => {
  const { parts } = createParts();
  for (const dim of [2, 3] as const) {
    const vectors = vectorsOf(dim);
    vectors.data.fill(0, 0, dim);
    const places = vectors.data.slice();
    const brought = await takeVectors(parts, items, { vectors }, opened);
    expect(brought!.positions).toEqual({ data: places, rows: items.length, dim });
    expect(brought!.remarks).toEqual([{ key: 'importedZeros', params: { count: 1 } }]);
  }
});

test('a model’s vectors are its own where some texts, embedded anew, agree', async () => {
  const { parts, adopted, embedded } = createParts(vectorsOf(model.dim));
  const brought = await takeVectors(parts, items, { vectors: vectorsOf(model.dim), space: minilm }, opened);
  expect(brought).toEqual({ space: minilm, remarks: [] });
  expect(adopted).toMatchObject([{ spec: minilm }]);
  expect(embedded).toEqual(['cat', 'dog', 'sea', 'oak']);
});

test('others than the model makes are imported, which is said with the text and the cosine', async () => {
  const made = vectorsOf(model.dim);
  // Of the fourth text, which is looked at.
  made.data.set([1, 0, 0, Math.sqrt(3)], 3 * model.dim);
  const { parts, adopted } = createParts(made);
  const brought = await takeVectors(parts, items, { vectors: vectorsOf(model.dim), space: minilm }, opened);
  expect(readImported(brought!.space.modelId)?.dim).toBe(model.dim);
  expect(adopted).toMatchObject([{ spec: brought!.space }]);
  const params = { file: 'words.vec', model: model.name, text: 'sea', cosine: '0.866' };
  expect(brought!.remarks).toEqual([{ key: 'importedDiffers', params }]);

  const few = await takeVectors(parts, items, { vectors: vectorsOf(50), space: minilm }, opened);
  expect(few!.remarks).toMatchObject([{ key: 'importedDims', params: { got: 50, expected: model.dim } }]);
});

test('what comes with the page is not checked, and a file is believed where the model cannot be asked', async () => {
  const { parts, embedded } = createParts(vectorsOf(model.dim));
  const given = () => ({ vectors: vectorsOf(model.dim), space: minilm });
  expect(await takeVectors(parts, items, given(), { ...opened, trusted: true })).toMatchObject({ space: minilm });
  expect(embedded).toEqual([]);
  expect(await takeVectors(createParts().parts, items, given(), opened)).toEqual({ space: minilm, remarks: [] });
});

test('of imported vectors only their own texts can be asked about, and new texts go by a model', async () => {
  const { space } = (await takeVectors(createParts().parts, items, { vectors: vectorsOf(50) }, opened))!;
  const byText = new Map(items.map(({ id, text }) => [text, id]));
  expect(subjectFor(' dog ', space, byText)).toEqual({ id: '1' });
  expect(() => subjectFor('wolf', space, byText)).toThrow(/words\.vec.*“wolf”/);
  expect(() => checkTexts(['cat', 'wolf'], space, byText)).toThrow('wolf');
  expect(() => checkTexts(['cat', 'wolf'], minilm, byText)).not.toThrow();
  expect(subjectFor('dog', minilm, byText)).toEqual({ text: 'dog' });

  const usual = { modelId: 'multilingual-e5-small-en-pt', prompt: 'query: {text}' };
  expect(spaceForNew(minilm, undefined, usual)).toBe(minilm);
  expect(spaceForNew(space, undefined, usual)).toBe(usual);
  expect(spaceForNew(space, model.id, usual)).toEqual({ modelId: model.id, prompt: model.prompt });
});
