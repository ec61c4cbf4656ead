/** `constela tune` and `--adapter`, with the bundled model. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFile } from '../../src/data/open';
import { writePairs } from '../../src/data/pairs';
import { readOnnx } from '../../src/embedding/onnx';
import { pairsOfGroups } from '../../src/tuning/pairs';
import { dotRows } from '../../src/vectors';
import { constela, modelsFolder, root, scratch } from './terminal';

const starter = join(root, 'public/starters/english-portuguese.csv');
const models = { models: modelsFolder };

/**
 * A toy set: the 200 texts of the bilingual starter, whose groups are topics in both languages at once; MiniLM, trained on English,
 * does not see that a Portuguese word belongs to an English one's topic. 240 pairs, half alike (one topic) and half unlike (two).
 */
async function toySet() {
  const at = await scratch();
  const { items } = parseFile(starter, new Uint8Array(await readFile(starter)));
  const pairs = at('pairs.csv');
  await writeFile(pairs, writePairs(pairsOfGroups(items, 240, 1).pairs));
  return { at, items, pairs, out: at('topics.safetensors') };
}

describe('tune', () => {
  test(
    'tells pairs of a toy set apart that it has not seen, and other verbs embed so',
    { timeout: 180_000 },
    async () => {
      const { at, items, pairs, out } = await toySet();
      const argv = ['tune', starter, '--pairs', pairs, '--out', out, '--epochs', '10'];
      const { code, out: said, err } = await constela([...argv, '--json'], models);
      expect({ code, err }).toMatchObject({ code: 0 });
      const told: Record<string, unknown> & { before: { accuracy: number }; after: { accuracy: number; auc: number } } =
        JSON.parse(said);
      expect(told).toMatchObject({
        model: 'all-MiniLM-L6-v2',
        prompt: '{text}',
        pairs: { given: 240, alike: 120, unlike: 120, trained: 192, heldOut: 48, drawn: 0 },
        improves: true,
      });
      expect(told.after.accuracy).toBeGreaterThan(told.before.accuracy + 0.05);
      expect(told.after.auc).toBeGreaterThan(0.8);
      expect(told['overlap']).toBeGreaterThan(0.1);
      expect(told['overlap']).toBeLessThan(0.9);

      // The same command gives the same file.
      const again = at('again.safetensors');
      await constela([...argv.slice(0, 5), again, '--epochs', '10'], models);
      expect(Buffer.compare(await readFile(again), await readFile(out))).toBe(0);

      const tuned = at('tuned.npz');
      expect(await constela(['embed', starter, '--out', tuned, '--adapter', out], models)).toMatchObject({ code: 0 });
      const { space, vectors } = parseFile(tuned, new Uint8Array(await readFile(tuned)));
      expect(space).toEqual({ modelId: 'all-MiniLM-L6-v2', prompt: '{text}', adapter: told['adapter'] });
      expect(vectors!.rows).toBe(items.length);
      const { out: cosine } = await constela(['similarity', items[0]!.text, items[1]!.text, '--adapter', out], models);
      expect(Number(cosine)).toBeCloseTo(dotRows(vectors!, 0, vectors!, 1), 5);
      // The file says which adapter made its vectors: with it further texts stand beside them, without it none.
      const ask = ['neighbours', tuned, '--of', 'a text that is not there', '-k', '2'];
      expect(await constela([...ask, '--adapter', out], models)).toMatchObject({ code: 0 });
      expect(await constela(ask, models)).toMatchObject({ code: 2, err: expect.stringMatching(/is not here/) });
      expect(await constela(['tune', tuned, '--pairs', pairs, '--out', again], models)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/those of an adapter or a layer/),
      });
      expect(
        await constela(
          ['embed', starter, '--out', tuned, '--adapter', out, '--model', 'multilingual-e5-small-en-pt'],
          models,
        ),
      ).toMatchObject({ code: 2, err: expect.stringMatching(/all-MiniLM-L6-v2, not for multilingual-e5-small-en-pt/) });
    },
  );

  test('says what became of pairs, embeds their texts, and warns where nothing improves', async () => {
    const at = await scratch();
    const pairs = at('pairs.csv');
    await writeFile(at('texts.txt'), 'cat\ndog\n');
    await writeFile(pairs, 'a,b,alike\ncat,dog,1\ndog,cat,0\ncat,dog,1\ncat,cat,1\ncar,bus,1\nbus,car,1\n');
    const out = at('a.safetensors');
    const { code, err, out: table } = await constela(['tune', at('texts.txt'), '--pairs', pairs, '--out', out], models);
    expect(code).toBe(0);
    expect(err).toContain('2 texts of the pairs not among those of INPUT');
    expect(err).toContain('1 pair given more than once');
    expect(err).toContain('2 pairs contradicting an earlier one: the later one counts');
    expect(err).toContain('1 pair of a text with itself');
    expect(err).toContain('2 pairs drawn from texts of different alike pairs');
    expect(err).toContain('too few pairs of either kind to hold any out');
    expect(table).toContain('held-out accuracy\t-\t-');
  });

  test('writes the model with the adapter in it as one ONNX file', async () => {
    const at = await scratch();
    await writeFile(at('texts.txt'), 'cat\ndog\n');
    await writeFile(at('pairs.csv'), 'a,b,alike\ncat,dog,1\ncar,bus,1\n');
    const argv = ['tune', at('texts.txt'), '--pairs', at('pairs.csv'), '--out', at('tuned.onnx'), '--epochs', '1'];
    expect(await constela(argv, models)).toMatchObject({ code: 0 });
    // What it gives is checked in tests/embedding/onnxAdapter.test.ts.
    const { outputs } = readOnnx('tuned', 'tuned.onnx', await readFile(at('tuned.onnx')));
    expect(outputs.at(-1)?.name).toBe('sentence_embedding');
  });

  test.each([
    ['a,b,alike\ncat,dog,2\n', [], /line 2, alike is “2”/],
    ['a,b,alike\ncat,dog,0\n', [], /No pair is alike, of 1/],
    ['a,b,alike\ncat,cat,1\n', [], /no pairs to train on/],
    ['a,b,alike\ncat,dog,1\n', [], /join all 2 texts/],
    ['a,b,alike\ncat,dog,1\n', ['--loss', 'triplet'], /contrastive, cosine/],
    ['a,b,alike\ncat,dog,1\n', ['--held-out', '0.9'], /0 to 0.5/],
    ['a,b,alike\ncat,dog,1\n', ['--out', 'a.bin'], /does not end in .safetensors/],
    ['a,b,alike\ncat,dog,1\n', ['--adapter', 'x'], /unknown option/],
  ])('%j %j is refused in a line', async (pairs, more, message) => {
    const at = await scratch();
    await writeFile(at('pairs.csv'), pairs);
    await writeFile(at('texts.txt'), 'cat\ndog\n');
    const argv = ['tune', at('texts.txt'), '--pairs', at('pairs.csv'), '--out', at('a.safetensors'), ...more];
    const { code, err, out } = await constela(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n').at(-1)).toMatch(message);
  });

  test('an adapter that is none is refused before anything else', async () => {
    const at = await scratch();
    await writeFile(at('a.safetensors'), 'no tensors');
    const { code, err } = await constela(['similarity', 'a', 'b', '--adapter', at('a.safetensors')]);
    expect(code).toBe(2);
    expect(err).toContain('is no safetensors file');
  });
});
