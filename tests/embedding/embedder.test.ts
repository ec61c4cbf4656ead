/** Which texts are run, and what is asked of the memory. */
import { describe, expect, test } from 'vitest';
import { poolMean } from '../../src/embedding/pooling';
import { applyPrompt } from '../../src/embedding/prompt';
import { defaultModelFor, findModel, modelIdentity, models } from '../../src/embedding/registry';
import { truncate } from '../../src/embedding/tokenizer';
import { importedSpace } from '../../src/imported';
import { type KnownVector, type VectorMemory } from '../../src/embedding/embedder';
import type { Runtime } from '../../src/embedding/runtime';
import { createNodeRuntime } from '../../src/cli/runtime';
import { createEmbedder } from './bundled';

const entry = findModel('all-MiniLM-L6-v2');
const spec = { modelId: entry.id, prompt: '{text}' };

/** A memory that lasts as long as a test. */
function createMemory() {
  const held = new Map<string, KnownVector>();
  const key = (identity: string, prompt: string, text: string) => [identity, prompt, text].join('\n');
  const memory: VectorMemory = {
    get: async (identity, prompt, texts) => texts.map((text) => held.get(key(identity, prompt, text))),
    put: async (identity, prompt, texts, vectors) =>
      texts.forEach((text, i) => held.set(key(identity, prompt, text), vectors[i]!)),
  };
  return { memory, held };
}

describe('memory', () => {
  test('a text that is known is not run again, and without texts to run no model is read', async () => {
    const { memory } = createMemory();
    const first = await createEmbedder({ memory }).embed(['cat', 'dog'], spec);
    const modelless = createEmbedder({ memory, readFile: () => () => Promise.reject(new Error('read a model')) });
    const second = await modelless.embed(['dog', 'cat'], spec);
    expect(second.reused).toBe(2);
    const { dim } = first.matrix;
    expect([...second.matrix.data]).toEqual([
      ...first.matrix.data.subarray(dim),
      ...first.matrix.data.subarray(0, dim),
    ]);
    await expect(modelless.embed(['cat', 'bird'], spec)).rejects.toThrow('read a model');
    await expect(modelless.embed(['cat'], { ...spec, prompt: 'a {text}' })).rejects.toThrow('read a model');
  });

  test('keeps whether a text was cut, under the identity of the weights', async () => {
    const { memory, held } = createMemory();
    const long = 'river '.repeat(300);
    const embedder = createEmbedder({ memory });
    expect((await embedder.embed(['cat', long], spec)).truncated).toEqual([1]);
    expect([...held.keys()].every((key) => key.startsWith(modelIdentity(entry)))).toBe(true);
    expect(await embedder.embed([long, 'cat'], spec)).toMatchObject({ truncated: [0], reused: 2 });
  });

  test('that fails to keep is no failure of the request', async () => {
    const memory: VectorMemory = {
      get: async (_identity, _prompt, texts) => texts.map(() => undefined),
      put: () => Promise.reject(new Error('disk full')),
    };
    expect((await createEmbedder({ memory }).embed(['cat'], spec)).matrix.rows).toBe(1);
  });
});

describe('imported vectors', () => {
  const rows = { data: Float32Array.of(0.6, 0.8, 1, 0), rows: 2, dim: 2 };

  test('are remembered without a model, and those that are not are lost', async () => {
    const { memory } = createMemory();
    const readFile = () => () => Promise.reject(new Error('read a model'));
    const imported = await importedSpace('words.vec', ['cat', 'dog'], rows);
    const embedder = createEmbedder({ memory, readFile });
    await embedder.remember(['cat', 'dog'], imported, rows);
    const { matrix, reused } = await embedder.embed(['dog', 'cat'], imported);
    expect(matrix).toEqual({ data: Float32Array.of(1, 0, 0.6, 0.8), rows: 2, dim: 2 });
    expect(reused).toBe(2);
    const lost = { code: 'importedLost', params: { file: 'words.vec', count: 1 } };
    await expect(embedder.embed(['cat', 'bird'], imported)).rejects.toMatchObject(lost);
    const other = await importedSpace('words.vec', ['cat', 'dog'], { ...rows, data: rows.data.toReversed() });
    await expect(embedder.embed(['cat'], other)).rejects.toMatchObject(lost);
  });

  test('have no model to load, to look into, or to give another prompt', async () => {
    const { memory } = createMemory();
    const imported = await importedSpace('words.vec', ['cat', 'dog'], rows);
    const embedder = createEmbedder({ memory });
    await embedder.remember(['cat', 'dog'], imported, rows);
    const none = { code: 'importedModel', params: { file: 'words.vec' } };
    await expect(embedder.load(imported.modelId)).rejects.toMatchObject(none);
    await expect(embedder.embed(['cat'], { ...imported, prompt: 'a {text}' })).rejects.toMatchObject(none);
  });
});

test('cancelling stops between two runs', async () => {
  const abort = new AbortController();
  const texts = Array.from({ length: 100 }, (_, i) => `word ${i}`);
  const counts: number[] = [];
  const embedding = createEmbedder().embed(
    texts,
    spec,
    ({ stage, done }) => {
      if (stage !== 'embedding') return;
      counts.push(done);
      if (done === 32) abort.abort();
    },
    abort.signal,
  );
  await expect(embedding).rejects.toMatchObject({ name: 'AbortError' });
  expect(counts).toEqual([0, 32]);
});

test('a cancel that waits in the event loop is heard, though the runtime never gives the loop a turn', async () => {
  const abort = new AbortController();
  const embedder = createEmbedder({ createRuntime: createBlockingRuntime });
  await embedder.load(entry.id);
  const texts = Array.from({ length: 100 }, (_, i) => `word ${i}`);
  const embedding = embedder.embed(
    texts,
    spec,
    ({ stage, done }) => {
      if (stage === 'embedding' && done === 32) setImmediate(() => abort.abort());
    },
    abort.signal,
  );
  await expect(embedding).rejects.toMatchObject({ name: 'AbortError' });
});

/** Runs on the calling thread, as WebAssembly does: its promises are kept already. Only the canary's vectors are true. */
async function createBlockingRuntime(): Promise<Runtime> {
  const runtime = await createNodeRuntime();
  return {
    ...runtime,
    createSession: async (weights) => {
      const session = await runtime.createSession(weights);
      let runs = 0;
      return {
        ...session,
        run: (feeds, fetches) => {
          if (runs++ === 0) return session.run(feeds, fetches);
          const dims = [...feeds.input_ids!.dims, entry.dim];
          const data = new Float32Array(dims.reduce((product, dim) => product * dim)).fill(1);
          return Promise.resolve({ last_hidden_state: { data, dims } });
        },
      };
    },
  };
}

describe('prompt', () => {
  test('the text stands where {text} is, once, and as it is', () => {
    expect(applyPrompt('query: {text}', 'cat')).toBe('query: cat');
    expect(applyPrompt('{text} {text}', '$& {text}')).toBe('$& {text} {text}');
  });

  test('without {text} it is refused before any model is read', async () => {
    const embedder = createEmbedder({ readFile: () => () => Promise.reject(new Error('read a model')) });
    const embedding = embedder.embed(['cat'], { ...spec, prompt: 'query: ' });
    await expect(embedding).rejects.toMatchObject({ code: 'promptWithoutText', params: { prompt: 'query: ' } });
  });
});

describe('pooling', () => {
  test('is the mean of a row’s own tokens, of unit length; padding does not count', () => {
    // Row 1 of a batch of 2 x 3 tokens x 2 dimensions: (3, 0) and (3, 8), then padding.
    const hidden = Float32Array.from([9, 9, 9, 9, 9, 9, 3, 0, 3, 8, 100, -100]);
    const out = new Float32Array(2);
    poolMean(hidden, 1, 3, 2, out);
    // The mean (3, 4) has length 5.
    expect([...out]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  });
});

describe('truncation', () => {
  test('leaves what fits, and keeps the last separator of what does not', () => {
    expect(truncate([101, 7, 8, 102], 4)).toEqual({ ids: [101, 7, 8, 102], truncated: false });
    expect(truncate([101, 7, 8, 9, 102], 4)).toEqual({ ids: [101, 7, 8, 102], truncated: true });
  });
});

describe('registry', () => {
  test('an unknown model is named with the known ones', () => {
    expect(() => findModel('gpt')).toThrow(`“gpt”. Known models: ${models.map(({ id }) => id).join(', ')}.`);
  });

  test('a browser in Portuguese begins with the model for Portuguese, any other with the first', () => {
    const ids = ['pt-BR', 'PT', 'en-GB', 'de', ''].map((language) => defaultModelFor(language).id);
    const [first, second] = ['all-MiniLM-L6-v2', 'multilingual-e5-small-en-pt'];
    expect(ids).toEqual([second, second, first, first, first]);
  });

  test('every prompt has a place for the text, and every model names its weights', () => {
    for (const model of models) {
      expect(applyPrompt(model.prompt, 'x')).toContain('x');
      expect(modelIdentity(model)).toBe(model.files[model.weights]!.sha256);
    }
  });
});
