/** `constela clusters` on files that bring their vectors: no model runs. */
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/types';
import { constela, scratch } from './terminal';
import { circle, save } from './vectorFiles';

/** Words in two bunches of angles and one far from both: `a0` to `a7`, `b0` to `b5`, `alone`. */
function bunches(): Dataset {
  const bunch = (name: string, first: number, count: number) =>
    Array.from({ length: count }, (_, i) => [`${name}${i}`, first + i] as const);
  return circle(Object.fromEntries([...bunch('a', 0, 8), ...bunch('b', 60, 6), ['alone', 210]]));
}

/** The same, on a map where `a0` to `a2` and all of `b` are one heap and the others another. */
function mapped(): Dataset {
  const { items, ...rest } = bunches();
  const at = items.flatMap(({ text }, i) => [/^a[0-2]|^b/.test(text) ? 10 + i / 50 : i / 50, 0]);
  return { ...rest, items, positions: { data: Float32Array.from(at), rows: items.length, dim: 2 } };
}

describe('clusters', () => {
  test('among the vectors, as a table, the largest first and noise on standard error', async () => {
    const at = await scratch();
    const file = await save(at('bunches.npz'), bunches());
    const { code, out, err } = await constela(['clusters', file, '--on', 'vectors']);
    // The mean of eight angles from 0 to 7 is 3.5, of six from 60 to 65 it is 62.5.
    expect(out).toMatch(/^0\t8\ta[34], a[34], a[25]\n1\t6\tb[23], b[23], b[14]\n$/);
    expect(err).toContain('2 groups of at least 5 among the vectors; 1 text of 15 in none');
    expect(code).toBe(0);
  });

  test('as JSON, on the map that the file brings', async () => {
    const at = await scratch();
    const file = await save(at('mapped.npz'), mapped());
    const { out, err } = await constela(['clusters', file, '--json']);
    const found: readonly { id: number; label: string; size: number; texts: string[] }[] = JSON.parse(out);
    expect(found.map(({ id, size }) => ({ id, size }))).toEqual([
      { id: 0, size: 9 },
      { id: 1, size: 6 },
    ]);
    expect(found[0]!.texts).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2', 'b3', 'b4', 'b5']);
    expect(found[1]!.texts).toEqual(['a3', 'a4', 'a5', 'a6', 'a7', 'alone']);
    expect(Object.keys(found[0]!)).toEqual(['id', 'label', 'size', 'texts']);
    expect(err).toContain('on the map of the file; 0 texts of 15 in none');
  });

  test('a map is laid out for a file without one', async () => {
    const at = await scratch();
    const file = await save(at('bunches.npz'), bunches());
    const { code, err } = await constela(['clusters', file]);
    expect(err).toMatch(/on a map laid out for it; \d+ texts? of 15 in none/);
    expect(code).toBe(0);
  });

  test('groups larger than the file: none, and an empty array', async () => {
    const at = await scratch();
    const file = await save(at('bunches.npz'), bunches());
    const { code, out } = await constela(['clusters', file, '--on', 'vectors', '--min-size', '16', '--json', '-q']);
    expect({ code, out }).toEqual({ code: 0, out: '[]\n' });
  });

  test.each([
    [['--on', 'moon'], /--on is “moon”.*map, vectors/],
    [['--min-size', '1'], /--min-size is “1”.*from 2 to 1000/],
    [['--min-samples', '0'], /--min-samples is “0”.*from 1 to 100/],
  ])('%j is refused', async (options, message) => {
    const { code, err } = await constela(['clusters', 'any.csv', ...options]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});
