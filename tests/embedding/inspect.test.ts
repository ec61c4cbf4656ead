/** What a model shows of its inside, and vectors of its layers. */
import { describe, expect, test } from 'vitest';
import { meanOfMaps, rollout, shareTaken } from '../../src/embedding/attention';
import { findModel, models } from '../../src/embedding/registry';
import type { SpaceSpec } from '../../src/types';
import { createMatrix, dotRows } from '../../src/vectors';
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

  test('at a glance it is made of the same weights, and one layer alone is that layer', async () => {
    const text = 'The bank raised its rates.';
    const all = await embedder.inspect(space, { kind: 'attention', text });
    const {
      tokens,
      layers,
      heads,
      means,
      rollout: flow,
      small,
      smallOwn,
      deviation,
      taken,
      ofLayer,
    } = await embedder.inspect(space, { kind: 'attentionOverview', text, side: 32, layer: 1 });
    expect({ tokens, layers, heads }).toEqual({ tokens: all.tokens, layers: all.layers, heads: all.heads });
    const size = tokens.length ** 2;
    const second = all.weights.subarray(heads * size, 2 * heads * size);
    expect(means.slice(size, 2 * size)).toEqual(meanOfMaps(second, heads));
    expect(ofLayer).toEqual(second);
    expect(flow).toEqual(rollout(means, layers, tokens.length));
    expect(small).toEqual({ side: tokens.length, weights: all.weights });
    expect(smallOwn.side).toBe(tokens.length - 2);
    expect(smallOwn.weights[0]).toBe(all.weights[tokens.length + 1]);
    expect(deviation).toBeLessThan(1e-5);
    expect(taken[heads]).toBeCloseTo(
      shareTaken(
        second.subarray(0, size),
        tokens.map(({ special }) => special),
      ),
      6,
    );
    const one = await embedder.inspect(space, { kind: 'attention', text, layer: 1 });
    expect(one.layers).toBe(1);
    one.weights.forEach((weight, i) => expect(weight).toBeCloseTo(second[i]!, 6));
  });

  test.each(['a', '🎻 🎻'])('“%s” has it too', async (text) => {
    const found = await embedder.inspect(space, { kind: 'attentionOverview', text, side: 32, layer: 1 });
    expect(found.deviation).toBeLessThan(1e-5);
    expect(found.smallOwn.side).toBeGreaterThan(0);
    expect(found.means.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
  });

  test('a text beyond the limit is read up to it, drawn small', async () => {
    const { maxTokens, layers, heads } = findModel(space.modelId);
    const text = 'river '.repeat(600);
    const found = await embedder.inspect(space, { kind: 'attentionOverview', text, side: 32, layer: 1 });
    expect([found.truncated, found.tokens.length]).toEqual([true, maxTokens]);
    expect(found.small.weights).toHaveLength(layers * heads * 32 * 32);
    expect(found.deviation).toBeLessThan(1e-4);
  });
});

describe('a word in several texts', () => {
  const texts = [
    'The bank raised its rates.',
    'They sat on the river bank.',
    'A Bank is not a riverbank; a bank is.',
    'cat',
  ];

  test('has a vector for each place where it stands, and each text its own', async () => {
    const found = await embedder.inspect(spec, { kind: 'occurrences', word: 'BANK', texts });
    expect(found.word.map(({ text }) => text)).toEqual(['bank']);
    const placed = found.occurrences.map(({ text, start, end }) => ({
      text,
      pieces: found.texts[text]!.tokens.slice(start, end).map((token) => token.text),
    }));
    // “riverbank” is another word.
    expect(placed).toEqual([0, 1, 2, 2].map((text) => ({ text, pieces: ['bank'] })));
    const { dim, layers } = found;
    expect([found.ofWord.length, found.ofTexts.length]).toEqual([layers * 4 * dim, layers * 4 * dim]);
    // The last layer of the texts is what the model gives: the same space as the map's.
    const own = (await embedder.embed(texts, spec)).matrix.data;
    own.forEach((value, i) => expect(found.ofTexts[(layers - 1) * 4 * dim + i]).toBeCloseTo(value, 5));
  });

  test('after the last layer senses of a word part; in the embedding layer only its place counts', async () => {
    const found = await embedder.inspect(spec, {
      kind: 'occurrences',
      word: 'bank',
      texts: [
        'The bank raised its interest rates.',
        'I deposited money at the bank.',
        'We sat on the bank of the river.',
        'The river bank was muddy after the rain.',
        'A bank.',
      ],
    });
    const { dim, layers, ofWord } = found;
    const cosines = (layer: number) => {
      const rows = createMatrix(ofWord.slice(layer * 5 * dim, (layer + 1) * 5 * dim), dim);
      return (i: number, j: number) => dotRows(rows, i, rows, j);
    };
    const first = cosines(0);
    // Both are the second word.
    expect(first(0, 4)).toBeCloseTo(1, 6);
    expect(first(0, 1)).toBeGreaterThan(0.95);
    const last = cosines(layers - 1);
    const alike = [last(0, 1), last(2, 3)];
    const unlike = [last(0, 2), last(0, 3), last(1, 2), last(1, 3)];
    expect(Math.min(...alike)).toBeGreaterThan(Math.max(...unlike));
  });

  test('of several pieces counts them all, and the prompt’s words not', async () => {
    const space: SpaceSpec = { modelId: 'multilingual-e5-small-en-pt', prompt: 'query: {text}' };
    const found = await embedder.inspect(space, {
      kind: 'occurrences',
      word: 'query',
      texts: ['a naïve query', 'nothing', '(Query)'],
    });
    expect(found.word.map(({ text }) => text)).toEqual(['que', 'ry']);
    expect(found.occurrences.map(({ text, start, end }) => [text, end - start])).toEqual([
      [0, 2],
      [2, expect.any(Number)],
    ]);
    expect(found.occurrences[0]!.start).toBeGreaterThan(3);
  });

  test('that no text has, or none, has no vectors', async () => {
    for (const word of ['violin', ' ', '🎻']) {
      const found = await embedder.inspect(spec, { kind: 'occurrences', word, texts });
      expect([found.occurrences.length, found.ofWord.length]).toEqual([0, 0]);
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
  await expect(
    poor.inspect(spec, { kind: 'attentionOverview', text: 'cat', side: 32, layer: 0 }),
  ).rejects.toMatchObject({ code: 'modelInsideMissing', params: { output: 'attentions.0' } });
  await expect(poor.inspect(spec, { kind: 'occurrences', word: 'cat', texts: ['cat'] })).rejects.toMatchObject({
    code: 'modelInsideMissing',
    params: { output: 'hidden_states.0' },
  });
  expect((await poor.embed(['cat'], spec)).matrix.rows).toBe(1);
});
