/** The kernel of training against plain loops in float64. */
import { describe, expect, test } from 'vitest';
import { MatrixProducts } from '../../src/kernels/matrixProducts';
import { createRandom } from '../../src/projection/random';
import { Adam } from '../../src/tuning/adam';

const random = createRandom(11);
const numbers = (length: number) => Float32Array.from({ length }, () => 2 * random() - 1);

describe('products of matrices', () => {
  /** Products and the turned ones, by definition. */
  function expected(
    a: (i: number, k: number) => number,
    b: Float32Array,
    rows: number,
    inner: number,
    columns: number,
  ) {
    return Array.from({ length: rows * columns }, (_, at) => {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a(Math.floor(at / columns), k) * b[k * columns + (at % columns)]!;
      return sum;
    });
  }
  const furthest = (out: Float32Array, wanted: readonly number[]) =>
    Math.max(...wanted.map((value, i) => Math.abs(value - out[i]!)));

  // The same memory for all: what an earlier product left must have no effect.
  const products = new MatrixProducts(61);
  test.each([
    [4, 61, 8],
    [61, 13, 61],
    [1, 1, 1],
    [5, 2, 9],
    [3, 7, 17],
    [32, 32, 3],
  ])('%i x %i with %i columns, also turned', (rows, inner, columns) => {
    const b = numbers(inner * columns);
    const a = numbers(rows * inner);
    const out = new Float32Array(rows * columns);
    products.multiply(a, b, rows, inner, columns, out);
    expect(
      furthest(
        out,
        expected((i, k) => a[i * inner + k]!, b, rows, inner, columns),
      ),
    ).toBeLessThan(1e-5);
    const turned = numbers(rows * inner);
    products.multiplyTurned(turned, b, rows, inner, columns, out);
    expect(
      furthest(
        out,
        expected((i, k) => turned[k * rows + i]!, b, rows, inner, columns),
      ),
    ).toBeLessThan(1e-5);
  });

  test('refuses what it has no room for', () => {
    const wide = numbers(65);
    expect(() => products.multiply(wide, wide, 1, 65, 1, new Float32Array(1))).toThrow(RangeError);
  });
});

test('a step of Adam is that of the paper, with the decay towards home', () => {
  const [size, learningRate, weightDecay] = [7, 0.01, 3];
  const [start, home] = [numbers(size), numbers(size)];
  const adam = new Adam(start, { learningRate, weightDecay }, home);
  const [values, mean, square] = [[...start], new Float64Array(size), new Float64Array(size)];
  for (let step = 1; step <= 20; step++) {
    adam.slope.set(numbers(size));
    adam.step();
    values.forEach((from, i) => {
      const slope = adam.slope[i]!;
      mean[i] = 0.9 * mean[i]! + 0.1 * slope;
      square[i] = 0.999 * square[i]! + 0.001 * slope * slope;
      const along = mean[i]! / (1 - 0.9 ** step) / (Math.sqrt(square[i]! / (1 - 0.999 ** step)) + 1e-8);
      values[i] = from - learningRate * along - learningRate * weightDecay * (from - home[i]!);
    });
  }
  // Float32 with 1 - 0.999 as a float32: that is off by 5e-6 of itself.
  values.forEach((value, i) => expect(adam.values[i]).toBeCloseTo(value, 5));
});
