import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestTo } from '../../src/similarity/nearest';
import { RoundedRows } from '../../src/similarity/rounded';
import type { Matrix } from '../../src/types';
import { createMatrix, normalise } from '../../src/vectors';

const rows = 12_000;

/** Random rows around `centres` directions, `spread` far from them; some are equal, and every 1,000th is of zeros. */
function clustered(dim: number, centres: number, spread: number, seed: number): Matrix {
  let state = seed;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
  const middles = Float32Array.from({ length: centres * dim }, next);
  const matrix = createMatrix(new Float32Array(rows * dim), dim);
  for (let row = 0; row < rows; row++) {
    const own = matrix.data.subarray(row * dim, (row + 1) * dim);
    if (row % 1000 === 7) continue;
    if (row % 10 === 9) own.set(matrix.data.subarray((row - 3) * dim, (row - 2) * dim));
    else for (let d = 0; d < dim; d++) own[d] = middles[(row % centres) * dim + d]! + spread * next();
    normalise(own);
  }
  return matrix;
}

const head = ({ data, dim }: Matrix, count: number): Matrix => ({
  data: data.subarray(0, count * dim),
  rows: count,
  dim,
});

describe('neighbours by way of rounded rows', () => {
  test('are those of all rows, in the same order, with the same cosines', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 7, 16, 50, 384),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 1e-4, 0.05, 1),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 600 }),
        fc.nat(rows - 1),
        (dim, centres, spread, seed, k, row) => {
          const matrix = clustered(dim, centres, spread, seed);
          const rounded = new RoundedRows(dim);
          const skip = new Set([row, 5]);
          expect(nearestTo(matrix, matrix, row, k, skip, rounded)).toEqual(nearestTo(matrix, matrix, row, k, skip));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('hold where rounding takes from the query alone', () => {
    const signs = clustered(32, 40, 1, 17);
    signs.data.forEach((value, i) => (signs.data[i] = Math.sign(value) / Math.sqrt(32)));
    const queries = clustered(32, 40, 1, 23);
    const rounded = new RoundedRows(32);
    for (let row = 0; row < 300; row++)
      expect(nearestTo(signs, queries, row, 600, undefined, rounded)).toEqual(nearestTo(signs, queries, row, 600));
  });

  test('leave most rows out', () => {
    const matrix = clustered(384, 40, 1, 3);
    const found = new RoundedRows(384).candidates(matrix, matrix, 0, 12, new Set([0]));
    expect(found?.length).toBeGreaterThanOrEqual(12);
    expect(found?.length).toBeLessThan(200);
  });

  test('hold for vectors of any length', () => {
    const { data, dim } = clustered(24, 9, 0.3, 11);
    const matrix = createMatrix(
      data.map((value, i) => value * 300 * (1 + ((i / dim) % 5))),
      dim,
    );
    const rounded = new RoundedRows(dim);
    for (const row of [0, 1, 500])
      expect(nearestTo(matrix, matrix, row, 30, undefined, rounded)).toEqual(nearestTo(matrix, matrix, row, 30));
  });

  test('follow rows that are appended', () => {
    const matrix = clustered(20, 9, 0.3, 5);
    const rounded = new RoundedRows(20);
    for (const count of [10_000, 10_001, 11_300, rows, 10_500]) {
      const some = head(matrix, count);
      expect(nearestTo(some, matrix, 4, 40, undefined, rounded)).toEqual(nearestTo(some, matrix, 4, 40));
    }
  });

  test('are looked for among all rows where rounding would not pay', () => {
    const matrix = clustered(4, 3, 0.3, 5);
    const rounded = new RoundedRows(4);
    expect(rounded.candidates(head(matrix, 9999), matrix, 0, 12)).toBeUndefined();
    expect(rounded.candidates(matrix, matrix, 0, 601)).toBeUndefined();
    expect(rounded.candidates(matrix, matrix, 0, 0)).toBeUndefined();
    const allButThree = new Set(Array.from({ length: rows - 3 }, (_, row) => row));
    expect(rounded.candidates(matrix, matrix, 0, 12, allButThree)).toBeUndefined();
    expect(nearestTo(matrix, matrix, 0, 12, allButThree, rounded)).toHaveLength(3);
  });

  test('a query of other dimensions is a mistake', () => {
    const matrix = clustered(4, 3, 0.3, 5);
    expect(() => nearestTo(matrix, createMatrix(new Float32Array(3), 3), 0, 12, undefined, new RoundedRows(4))).toThrow(
      RangeError,
    );
  });
});
