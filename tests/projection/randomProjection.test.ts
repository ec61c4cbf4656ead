import { describe, expect, it } from 'vitest';
import { projectRandom } from '../../src/projection/randomProjection';
import { startPositions } from '../../src/projection/start';
import type { Positions } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from './clusters';

const dim = 48;
const vectors = clusteredVectors(24, dim, 6, 0.8, 1);

function squareDistance({ data, dim }: { data: Float32Array; dim: number }, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += (data[a * dim + d]! - data[b * dim + d]!) ** 2;
  return sum;
}

describe.each([2, 3] as const)('projectRandom to %dD', (dims) => {
  /** Squared distance of two rows on the map over that of their vectors, for many seeds. */
  const ratios = (a: number, b: number) =>
    Array.from(
      { length: 4000 },
      (_, seed) => squareDistance(projectRandom(pair(a, b), dims, seed), 0, 1) / squareDistance(vectors, a, b),
    );
  const pair = (a: number, b: number) =>
    createMatrix(
      new Float32Array([a, b].flatMap((row) => [...vectors.data.subarray(row * dim, (row + 1) * dim)])),
      dim,
    );

  // The ratio is chi-squared with `dims` degrees of freedom over dims: mean 1, variance 2 / dims (Dasgupta & Gupta 2003).
  it.each([
    [0, 6],
    [0, 1],
    [3, 23],
  ])('keeps the squared distance of rows %d and %d in expectation, and varies as the theory says', (a, b) => {
    const found = ratios(a, b);
    const mean = found.reduce((sum, ratio) => sum + ratio, 0) / found.length;
    const variance = found.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / found.length;
    // Five standard errors: of the mean, and of the variance, whose relative one is sqrt((2 + 12 / dims) / 4000).
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(2 / dims / 4000));
    expect(Math.abs((variance * dims) / 2 - 1)).toBeLessThan(5 * Math.sqrt((2 + 12 / dims) / 4000));
  });

  it('is centred, the same for the same seed and another for another', () => {
    const map = projectRandom(vectors, dims, 42);
    for (let c = 0; c < dims; c++) {
      const sum = Array.from({ length: 24 }, (_, row) => map.data[row * dims + c]!).reduce((s, value) => s + value, 0);
      expect(sum).toBeCloseTo(0, 5);
    }
    expect(projectRandom(vectors, dims, 42)).toEqual(map);
    expect(projectRandom(vectors, dims, 43)).not.toEqual(map);
  });

  it('gives the origin for one row, and nothing for none', () => {
    expect(projectRandom(createMatrix(Float32Array.of(0.6, 0.8), 2), dims, 1).data).toEqual(new Float32Array(dims));
    expect(projectRandom({ data: new Float32Array(0), rows: 0, dim: 2 }, dims, 1)).toMatchObject({
      rows: 0,
      dim: dims,
    });
  });
});

describe('a random projection as a map', () => {
  const factor = (map: Positions, of: Positions) => squareDistance(map, 0, 5) / squareDistance(of, 0, 5);

  it('has the scale of the principal components: 10 units for a unit of distance below 16 rows, a reach of 10 above', async () => {
    const few = clusteredVectors(9, 30, 3, 0.5, 2);
    const small = await startPositions(few, 3, 7, { projection: 'random' });
    expect(factor(small, projectRandom(few, 3, 7))).toBeCloseTo(100, 3);
    const large = await startPositions(vectors, 3, 7, { projection: 'random' });
    expect(Math.max(...large.data.map(Math.abs))).toBeCloseTo(10, 3);
    // All distances by one factor, but for the noise that parts equal rows.
    const other = squareDistance(large, 2, 17) / squareDistance(projectRandom(vectors, 3, 7), 2, 17);
    expect(factor(large, projectRandom(vectors, 3, 7)) / other).toBeCloseTo(1, 3);
  });
});
