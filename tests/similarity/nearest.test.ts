import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestTo } from '../../src/similarity/nearest';
import { percentileOf, sortedPairCosines } from '../../src/similarity/percentile';
import type { Matrix } from '../../src/types';
import { createMatrix, normalise } from '../../src/vectors';

/** Rows of unit length from any numbers; a row of zeros becomes an axis. */
function unitRows(rows: readonly (readonly number[])[], dim: number): Matrix {
  const matrix = createMatrix(Float32Array.from(rows.flat()), dim);
  for (let i = 0; i < rows.length; i++) {
    const row = matrix.data.subarray(i * dim, (i + 1) * dim);
    if (row.every((value) => value === 0)) row[0] = 1;
    normalise(row);
  }
  return matrix;
}

/** Small whole numbers make many equal cosines, which is where orders go wrong. */
const matrices = fc.integer({ min: 1, max: 7 }).chain((dim) =>
  fc
    .array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: dim, maxLength: dim }), {
      minLength: 1,
      maxLength: 40,
    })
    .map((rows) => unitRows(rows, dim)),
);

function cosine({ data, dim }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += data[a * dim + d]! * data[b * dim + d]!;
  return sum;
}

describe('nearestTo', () => {
  test('is a sort of all cosines, up to ties', () => {
    fc.assert(
      fc.property(matrices, fc.nat(), fc.integer({ min: 0, max: 50 }), fc.boolean(), (matrix, seed, k, self) => {
        const row = seed % matrix.rows;
        const others = Array.from({ length: matrix.rows }, (_, i) => i).filter((i) => self || i !== row);
        const expected = others.map((i) => cosine(matrix, row, i)).sort((a, b) => b - a);
        const found = nearestTo(matrix, matrix, row, k, self ? undefined : new Set([row]));
        expect(found).toHaveLength(Math.min(k, others.length));
        expect(new Set(found.map((near) => near.row)).size).toBe(found.length);
        found.forEach((near, i) => {
          expect(others).toContain(near.row);
          // Both sums are of float32 products, in another order.
          expect(near.cosine).toBeCloseTo(cosine(matrix, row, near.row), 6);
          expect(near.cosine).toBeCloseTo(expected[i]!, 6);
        });
      }),
    );
  });

  test('equal ones come in the order of rows', () => {
    const same = unitRows(
      [
        [1, 0],
        [0, 1],
        [1, 0],
        [1, 0],
      ],
      2,
    );
    expect(nearestTo(same, same, 0, 3, new Set([0])).map(({ row }) => row)).toEqual([2, 3, 1]);
  });

  test('a query of other dimensions is a mistake', () => {
    expect(() => nearestTo(unitRows([[1, 0]], 2), unitRows([[1, 0, 0]], 3), 0, 1)).toThrow(RangeError);
  });
});

describe('percentile', () => {
  test('is the share of all pairs that are less similar', () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: -1, max: 1, noNaN: true }), (matrix, value) => {
        const sorted = sortedPairCosines(matrix);
        expect(sorted).toHaveLength((matrix.rows * (matrix.rows - 1)) / 2);
        const below = sorted.filter((other) => other < value).length;
        expect(percentileOf(sorted, value)).toBe(sorted.length === 0 ? 0 : below / sorted.length);
      }),
    );
  });

  test('the pairs are those of two loops', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const pairs: number[] = [];
        for (let a = 0; a < matrix.rows; a++) for (let b = 0; b < a; b++) pairs.push(cosine(matrix, a, b));
        pairs.sort((a, b) => a - b);
        sortedPairCosines(matrix).forEach((value, i) => expect(value).toBeCloseTo(pairs[i]!, 6));
      }),
    );
  });

  test('a sample of many pairs places a percentile to within a point', () => {
    // 600 rows on a circle, unevenly: 179,700 pairs, of which 20,000 are sampled.
    const angles = Array.from({ length: 600 }, (_, i) => 2 * Math.PI * (i / 600) ** 2);
    const matrix = unitRows(
      angles.map((angle) => [Math.cos(angle), Math.sin(angle)]),
      2,
    );
    const sorted = sortedPairCosines(matrix);
    expect(sorted).toHaveLength(20_000);
    const all: number[] = [];
    for (let a = 0; a < 600; a++) for (let b = 0; b < a; b++) all.push(Math.cos(angles[a]! - angles[b]!));
    for (const value of [-0.9, -0.5, 0, 0.5, 0.9, 0.99]) {
      const exact = all.filter((other) => other < value).length / all.length;
      // 1 % is three standard errors of 20,000 independent pairs at the worst share, one half.
      expect(Math.abs(percentileOf(sorted, value) - exact)).toBeLessThan(0.011);
    }
    expect(sortedPairCosines(matrix)).toEqual(sorted);
  });
});
