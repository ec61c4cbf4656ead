import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/pace';
import { symmetricEigen, topEigen } from '../../src/projection/eigen';
import { projectPca } from '../../src/projection/pca';
import { createRandom } from '../../src/projection/random';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from './clusters';
import recorded from './recorded.json';

describe('projectPca', () => {
  // 200 x 12 goes by the covariance, 30 x 64 by the rows' products.
  it.each(recorded.pca)('gives the scores of scikit-learn, up to sign, for $args', async ({ args, scores }) => {
    const matrix = clusteredVectors(...(args as Parameters<typeof clusteredVectors>));
    const { data } = await projectPca(matrix, 3, 42);
    for (let c = 0; c < 3; c++) {
      const sign = Math.sign(scores[0]![c]! * data[c]!);
      scores.forEach((row, i) => expect(sign * data[i * 3 + c]!).toBeCloseTo(row[c]!, 4));
    }
  });

  it('makes the farthest score of each component positive', async () => {
    const { data } = await projectPca(clusteredVectors(50, 20, 4, 1, 3), 3, 42);
    for (let c = 0; c < 3; c++) {
      const scores = Array.from({ length: 50 }, (_, i) => data[i * 3 + c]!);
      expect(Math.max(...scores)).toBeGreaterThanOrEqual(-Math.min(...scores));
    }
  });

  it('gives the same bits for the same seed, and the same map to 1e-4 for another', async () => {
    const matrix = clusteredVectors(300, 40, 5, 0.5, 4);
    const first = await projectPca(matrix, 3, 42);
    expect(await projectPca(matrix, 3, 42)).toEqual(first);
    const other = await projectPca(matrix, 3, 43);
    other.data.forEach((value, i) => expect(value).toBeCloseTo(first.data[i]!, 4));
  });

  it.each([5, 200])('keeps the columns without variance at zero, by %d dimensions', async (dim) => {
    const line = createMatrix(new Float32Array(40 * dim), dim);
    for (let i = 0; i < 40; i++) line.data[i * dim] = i;
    const { data } = await projectPca(line, 3, 42);
    for (let i = 0; i < 40; i++) {
      expect(Math.abs(data[i * 3]!)).toBeCloseTo(Math.abs(i - 19.5), 4);
      expect([data[i * 3 + 1], data[i * 3 + 2]]).toEqual([0, 0]);
    }
    const equal = createMatrix(new Float32Array(40 * dim).fill(1 / Math.sqrt(dim)), dim);
    expect((await projectPca(equal, 3, 42)).data).toEqual(new Float32Array(120));
  });

  it('gives the origin for one row, and nothing for none', async () => {
    expect((await projectPca(createMatrix(new Float32Array([1, 2]), 2), 2, 42)).data).toEqual(new Float32Array(2));
    expect(await projectPca({ data: new Float32Array(0), rows: 0, dim: 3 }, 2, 42)).toMatchObject({ rows: 0, dim: 2 });
  });

  it('rejects with the reason of an aborted signal', async () => {
    const reason = new Error('enough');
    const running = projectPca(clusteredVectors(5, 4, 1, 1, 1), 2, 42, { signal: AbortSignal.abort(reason) });
    await expect(running).rejects.toBe(reason);
  });
});

describe('eigenpairs', () => {
  /** A symmetric matrix with the given eigenvalues and random eigenvectors: one Householder reflection of a diagonal. */
  function reflected(eigenvalues: number[], seed: number): Float64Array {
    const n = eigenvalues.length;
    const random = createRandom(seed);
    const v = eigenvalues.map(() => random() - 0.5);
    const square = v.reduce((sum, value) => sum + value * value, 0);
    const h = (i: number, j: number) => (i === j ? 1 : 0) - (2 * v[i]! * v[j]!) / square;
    return Float64Array.from({ length: n * n }, (_, p) => {
      const i = Math.floor(p / n);
      return eigenvalues.reduce((sum, value, k) => sum + h(i, k) * value * h(p % n, k), 0);
    });
  }

  it('finds all of a small matrix, negative ones too', () => {
    const { values } = symmetricEigen(reflected([3, -2, 1, 0.5, 0], 1), 5);
    [3, 1, 0.5, 0, -2].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
  });

  it('finds the first of a large matrix by iteration, with their vectors', async () => {
    const eigenvalues = Array.from({ length: 60 }, (_, i) => 0.8 ** i);
    const matrix = reflected(eigenvalues, 2);
    const { values, vectors } = await topEigen(matrix, 60, 3, 42, new Pace());
    for (let c = 0; c < 3; c++) {
      expect(values[c]).toBeCloseTo(eigenvalues[c]!, 9);
      for (let i = 0; i < 60; i++) {
        let image = 0;
        for (let j = 0; j < 60; j++) image += matrix[i * 60 + j]! * vectors[c * 60 + j]!;
        expect(image).toBeCloseTo(values[c]! * vectors[c * 60 + i]!, 5);
      }
    }
  });

  it('bears a matrix of lower rank than asked for', async () => {
    const { values } = await topEigen(reflected([2, ...new Array<number>(39).fill(0)], 3), 40, 3, 42, new Pace());
    expect(values[0]).toBeCloseTo(2, 9);
    expect(Math.abs(values[1]!)).toBeLessThan(1e-9);
    expect(Math.abs(values[2]!)).toBeLessThan(1e-9);
  });
});
