/** `constela bias`, by the bundled models. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { constela, modelsFolder, scratch } from './terminal';

const sets = {
  X: ['math', 'algebra', 'geometry', 'calculus'],
  Y: ['poetry', 'art', 'dance', 'literature'],
  A: ['he', 'man', 'boy'],
  B: ['she', 'woman', 'girl'],
};

async function fileOf(value: unknown): Promise<string> {
  const at = await scratch();
  const file = at('sets.json');
  await writeFile(file, JSON.stringify(value));
  return file;
}

const bias = (argv: readonly string[]) => constela(['bias', ...argv], { models: modelsFolder });

interface Result {
  readonly effectSize: number;
  readonly p: number | null;
  readonly interval: readonly [number, number];
  readonly rnd: number;
  readonly words: readonly { readonly text: string; readonly association: number }[];
  readonly templates?: readonly string[];
  readonly without?: { readonly after: { readonly difference: number } };
}

/** @throws where the output is no JSON */
const read = (out: string): Result => JSON.parse(out) as Result;

describe('bias', () => {
  test('tests the sets of a file, and says what they are too few for', async () => {
    const { code, out, err } = await bias([await fileOf(sets), '--json']);
    expect(code).toBe(0);
    expect(err).toContain('the smallest set has 3 words, where 8 or more would tell more; p cannot be below 0.014');
    const found = JSON.parse(out) as Result & Record<string, unknown>;
    expect(found).toMatchObject({
      partitions: 70,
      exact: true,
      seed: 42,
      level: 0.95,
      model: 'all-MiniLM-L6-v2',
      names: { X: 'X', Y: 'Y', A: 'A', B: 'B' },
    });
    // By definition, from the associations of the words.
    const values = found.words.map(({ association }) => association);
    const mean = (some: readonly number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
    const spread = Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
    expect(found.effectSize).toBeCloseTo((mean(values.slice(0, 4)) - mean(values.slice(4))) / spread, 9);
    expect(found.p! * 70).toBeCloseTo(Math.round(found.p! * 70), 9);
    expect(found.interval[0]).toBeLessThan(found.interval[1]);
    expect(found.words.map(({ text }) => text)).toEqual([...sets.X, ...sets.Y]);
  });

  test('finds flowers more pleasant than insects, by either model', async () => {
    for (const model of ['all-MiniLM-L6-v2', 'multilingual-e5-small-en-pt']) {
      const argv = ['--ready', 'flowersInsects', '--model', model, '--json', '--permutations', '1000'];
      const found = read((await bias(argv)).out);
      // 1.25 and 0.88, at 25 words a set; by chance the standard error is 0.28.
      expect(found.effectSize).toBeGreaterThan(0.7);
      expect(found.p).toBeLessThan(0.01);
      // The pleasant words are nearer to flowers.
      expect(found.rnd).toBeLessThan(0);
    }
  });

  test('in sentences, with templates of its own, and without the direction from A to B', async () => {
    const file = await fileOf(sets);
    const sentences = read((await bias([file, '--sentences', '--json'])).out);
    expect(sentences.templates).toHaveLength(6);
    expect(sentences.words).toHaveLength(8);
    const argv = [file, '--template', '{word}', '--without', 'means', '--json'];
    const { without, ...bare } = read((await bias(argv)).out);
    const words = read((await bias([file, '--json'])).out);
    expect(bare).toEqual({ ...words, templates: ['{word}'] });
    expect(sentences.effectSize).not.toBeCloseTo(words.effectSize, 3);
    expect(Math.abs(without!.after.difference)).toBeLessThan(0.01);
  });

  test('unequal sets have no p, and a table says so', async () => {
    const file = await fileOf({ ...sets, Y: sets.Y.slice(1), names: { X: 'math' } });
    const { code, out, err } = await bias([file]);
    expect(code).toBe(0);
    expect(err).toContain('X has 4 words and Y 3: without sets of equal size there is no permutation test');
    expect(out).toMatch(/^effectSize\t-?\d\.\d{4}\nlow\t\S+\nhigh\t\S+\np\t-\nrnd\t\S+\nrndB\t\S+\n$/);
    expect(read((await bias([file, '--json', '--quiet'])).out)).toMatchObject({
      p: null,
      exact: null,
      names: { X: 'math' },
    });
  });

  test.each([
    [[], /either a file of word sets or --ready/],
    [['--ready', 'nothing'], /no ready test called “nothing”. Give one of flowersInsects,/],
    [['--ready', 'mathArts', '--without', 'both'], /--without is “both”/],
    [['--ready', 'mathArts', '--template', 'no word'], /“no word” has no \{word\} in it/],
    [['--ready', 'mathArts', '--permutations', '10'], /--permutations is “10”/],
  ])('%j is refused in a line', async (argv, message) => {
    const { code, out, err } = await constela(['bias', ...argv]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n').at(-1)).toMatch(message);
  });

  test.each([
    [{ ...sets, X: ['one'] }, /The set X has too few words \(1\). Give at least 2/],
    [{ ...sets, Y: [...sets.Y, 'math'] }, /“math” is in both X and Y/],
    [{ X: sets.X }, /“Y” is or holds undefined/],
    [{ ...sets, B: sets.B.slice(1) }, /A has 3 words and B has 2/],
  ])('sets that cannot be tested are refused (%#)', async (value, message) => {
    const { code, out, err } = await bias([await fileOf(value), '--without', 'pairs']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n').at(-1)).toMatch(message);
  });
});
