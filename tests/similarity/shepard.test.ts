import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countPairs, visitPairs } from '../../src/similarity/pairs';
import { shepardDiagram } from '../../src/similarity/shepard';
import { spearman } from '../../src/similarity/spearman';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from '../projection/clusters';
import recorded from './fidelity.json';

function mapOf(args: readonly number[], dims: number) {
  const [rows, dim, groups, noise, seed] = args;
  const vectors = clusteredVectors(rows!, dim!, groups!, noise!, seed!);
  const data = new Float32Array(vectors.rows * dims);
  for (let row = 0; row < vectors.rows; row++)
    data.set(vectors.data.subarray(row * vectors.dim, row * vectors.dim + dims), row * dims);
  return { vectors, positions: { data, rows: vectors.rows, dim: dims === 2 ? (2 as const) : (3 as const) } };
}

describe('spearman', () => {
  // Of scipy 1.17.1, recorded by fidelity.py.
  test.each(recorded.tied)('gives what scipy gives where numbers are equal', ({ x, y, correlation }) => {
    expect(spearman(Float32Array.from(x), Float32Array.from(y))).toBeCloseTo(correlation, 12);
  });

  test('is 1 for what rises together, however, and -1 for what falls', () => {
    const x = Float32Array.from([1, 2, 3, 4]);
    expect(spearman(x, Float32Array.from([1, 10, 11, 1000]))).toBeCloseTo(1, 12);
    expect(spearman(x, Float32Array.from([5, 4, 0, -9]))).toBeCloseTo(-1, 12);
  });

  test('ranks as comparing every two does, whatever their sign', () => {
    const numbers = fc.array(fc.float({ noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(numbers, (values) => {
        const x = Float32Array.from(values);
        const ranks = Float32Array.from(x, (value) =>
          x.reduce((sum, other) => sum + Number(other < value) + Number(other === value) / 2, 0),
        );
        const found = spearman(x, ranks);
        expect(x.every((value) => value === x[0]) ? Number.isNaN(found) : Math.abs(found - 1) < 1e-9).toBe(true);
      }),
    );
  });

  test('is no number where one row does not vary, or is too short', () => {
    const x = Float32Array.from([1, 2, 3]);
    expect(spearman(x, new Float32Array(3))).toBeNaN();
    expect(spearman(x.slice(0, 1), x.slice(0, 1))).toBeNaN();
    expect(() => spearman(x, x.slice(1))).toThrow('3 numbers beside 2');
  });
});

describe('shepardDiagram', () => {
  // Of scipy 1.17.1, recorded by fidelity.py.
  test.each(recorded.shepard)('correlates as scipy does: $args', async ({ args, dims, correlation }) => {
    const { vectors, positions } = mapOf(args, dims);
    expect((await shepardDiagram(vectors, positions)).correlation).toBeCloseTo(correlation, 6);
  });

  test('counts every pair once, in the cell of its distance and cosine', async () => {
    // Three directions at 0, 60 and 90 degrees: cosines 0.5, 0 and 0.866; places at 0, 1 and 4: distances 1, 4 and 3.
    const angles = [0, 60, 90].map((degrees) => (degrees * Math.PI) / 180);
    const vectors = createMatrix(Float32Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 2);
    const positions = { data: Float32Array.from([0, 0, 1, 0, 4, 0]), rows: 3, dim: 2 as const };
    const { counts, columns, lines, farthest, cosines, pairs, sampled, correlation } = await shepardDiagram(
      vectors,
      positions,
    );
    expect({ pairs, sampled, farthest }).toEqual({ pairs: 3, sampled: false, farthest: 4 });
    expect(cosines.low).toBeCloseTo(0, 6);
    expect(cosines.high).toBeCloseTo(Math.cos(Math.PI / 6), 6);
    const filled = [...counts.keys()].filter((cell) => counts[cell] === 1);
    const places = filled.map((cell) => [cell % columns, Math.floor(cell / columns)]);
    const middle = Math.floor((0.5 / Math.cos(Math.PI / 6)) * lines);
    expect(places).toEqual([
      [columns - 1, 0],
      [columns / 4, middle],
      [(columns * 3) / 4, lines - 1],
    ]);
    expect(correlation).toBeCloseTo(-0.5, 12);
  });

  test('of more than 2,000 texts it counts a sample, whose correlation is near that of all', async () => {
    const args = [2100, 8, 5, 0.4, 3];
    const { vectors, positions } = mapOf(args, 2);
    const found = await shepardDiagram(vectors, positions);
    expect(found).toMatchObject({ pairs: 200_000, sampled: true });
    expect(found.counts.reduce((sum, count) => sum + count, 0)).toBe(200_000);
    const few = mapOf([1900, ...args.slice(1)], 2);
    const all = await shepardDiagram(few.vectors, few.positions);
    expect(all).toMatchObject({ pairs: (1900 * 1899) / 2, sampled: false });
    expect(Math.abs(found.correlation - all.correlation)).toBeLessThan(0.01);
  });

  test.each([0, 1])('of %d texts there are no pairs', async (rows) => {
    const vectors = createMatrix(new Float32Array(rows * 2), 2);
    const found = await shepardDiagram(vectors, { data: new Float32Array(rows * 2), rows, dim: 2 });
    expect(found.pairs).toBe(0);
    expect(found.correlation).toBeNaN();
    expect(found.counts.every((count) => count === 0)).toBe(true);
  });

  test('of equal texts in one place there is no correlation', async () => {
    const vectors = createMatrix(new Float32Array(20).fill(Math.SQRT1_2), 2);
    const found = await shepardDiagram(vectors, { data: new Float32Array(20), rows: 10, dim: 2 });
    expect(found.correlation).toBeNaN();
    expect(found.counts[0]).toBe(45);
  });
});

test('a sample of pairs has no row beside itself, and each row about as often', () => {
  const seen = new Uint32Array(50);
  const choice = { all: 100, sampled: 1000 };
  const places: number[] = [];
  visitPairs(50, choice, (a, b, at) => {
    expect(a).not.toBe(b);
    seen[a]!++;
    seen[b]!++;
    places.push(at);
  });
  expect(places).toEqual(Array.from({ length: countPairs(50, choice) }, (_, at) => at));
  expect(places).toHaveLength(1000);
  expect(Math.min(...seen)).toBeGreaterThan(30);
  expect(Math.max(...seen)).toBeLessThan(50);
});
