import { expect, it } from 'vitest';
import { smoothStart } from '../../src/projection/smooth';
import type { Positions } from '../../src/types';

const positions = (...numbers: number[]): Positions => ({
  data: Float32Array.from(numbers),
  rows: numbers.length / 2,
  dim: 2,
});
/** Rows 0 and 1 belong together, and row 2 with none. */
const pair = { offsets: Int32Array.of(0, 1, 2, 2), heads: Int32Array.of(1, 0), weights: Float32Array.of(0.5, 0.5) };

it('brings neighbours to their mean, leaves what has none, and reaches as far as before', () => {
  const start = positions(0, 2, 10, 4, -10, 0);
  const smooth = smoothStart(start, pair, 42);
  // By hand: halfway to each other is the mean, where they stay; the third is the farthest, so that nothing is scaled.
  [5, 3, 5, 3, -10, 0].forEach((expected, i) => expect(Math.abs(smooth.data[i]! - expected)).toBeLessThan(2e-4));
  expect([smooth.rows, smooth.dim]).toEqual([3, 2]);
  expect(start).toEqual(positions(0, 2, 10, 4, -10, 0));
});

it('stretches what has come together, and parts equal points', () => {
  const smooth = smoothStart(positions(-10, 0, 4, 0, 6, 0), pair, 42);
  // The pair meets at -3 and the third is at 6 by then: stretched to 10 again, they are at -5.
  [-5, -5, 10].forEach((expected, row) => expect(Math.abs(smooth.data[row * 2]! - expected)).toBeLessThan(4e-4));
  const [x, y, otherX, otherY] = smooth.data;
  expect([x, y]).not.toEqual([otherX, otherY]);
  expect(smoothStart(positions(0, 0, 0, 0, 0, 0), pair, 1)).not.toEqual(
    smoothStart(positions(0, 0, 0, 0, 0, 0), pair, 2),
  );
});
