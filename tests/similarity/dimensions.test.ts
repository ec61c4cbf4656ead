import { expect, test } from 'vitest';
import { extremeRows, spreadOfDimensions, zScores } from '../../src/similarity/dimensions';
import { createMatrix } from '../../src/vectors';

// numpy: m.mean(0), m.std(0) of these rows.
const matrix = createMatrix(Float32Array.of(1, 5, 2, 2, 5, 4, 6, 5, 9, 3, 5, 1), 3);
const spread = spreadOfDimensions(matrix);

test('the mean and the deviation of each dimension are those of numpy', () => {
  expect([...spread.mean]).toEqual([3, 5, 4]);
  expect([...spread.deviation].map((value) => value.toFixed(6))).toEqual(['1.870829', '0.000000', '3.082207']);
});

test('z-scores count deviations; where all rows are equal there is none', () => {
  const [a, b, c] = zScores(Float32Array.of(6, 7, 1), spread);
  expect([a, b, c]).toEqual([expect.closeTo(3 / 1.870829, 5), 0, expect.closeTo(-3 / 3.082207, 5)]);
});

test('the rows at both ends of a dimension, the farthest out first', () => {
  expect(extremeRows(matrix, 2, 2)).toEqual({ high: [2, 1], low: [3, 0] });
  expect(extremeRows(matrix, 0, 9)).toEqual({ high: [2, 3, 1, 0], low: [0, 1, 3, 2] });
});
