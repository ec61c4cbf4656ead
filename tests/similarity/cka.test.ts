import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/projection/random';
import { linearCka } from '../../src/similarity/cka';
import type { Matrix } from '../../src/types';
import recorded from './compare.json';

/** As in compare.py. */
function rowsOf(rows: number, dim: number, seed: number): Matrix {
  const data = new Float32Array(rows * dim);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < dim; j++) data[i * dim + j] = ((i * 31 + j * 17 + i * j * 13 + i * i * seed) % 101) / 101 - 0.5;
  return { data, rows, dim };
}

function randomRows(rows: number, dim: number, seed: number): Matrix {
  const random = createRandom(seed);
  return { data: Float32Array.from({ length: rows * dim }, () => random() - 0.5), rows, dim };
}

/** By the other form of the same measure: of the centred Gram matrices, rows x rows. */
function gramCka(a: Matrix, b: Matrix): number {
  const grams = [a, b].map(({ data, rows, dim }) => {
    const raw = Array.from({ length: rows }, (_, i) =>
      Array.from({ length: rows }, (_, j) => {
        let sum = 0;
        for (let d = 0; d < dim; d++) sum += data[i * dim + d]! * data[j * dim + d]!;
        return sum;
      }),
    );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / rows;
    const means = raw.map(mean);
    const all = mean(means);
    return raw.map((row, i) => row.map((value, j) => value - means[i]! - means[j]! + all));
  });
  const inner = (x: number[][], y: number[][]) =>
    x.reduce((sum, row, i) => sum + row.reduce((part, value, j) => part + value * y[i]![j]!, 0), 0);
  const [x, y] = [grams[0]!, grams[1]!];
  return inner(x, y) / Math.sqrt(inner(x, x) * inner(y, y));
}

describe('linear CKA', () => {
  test("is numpy's, recorded by compare.py", async () => {
    for (const { rows, a, b, cka } of recorded)
      expect(await linearCka(rowsOf(rows, a.dim, a.seed), rowsOf(rows, b.dim, b.seed))).toBeCloseTo(cka, 9);
  });

  test('is that of the centred Gram matrices, for spaces of other dimensions and odd numbers of rows', async () => {
    for (const [rows, dimA, dimB] of [
      [3, 5, 2],
      [64, 3, 9],
      [131, 17, 6],
    ] as const) {
      const [a, b] = [randomRows(rows, dimA, rows), randomRows(rows, dimB, rows + 1)];
      expect(await linearCka(a, b)).toBeCloseTo(gramCka(a, b), 9);
    }
  });

  test('does not heed turning, scaling as a whole, and moving', async () => {
    const a = randomRows(90, 2, 7);
    const [cos, sin] = [Math.cos(1), Math.sin(1)];
    const turned = a.data.map((_, p) => {
      const [x, y] = [a.data[p - (p % 2)]!, a.data[p - (p % 2) + 1]!];
      return 5 + 3 * (p % 2 === 0 ? cos * x - sin * y : sin * x + cos * y);
    });
    expect(await linearCka(a, { ...a, data: turned })).toBeCloseTo(1, 6);
    expect(await linearCka(a, a)).toBe(1);
  });

  test('is low for many unrelated rows, and high by itself for fewer rows than dimensions', async () => {
    expect(await linearCka(randomRows(2000, 8, 1), randomRows(2000, 8, 2))).toBeLessThan(0.02);
    expect(await linearCka(randomRows(50, 200, 1), randomRows(50, 200, 2))).toBeGreaterThan(0.7);
  });

  test('is NaN where all rows are one point', async () => {
    const same: Matrix = { data: Float32Array.from({ length: 30 }, (_, i) => 0.1 + (i % 3)), rows: 10, dim: 3 };
    expect(await linearCka(same, randomRows(10, 4, 1))).toBeNaN();
    expect(await linearCka(randomRows(10, 4, 1), { ...same, data: new Float32Array(30) })).toBeNaN();
    expect(await linearCka(randomRows(1, 4, 1), randomRows(1, 4, 2))).toBeNaN();
  });

  test('ends when it is aborted, and refuses unequal numbers of rows', async () => {
    const signal = AbortSignal.abort();
    await expect(linearCka(randomRows(9, 3, 1), randomRows(9, 3, 2), { signal })).rejects.toThrow(/abort/i);
    await expect(linearCka(randomRows(9, 3, 1), randomRows(8, 3, 2))).rejects.toThrow(RangeError);
  });
});
