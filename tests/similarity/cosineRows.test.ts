import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/projection/random';
import { createCosineRows } from '../../src/similarity/cosineRows';
import { cosinesTo, createMatrix, normalise } from '../../src/vectors';

function unitRows(rows: number, dim: number) {
  const random = createRandom(rows * dim);
  const data = Float32Array.from({ length: rows * dim }, () => random() - 0.5);
  for (let row = 0; row < rows; row++) normalise(data.subarray(row * dim, (row + 1) * dim));
  return createMatrix(data, dim);
}

describe('cosines of rows with all rows', () => {
  it.each([
    [1, 4],
    [7, 8],
    [13, 384],
    [50, 1],
    [9, 6],
    [22, 387],
  ])('%i rows of %i dimensions: the bits of one row after another, in any order', (rows, dim) => {
    const matrix = unitRows(rows, dim);
    // Every third row first, then the others.
    const order = Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => (a % 3) - (b % 3) || a - b);
    const cosinesOf = createCosineRows(matrix, order);
    order.forEach((row, i) => expect(cosinesOf(i)).toEqual(cosinesTo(matrix, matrix, row)));
    expect(cosinesOf(0)).toEqual(cosinesTo(matrix, matrix, order[0]!));
  });
});
