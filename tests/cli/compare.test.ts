/** Two views of the same texts on the command line. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { createAdapter } from '../../src/embedding/adapter';
import { writeAdapter } from '../../src/tuning/adapterFile';
import { constela, modelsFolder as models, noModels, scratch } from './terminal';
import { circle, save } from './vectorFiles';

// Of five texts around a circle the two nearest are those on both sides.
const around = { a: 0, b: 50, c: 110, d: 180, e: 260 };

describe('compare of two files', () => {
  test('is 1 for the same vectors turned and mirrored, whatever their length', async () => {
    const at = await scratch();
    const first = await save(at('a.npz'), circle(around));
    const turned = Object.fromEntries(Object.entries(around).map(([text, angle]) => [text, 33 - angle]));
    const second = await save(at('b.npz'), circle(turned, { length: 4 }));
    const { code, out, err } = await constela(['compare', first, second, '-k', '2', '--json', '-q'], {
      models: noModels,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found = JSON.parse(out);
    expect(Object.keys(found)).toEqual(['overlap', 'cka', 'movers']);
    expect(found.overlap).toBe(1);
    expect(found.cka).toBeCloseTo(1, 6);
    expect(found.movers).toEqual(Object.keys(around).map((text) => ({ text, overlap: 1 })));
  });

  test('lists what moved first, by the share of its neighbours', async () => {
    const at = await scratch();
    const first = await save(at('a.npz'), circle(around));
    // The places of c and e are exchanged.
    const second = await save(at('b.npz'), circle({ ...around, c: 260, e: 110 }));
    const { out } = await constela(['compare', first, second, '-k', '2', '-q']);
    const [k, mean, cka, blank, head, ...rows] = out.trimEnd().split('\n');
    expect([k, blank, head]).toEqual(['k\t2', '', 'overlap\ttext']);
    // By hand: neighbours of a are b and e, then b and c; of b a and c, then a and e; of c b and d, then a and d;
    // of d c and e both times; of e a and d, then b and d.
    expect(rows).toEqual(['0.500\ta', '0.500\tb', '0.500\tc', '0.500\te', '1.000\td']);
    expect(mean).toBe('mean overlap\t0.6000');
    expect(cka).toMatch(/^CKA\t0\.\d{4}$/);
  });

  test('matches texts and not rows, and counts what only one file has or has twice', async () => {
    const at = await scratch();
    const first = await save(at('a.npz'), circle({ x: 7, ...around }));
    const shuffled = circle({ e: 260, c: 110, ' a ': 0, y: 5, z: 90, b: 50, d: 180 });
    const twice = { ...shuffled, items: shuffled.items.map(({ text }) => ({ text: text === 'z' ? 'e' : text })) };
    const second = await save(at('b.npz'), twice);
    const { code, out, err } = await constela(['compare', first, second, '--json'], { models: noModels });
    expect(code).toBe(0);
    expect(err).toContain(`1 text only in ${first}, left out`);
    expect(err).toContain(`1 text only in ${second}, left out`);
    expect(err).toContain(`1 text more than once in ${second}, taken once`);
    expect(err).toContain('5 texts: 4 neighbours looked at instead of 15');
    const { movers, cka } = JSON.parse(out);
    expect(movers.map(({ text }: { text: string }) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(cka).toBeCloseTo(1, 6);
  });

  test('of other dimensions, of one text, and of equal vectors', async () => {
    const at = await scratch();
    const flat = await save(at('a.npz'), circle(around));
    const data = Float32Array.from({ length: 15 }, (_, i) => Math.sin(i * i + 1));
    const solid = await save(at('b.npz'), { ...circle(around), vectors: { data, rows: 5, dim: 3 } });
    const found = JSON.parse((await constela(['compare', flat, solid, '--json', '-k', '1', '-q'])).out);
    expect(found.cka).toBeGreaterThan(0);
    expect(found.cka).toBeLessThan(1);
    const one = await save(at('one.npz'), circle({ c: 3 }));
    const alone = await constela(['compare', flat, one, '-q']);
    expect(alone).toEqual({ code: 0, out: 'k\t0\nmean overlap\t-\nCKA\t-\n\noverlap\ttext\n-\tc\n', err: '' });
    const equal = await save(at('equal.npz'), circle({ a: 9, b: 9, c: 9 }));
    expect(JSON.parse((await constela(['compare', flat, equal, '--json', '-q'])).out)).toMatchObject({
      overlap: 1,
      cka: null,
    });
  });

  test('that have no text in common, or no vectors, are refused', async () => {
    const at = await scratch();
    const first = await save(at('a.npz'), circle({ a: 0 }));
    const second = await save(at('b.npz'), circle({ b: 0 }));
    const { code, err } = await constela(['compare', first, second, '-q']);
    expect({ code, err }).toEqual({
      code: 2,
      err: `constela: There is no text that both ${first} and ${second} have. Give two sets of the same texts.\n`,
    });
    await writeFile(at('c.txt'), 'a\nb\n');
    const both = await constela(['compare', at('c.txt'), at('c.txt'), '-q']);
    expect(both.code).toBe(2);
    expect(both.err).toMatch(/would be made by all-MiniLM-L6-v2/);
  });
});

describe('compare of two models', () => {
  const words = ['cat', 'dog', 'king', 'queen', 'apple', 'pear', 'red', 'blue', 'gato', 'rei'];

  test('embeds the texts twice; vectors of the file are used where they are of one of the two', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), words.join('\n'));
    const both = ['--models', 'all-MiniLM-L6-v2,multilingual-e5-small-en-pt', '-k', '3', '--json', '-q'];
    const { code, out, err } = await constela(['compare', at('words.txt'), ...both], { models });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found = JSON.parse(out);
    expect(found.movers).toHaveLength(words.length);
    expect(found.cka).toBeGreaterThan(0.3);
    const shares = found.movers.map(({ overlap }: { overlap: number }) => overlap);
    expect(shares).toEqual(shares.toSorted());
    expect(found.overlap).toBeCloseTo(shares.reduce((sum: number, share: number) => sum + share, 0) / 10, 6);

    // The same by files that bring their vectors.
    for (const model of ['all-MiniLM-L6-v2', 'multilingual-e5-small-en-pt'])
      await constela(['embed', at('words.txt'), '-o', at(`${model}.npz`), '-m', model, '-q'], { models });
    const files = ['all-MiniLM-L6-v2.npz', 'multilingual-e5-small-en-pt.npz'].map((name) => at(name));
    const fromFiles = await constela(['compare', ...files, '-k', '3', '--json', '-q'], { models: noModels });
    expect(fromFiles.out).toBe(out);
    const given = await constela(['compare', files[0]!, ...both], { models });
    expect(given.out).toBe(out);
  });

  test('or one model with two prompts', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), words.join('\n'));
    const twice = ['--models', 'all-MiniLM-L6-v2,all-MiniLM-L6-v2', '--json', '-k', '3', '-q'];
    const prompted = await constela(['compare', at('words.txt'), ...twice, '-p', '{text}', '-p', 'a photo of {text}'], {
      models,
    });
    expect(prompted.code).toBe(0);
    expect(JSON.parse(prompted.out).cka).toBeLessThan(1);
    const { code, err } = await constela(['compare', at('words.txt'), ...twice], { models });
    expect(code).toBe(2);
    expect(err).toMatch(/Both views would be made by all-MiniLM-L6-v2 with the prompt “\{text\}”/);
  });
});

describe('compare of two views of one model', () => {
  const words = ['cat', 'dog', 'king', 'queen', 'apple', 'pear', 'red', 'blue'];

  test('after two layers, as by files of their vectors', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), words.join('\n'));
    const { code, out, err } = await constela(
      ['compare', at('words.txt'), '--layers', '0,6', '-k', '3', '--json', '-q'],
      { models },
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found = JSON.parse(out);
    expect(Object.keys(found)).toEqual(['overlap', 'cka', 'movers']);
    expect(found.cka).toBeLessThan(1);
    for (const layer of ['0', '6'])
      await constela(['embed', at('words.txt'), '-o', at(`${layer}.npz`), '--layer', layer, '-q'], { models });
    const files = ['compare', at('0.npz'), at('6.npz'), '-k', '3', '--json', '-q'];
    expect((await constela(files, { models: noModels })).out).toBe(out);
    const same = await constela(['compare', at('words.txt'), '--layers', '6,6'], { models });
    expect(same).toMatchObject({ code: 2, err: expect.stringMatching(/Give another model, prompt or layer/) });
    for (const [layers, said] of [
      ['0', /two layers with a comma/],
      ['0,1,2', /two layers with a comma/],
      ['0,x', /--layers/],
      ['0,99', /--layers/],
    ] as const)
      expect(await constela(['compare', at('words.txt'), '--layers', layers])).toMatchObject({
        code: 2,
        err: expect.stringMatching(said),
      });
  });

  test('by an adapter: one that turns changes no neighbour, one that flattens does', async () => {
    const at = await scratch();
    await writeFile(at('words.txt'), words.join('\n'));
    const dim = 384;
    /** One dimension takes the place of the next: all cosines stay. */
    const turned = new Float32Array(dim * dim);
    for (let d = 0; d < dim; d++) turned[d * dim + ((d + 1) % dim)] = 1;
    const base = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
    const flat = turned.map((value, i) => (i % dim < 8 ? value : 0));
    const compared = async (weights: Float32Array<ArrayBuffer>) => {
      await writeFile(at('a.safetensors'), writeAdapter(await createAdapter(base, weights)));
      const argv = ['compare', at('words.txt'), '--adapter', at('a.safetensors'), '-k', '3', '--json', '-q'];
      const { code, out, err } = await constela(argv, { models });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out);
    };
    const same = await compared(turned);
    expect(same.overlap).toBe(1);
    expect(same.cka).toBeCloseTo(1, 5);
    // Eight of 384 dimensions cannot keep all neighbours.
    const less = await compared(flat);
    expect(less.overlap).toBeLessThan(1);
    expect(less.cka).toBeLessThan(0.99);
    expect(less.movers).toHaveLength(words.length);
  });
});

test('compare says which arguments it takes', async () => {
  for (const argv of [
    ['a.npz', 'b.npz', '--layers', '0,1'],
    ['a.npz', '--layers', '0,1', '--models', 'all-MiniLM-L6-v2,multilingual-e5-small-en-pt'],
    ['a.npz'],
    ['a.npz', 'b.npz', 'c.npz'],
    ['a.npz', '--models', 'all-MiniLM-L6-v2'],
    ['a.npz', 'b.npz', '--models', 'all-MiniLM-L6-v2,multilingual-e5-small-en-pt'],
    ['a.npz', 'b.npz', '-p', 'x {text}'],
  ]) {
    const { code, out, err } = await constela(['compare', ...argv]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^constela: Give two files with vectors, or one file and two --models/);
  }
  expect((await constela(['compare', 'a.npz', '--models', 'all-MiniLM-L6-v2,other'])).err).toMatch(
    /no model called “other”/,
  );
  expect((await constela(['compare', 'a.npz', '-p', 'no place'])).err).toMatch(/has no \{text\} in it/);
});
