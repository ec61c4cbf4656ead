/** `constela explain`, with the bundled models. */
import { describe, expect, test } from 'vitest';
import { mostWords } from '../../src/similarity/words';
import { constela, modelsFolder } from './terminal';

const models = { models: modelsFolder };
const e5 = ['--model', 'multilingual-e5-small-en-pt'];

interface Printed {
  readonly cosine: number;
  readonly tokens: readonly (readonly string[])[];
  readonly matrix: readonly (readonly number[])[];
  readonly words?: readonly (readonly { word: string; start: number; change: number }[])[];
}

async function explain(...argv: string[]): Promise<Printed> {
  const { code, out } = await constela(['explain', ...argv, '--json', '--quiet'], models);
  expect(code).toBe(0);
  return JSON.parse(out);
}
const similarity = async (...argv: string[]) =>
  Number((await constela(['similarity', ...argv, '--quiet'], models)).out);
const sum = (matrix: Printed['matrix']) => matrix.flat().reduce((all, part) => all + part, 0);

describe('as JSON', () => {
  test.each([
    [['cat', 'kitten']],
    [['A violin concerto.', 'She plays the piano.']],
    [['🎻', 'violin']],
    [['same', 'same']],
    [['O gato dorme no sofá', 'the cat sleeps', ...e5]],
    [['rain '.repeat(600), 'sun', ...e5, '--prompt', 'passage: {text}']],
  ])('%s: entries sum to the cosine that similarity prints', async (argv) => {
    const found = await explain(...argv);
    expect(Object.keys(found)).toEqual(['cosine', 'tokens', 'matrix']);
    expect(found.matrix.map((row) => row.length)).toEqual(found.tokens[0]!.map(() => found.tokens[1]!.length));
    expect(Math.abs(sum(found.matrix) - found.cosine)).toBeLessThan(1e-5);
    expect(Math.abs((await similarity(...argv)) - found.cosine)).toBeLessThan(1e-5);
  });

  test('tokens are those that the model read, special ones and the prompt’s too', async () => {
    expect((await explain('naïve', 'cat', ...e5)).tokens).toEqual([
      ['<s>', 'que', 'ry', ':', 'na', 'ï', 've', '</s>'],
      ['<s>', 'que', 'ry', ':', 'cat', '</s>'],
    ]);
  });

  test('with --words, the change without each word is that of the text embedded without it', async () => {
    const { cosine, words } = await explain('the old violin', 'a new piano', '--words');
    expect(words!.map((list) => list.map(({ word }) => word).sort())).toEqual([
      ['old', 'the', 'violin'],
      ['a', 'new', 'piano'],
    ]);
    const [first, second] = words!;
    const without = await similarity('the old', 'a new piano');
    expect(first!.find(({ word }) => word === 'violin')!.change).toBeCloseTo(without - cosine, 5);
    const other = await similarity('the old violin', 'new piano');
    expect(second!.find(({ word }) => word === 'a')!.change).toBeCloseTo(other - cosine, 5);
    // The one whose loss lowers it most comes first.
    expect(first!.map(({ change }) => change)).toEqual(first!.map(({ change }) => change).sort((a, b) => a - b));
  });
});

describe('as text', () => {
  test('the sums, the strongest pairs and the words', async () => {
    const { code, out, err } = await constela(['explain', 'the old violin', 'piano'], models);
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^cosine\t0\.\d{6}$/);
    expect(lines[1]!.split('\t')[1]).toBe(lines[0]!.split('\t')[1]);
    expect(lines[2]).toMatch(/^positive, negative\t\+0\.\d{4}\t-?0\.\d{4}$/);
    expect(lines).toContain('part\ttoken of text 1\ttoken of text 2');
    expect(out).toMatch(/^\+0\.\d{4}\tviolin\tpiano$/m);
    expect(out).toContain('([CLS])');
    expect(out).toMatch(/change\tword of text 1, left out\n-0\.\d{4}\tviolin\n/);
    expect(err).toContain('“piano” is the only word of its text');
  });

  test('many words: the first are left out one by one, and that is said', async () => {
    const { out, err } = await constela(['explain', 'a '.repeat(mostWords + 2), 'two words'], models);
    expect(err).toContain(`${mostWords + 2} words: the first ${mostWords} are left out one by one`);
    expect(out).toContain(`and ${mostWords - 12} words more`);
  });
});

test.each([
  [['one text'], /Give two texts \(given: 1\)/],
  [['a', 'b', 'c'], /Give two texts \(given: 3\)/],
  [['a', ' '], /The text is empty/],
])('%j is refused in a line', async (texts, message) => {
  const { code, out, err } = await constela(['explain', ...texts]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trim()).toMatch(message);
});
