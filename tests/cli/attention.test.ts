/** `constela attention`, by the bundled models. */
import { describe, expect, test } from 'vitest';
import recorded from './attention.json';
import { constela, modelsFolder as models, noModels } from './terminal';

const text = 'The bank of the river 🎻';
/** attention.py says how they were made. */
const { tokens } = recorded;

interface Printed {
  readonly tokens: readonly string[];
  readonly layers: readonly (readonly (readonly (readonly number[])[])[])[];
}

describe('attention', () => {
  test('--json has a weight for each layer, head and pair of tokens, and rows that sum to 1', async () => {
    const { code, out, err } = await constela(['attention', text, '--json', '-q'], { models });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const printed: Printed = JSON.parse(out);
    expect(Object.keys(printed)).toEqual(['tokens', 'layers']);
    expect(printed.tokens).toEqual(tokens);
    expect(printed.layers.map((heads) => heads.length)).toEqual([12, 12, 12, 12, 12, 12]);
    for (const row of printed.layers.flat(2)) {
      expect(row).toHaveLength(tokens.length);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    }
    recorded.head.forEach((row, from) =>
      row.forEach((weight, to) => expect(printed.layers[5]![1]![from]![to]).toBeCloseTo(weight, 5)),
    );
  });

  test('without it, a line a token: what it received, in all heads and by rollout', async () => {
    const { code, out, err } = await constela(['attention', text], { models });
    expect(code).toBe(0);
    const [head, ...lines] = out.trimEnd().split('\n');
    expect(head).toBe('token\treceived\trollout\ttext');
    const cells = lines.map((line) => line.split('\t'));
    expect(cells.map(([, , , token]) => token)).toEqual(tokens);
    cells.forEach(([, received, reached], i) => {
      // Printed with four decimals.
      expect(Math.abs(Number(received) - recorded.received[i]!)).toBeLessThan(6e-5);
      expect(Math.abs(Number(reached) - recorded.rollout[i]!)).toBeLessThan(6e-5);
    });
    expect(err).toMatch(/6 layers of 12 heads: every row sums to 1, to \de-\d+; special tokens took \d+\.\d %/);
    expect(err).toContain('Attention is not, by itself, an explanation.');
  });

  test('another model has its prompt among the tokens; a text beyond the limit is read up to it, which is said', async () => {
    const argv = ['attention', 'naïve', '-m', 'multilingual-e5-small-en-pt', '-q'];
    const { out } = await constela(argv, { models });
    expect(out).toContain('\tque\n');
    const long = await constela(['attention', 'river '.repeat(400)], { models });
    expect(long.code).toBe(0);
    expect(long.out.trimEnd().split('\n')).toHaveLength(1 + 256);
    expect(long.err).toContain('longer than 256 tokens');
  });

  test.each([
    [['attention', ' '], /The text is empty/],
    [['attention'], /missing required argument/],
    [['attention', 'cat', '-p', 'no place'], /has no \{text\}/],
    [['attention', 'cat', '-m', 'other'], /no model called “other”/],
  ])('%j is refused in a line', async (argv, message) => {
    const { code, out, err } = await constela(argv, { models: noModels });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
  });
});
