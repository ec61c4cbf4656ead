/** Parts of a cosine, against those that a Python script computed apart from this project's code. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cosineParts } from '../../src/embedding/cosineParts';
import { inspectPair } from '../../src/embedding/explain';
import { Model } from '../../src/embedding/model';
import { readOwnModel } from '../../src/embedding/ownModel';
import { findModel, models } from '../../src/embedding/registry';
import { createNodeRuntime } from '../../src/cli/runtime';
import type { Explanation, ReadText } from '../../src/inspections';
import { sumParts } from '../../src/similarity/parts';
import type { SpaceSpec } from '../../src/types';
import { dotRows } from '../../src/vectors';
import { tolerance } from '../fixtures/reference';
import { createEmbedder } from './bundled';
import { asGiven, tinyFiles } from './tiny';

interface Recorded {
  readonly model: string;
  readonly prompt: string;
  readonly layer?: number;
  readonly a: string;
  readonly b: string;
  readonly ids: readonly (readonly number[])[];
  readonly cosine: number;
  readonly matrix: readonly (readonly number[])[];
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL('../fixtures/cosine-parts.json', import.meta.url), 'utf8'),
);
const embedders = new Map(models.map(({ id }) => [id, createEmbedder()]));
const explain = (spec: SpaceSpec, a: string, b: string): Promise<Explanation> =>
  embedders.get(spec.modelId)!.inspect(spec, { kind: 'explain', a, b });
const specOf = (modelId: string): SpaceSpec => ({ modelId, prompt: findModel(modelId).prompt });
const textsOf = ({ tokens }: ReadText) => tokens.map(({ text }) => text);

/** The cosine of the two vectors that the embedder gives, in float64. */
async function cosineOf(spec: SpaceSpec, a: string, b: string): Promise<number> {
  const { matrix } = await embedders.get(spec.modelId)!.embed([a, b], spec);
  return dotRows(matrix, 0, matrix, 1);
}

describe('parts are those of the reference', () => {
  test.each(recorded)('$model, layer $layer: $a / $b', async ({ model, prompt, layer, a, b, ids, cosine, matrix }) => {
    const spec = { modelId: model, prompt, ...(layer !== undefined && { layer }) };
    const found = await explain(spec, a, b);
    expect([found.a.tokens.length, found.b.tokens.length]).toEqual(ids.map(({ length }) => length));
    const expected = matrix.flat();
    expect(found.parts).toHaveLength(expected.length);
    expected.forEach((part, at) => expect(Math.abs(found.parts[at]! - part)).toBeLessThan(tolerance));
    expect(Math.abs(sumParts(found.parts).total - cosine)).toBeLessThan(tolerance);
  });
});

describe.each(models.map(({ id }) => id))('parts sum to the cosine of the vectors: %s', (modelId) => {
  const spec = specOf(modelId);
  const { maxTokens } = findModel(modelId);
  const long = 'the cat sat on the mat while it rained in the old town, '.repeat(60);

  test.each([
    ['words', 'king', 'queen'],
    ['sentences', 'A violin concerto in D minor.', 'She plays the piano, badly, at night!'],
    ['identical texts', 'the same text', 'the same text'],
    ['only unknown tokens', '🎻🎻', '🦄'],
    ['nothing but blanks', ' ', '!'],
    ['another layer', 'bank', 'river', 2],
    ['maximum length beside a word', long, 'cat'],
  ] as const)('%s', async (_, a, b, layer?: number) => {
    const at = { ...spec, ...(layer !== undefined && { layer }) };
    const found = await explain(at, a, b);
    expect(Math.abs(sumParts(found.parts).total - (await cosineOf(at, a, b)))).toBeLessThan(tolerance);
  });

  test('two texts of the maximum length have a part for each pair, and are said to be cut', async () => {
    const found = await explain(spec, long, `${long} again`);
    expect(found.parts).toHaveLength(maxTokens ** 2);
    expect([found.a.truncated, found.b.truncated]).toEqual([true, true]);
    expect(Math.abs(sumParts(found.parts).total - (await cosineOf(spec, long, `${long} again`)))).toBeLessThan(
      tolerance,
    );
  });
});

describe('the prompt’s tokens are marked', () => {
  const e5 = 'multilingual-e5-small-en-pt';
  const promptOf = async (modelId: string, prompt: string, text: string) => {
    const { a } = await explain({ modelId, prompt }, text, 'x');
    return { all: textsOf(a), prompt: a.tokens.flatMap((token) => (token.prompt ? [token.text] : [])) };
  };

  test.each([
    [e5, 'query: {text}', 'naïve', ['que', 'ry', ':']],
    [e5, '{text}', 'query: naïve', []],
    [e5, 'QUERY: {text}!', 'oi', ['QUE', 'RY', ':', '!']],
    // Two exclamation marks are one token.
    [e5, 'QUERY: {text}!', 'oi!', ['QUE', 'RY', ':']],
    ['all-MiniLM-L6-v2', 'A kind of {text}.', 'a kind of cat.', ['a', 'kind', 'of', '.']],
    ['all-MiniLM-L6-v2', 'café {text}', 'cat', ['cafe']],
    // 'un' and 'believable' meet in one token, or in tokens of which none is the prompt's alone.
    ['all-MiniLM-L6-v2', 'un{text}', 'able', []],
    // The emoji is unknown: nothing says where the prompt goes on.
    ['all-MiniLM-L6-v2', 'a 🎻 of {text}', 'cat', ['a']],
  ])('%s, %s with %s', async (modelId, prompt, text, expected) => {
    expect((await promptOf(modelId, prompt, text)).prompt).toEqual(expected);
  });

  test('of a text that is cut, the prompt’s end was not read', async () => {
    const { prompt } = await promptOf('all-MiniLM-L6-v2', 'about {text} again', 'again '.repeat(300));
    expect(prompt).toEqual(['about']);
  });
});

test('a mean without length gives no parts, and no NaN', () => {
  const none = { data: Float32Array.of(1, 2, -1, -2), tokens: 2 };
  const one = { data: Float32Array.of(3, 4), tokens: 1 };
  expect(cosineParts(none, one, 2)).toEqual(Float32Array.of(0, 0));
  // (3, 4) with itself: one part, the whole.
  expect(cosineParts(one, one, 2)).toEqual(Float32Array.of(1));
});

test('a layer that the model has not is named', async () => {
  await expect(explain({ ...specOf('all-MiniLM-L6-v2'), layer: 9 }, 'a', 'b')).rejects.toMatchObject({
    code: 'layerUnknown',
  });
});

test('of a model that takes its first token’s vector, all of the cosine is the pair of the first tokens', async () => {
  const cls = { '1_Pooling/config.json': '{"pooling_mode_cls_token": true}' };
  const { entry, files } = await readOwnModel('mine', asGiven(await tinyFiles(cls)));
  const model = await Model.create(entry, files, await createNodeRuntime());
  const { parts } = await inspectPair(
    model,
    { modelId: entry.id, prompt: '{text}' },
    { kind: 'explain', a: 'cat', b: 'dog and cat' },
  );
  const vectors = await model.embedBatch(['cat', 'dog and cat'].map((text) => model.tokeniser.tokenise(text)));
  const cosine = vectors.subarray(0, 8).reduce((sum, value, i) => sum + value * vectors[8 + i]!, 0);
  expect(parts[0]).toBeCloseTo(cosine, 5);
  expect(parts.subarray(1).every((part) => part === 0)).toBe(true);
});
