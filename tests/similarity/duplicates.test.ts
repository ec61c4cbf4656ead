import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNeighbours } from '../../src/projection/neighbours';
import { lonelyRows, nearPairs, reachesOf } from '../../src/similarity/duplicates';
import { createMatrix, dotRows, normalise } from '../../src/vectors';

function unitRows(rows: readonly (readonly number[])[], dim: number) {
  const matrix = createMatrix(Float32Array.from(rows.flat()), dim);
  for (let i = 0; i < rows.length; i++) normalise(matrix.data.subarray(i * dim, (i + 1) * dim));
  return matrix;
}

const matrices = fc
  .array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 40 })
  .map((rows) =>
    unitRows(
      rows.map((row) => (row.some(Boolean) ? row : [1, 0, 0, 0])),
      4,
    ),
  );

describe('nearPairs', () => {
  test('are all pairs above a threshold that no text’s last neighbour reaches, nearest first', async () => {
    await fc.assert(
      fc.asyncProperty(matrices, fc.integer({ min: 1, max: 8 }), async (matrix, k) => {
        const graph = await findNeighbours(matrix, k);
        const { earlier, later, cosines } = nearPairs(graph);
        const threshold = reachesOf(graph)[0]! + 1e-5;
        const found = new Set(Array.from(cosines, (_, i) => `${earlier[i]} ${later[i]}`));
        expect(found.size).toBe(cosines.length);
        expect([...cosines]).toEqual([...cosines].sort((a, b) => b - a));
        for (let a = 0; a < matrix.rows; a++)
          for (let b = a + 1; b < matrix.rows; b++)
            if (dotRows(matrix, a, matrix, b) > threshold) expect(found).toContain(`${a} ${b}`);
        cosines.forEach((cosine, i) => {
          expect(earlier[i]!).toBeLessThan(later[i]!);
          expect(cosine).toBeCloseTo(dotRows(matrix, earlier[i]!, matrix, later[i]!), 5);
        });
      }),
    );
  });

  test('equal vectors are pairs of cosine 1, as many as the lists hold', async () => {
    const graph = await findNeighbours(
      unitRows(
        Array.from({ length: 500 }, () => [1, 2]),
        2,
      ),
      10,
    );
    const { cosines } = nearPairs(graph);
    expect(cosines.every((cosine) => cosine === 1)).toBe(true);
    expect(cosines.length).toBeGreaterThanOrEqual((500 * 10) / 2);
    expect(reachesOf(graph)).toEqual(new Float32Array(500).fill(1));
  });

  test('one text has none', async () => {
    const graph = await findNeighbours(unitRows([[1, 0]], 2), 10);
    expect(nearPairs(graph).cosines).toHaveLength(0);
    expect(lonelyRows(graph).rows).toHaveLength(0);
    expect(reachesOf(graph)).toHaveLength(0);
  });
});

describe('lonelyRows', () => {
  test('are in the order of the mean cosine with the nearest, found by comparing all', async () => {
    await fc.assert(
      fc.asyncProperty(matrices, fc.integer({ min: 1, max: 8 }), async (matrix, asked) => {
        const graph = await findNeighbours(matrix, asked);
        const { rows, means } = lonelyRows(graph);
        expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: matrix.rows }, (_, i) => i));
        rows.forEach((row, i) => {
          const others = Array.from({ length: matrix.rows }, (_, other) => other).filter((other) => other !== row);
          const nearest = others
            .map((other) => dotRows(matrix, row, matrix, other))
            .sort((a, b) => b - a)
            .slice(0, graph.k);
          expect(means[i]).toBeCloseTo(nearest.reduce((sum, cosine) => sum + cosine, 0) / graph.k, 5);
          if (i > 0) expect(means[i]!).toBeGreaterThanOrEqual(means[i - 1]!);
        });
      }),
    );
  });
});
