import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fidelityNeighbours, measureFidelity } from '../../src/similarity/fidelity';
import { misplacedAround } from '../../src/similarity/misplaced';
import { findNeighbours } from '../../src/projection/neighbours';
import type { Matrix, Positions } from '../../src/types';
import { createMatrix, normalise } from '../../src/vectors';
import { clusteredVectors } from '../projection/clusters';
import { mapOrder, trustworthiness, vectorOrder } from '../projection/quality';
import recorded from './fidelity.json';

const noGraph = () => Promise.reject(new Error('no graph is needed for so few rows'));

/** The map that shows the first coordinates of the vectors. */
function firstCoordinates({ data, rows, dim }: Matrix, dims: number): Positions {
  const out = Float32Array.from({ length: rows * dims }, (_, i) => data[Math.floor(i / dims) * dim + (i % dims)]!);
  return { data: out, rows, dim: dims === 2 ? 2 : 3 };
}

const vectorsOf = ([rows, dim, groups, noise, seed]: readonly number[]) =>
  clusteredVectors(rows!, dim!, groups!, noise!, seed!);

/** Continuity by brute force: trustworthiness with the parts of vectors and map exchanged. */
function continuity(matrix: Matrix, map: Positions, k: number): number {
  const { rows } = matrix;
  let penalty = 0;
  for (let row = 0; row < rows; row++) {
    const ranks = mapOrder(map, row);
    for (const other of vectorOrder(matrix, row).slice(0, k)) penalty += Math.max(0, ranks.indexOf(other) + 1 - k);
  }
  return 1 - (2 / (rows * k * (2 * rows - 3 * k - 1))) * penalty;
}

/** Whole numbers make many equal distances and equal places; the vectors lie on axes, so that their cosines are exact. */
const maps = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })), {
    minLength: 3,
    maxLength: 40,
  })
  .map((rows) => {
    const matrix = createMatrix(new Float32Array(rows.length * 3), 3);
    // An axis of 4 is none: a vector of zeros.
    rows.forEach(([axis], row) => axis < 3 && (matrix.data[row * 3 + axis] = 1));
    const places = Float32Array.from(rows.flatMap(([, x, y]) => [x, y]));
    return { matrix, positions: { data: places, rows: rows.length, dim: 2 as const } };
  });

describe('measureFidelity', () => {
  // Of scikit-learn 1.9.1, recorded by fidelity.py.
  test.each(recorded.fidelity)('gives what scikit-learn gives: $args, k $k', async ({ args, dims, k, ...expected }) => {
    const vectors = vectorsOf(args);
    const found = await measureFidelity(vectors, firstCoordinates(vectors, dims), k, noGraph);
    expect(found.k).toBe(k);
    expect(Math.abs(found.trustworthiness - expected.trustworthiness)).toBeLessThan(1e-6);
    expect(Math.abs(found.continuity - expected.continuity)).toBeLessThan(1e-6);
    expect(found).not.toHaveProperty('sampled');
  });

  test('gives what brute force gives, equal distances ranked by row', async () => {
    await fc.assert(
      fc.asyncProperty(maps, fc.integer({ min: 1, max: 25 }), async ({ matrix, positions }, asked) => {
        const found = await measureFidelity(matrix, positions, asked, noGraph);
        const { k } = found;
        expect(found.trustworthiness).toBeCloseTo(trustworthiness(matrix, positions, k), 9);
        expect(found.continuity).toBeCloseTo(continuity(matrix, positions, k), 9);
        found.shares.forEach((share, row) => {
          const near = new Set(vectorOrder(matrix, row).slice(0, k));
          const kept = mapOrder(positions, row)
            .slice(0, k)
            .filter((other) => near.has(other)).length;
          expect(share).toBe(Math.fround(kept / k));
        });
      }),
    );
  });

  test('a map that is the space itself is perfect, and one turned inside out is not', async () => {
    const angles = Array.from({ length: 40 }, (_, i) => (i ** 1.1 * Math.PI) / 150);
    const data = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
    const vectors = createMatrix(data, 2);
    const same = await measureFidelity(vectors, { data, rows: 40, dim: 2 }, 5, noGraph);
    expect([same.trustworthiness, same.continuity, Math.min(...same.shares)]).toEqual([1, 1, 1]);
    const folded = Float32Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? (i * 7) % 40 : 0));
    const other = await measureFidelity(vectors, { data: folded, rows: 40, dim: 2 }, 5, noGraph);
    expect(other.trustworthiness).toBeLessThan(0.9);
  });

  test('a sample comes near to all of scikit-learn’s, and the shares are those of the graph', async () => {
    const { args, dims, k, ...expected } = recorded.sampled;
    const vectors = vectorsOf(args);
    const positions = firstCoordinates(vectors, dims);
    const stages: number[] = [];
    const found = await measureFidelity(vectors, positions, k, (needed) => findNeighbours(vectors, needed), {
      mostExact: 2000,
      onProgress: ({ done }) => stages.push(done),
    });
    expect(found.sampled).toBe(1538);
    const errors = found.errors ?? { trustworthiness: 0, continuity: 0 };
    expect(Math.max(errors.trustworthiness, errors.continuity)).toBeLessThan(0.005);
    expect(Math.abs(found.trustworthiness - expected.trustworthiness)).toBeLessThan(3 * errors.trustworthiness);
    expect(Math.abs(found.continuity - expected.continuity)).toBeLessThan(3 * errors.continuity);
    for (const row of [0, 1, 777, 2599]) {
      const { torn } = misplacedAround(vectors, positions, row, k);
      expect(found.shares[row]).toBeCloseTo(1 - torn.length / k, 6);
    }
    expect(stages.every((done, i) => done <= 2600 && (i === 0 || done >= stages[i - 1]!))).toBe(true);
  });

  test('is cancelled', async () => {
    const vectors = clusteredVectors(50, 8, 3, 0.5, 1);
    const signal = AbortSignal.abort();
    await expect(measureFidelity(vectors, firstCoordinates(vectors, 2), 5, noGraph, { signal })).rejects.toThrow(
      /abort/i,
    );
  });

  test.each([0, 1, 2])('of %d texts there is nothing to measure', async (rows) => {
    const vectors = createMatrix(new Float32Array(rows * 2).fill(Math.SQRT1_2), 2);
    const positions = { data: new Float32Array(rows * 2), rows, dim: 2 as const };
    const {
      k,
      trustworthiness: trust,
      continuity: kept,
      shares,
    } = await measureFidelity(vectors, positions, 15, noGraph);
    expect([k, trust, kept]).toEqual([0, NaN, NaN]);
    expect([...shares]).toEqual(Array.from({ length: rows }, () => NaN));
  });

  test('of three texts there is one neighbour, and of equal ones in one place none is misplaced', async () => {
    const vectors = createMatrix(new Float32Array(12).fill(0.5), 4);
    const positions = { data: new Float32Array(9).fill(7), rows: 3, dim: 3 as const };
    const found = await measureFidelity(vectors, positions, 15, noGraph);
    expect(found).toMatchObject({ k: 1, trustworthiness: 1, continuity: 1 });
    expect([...found.shares]).toEqual([1, 1, 1]);
  });

  test('refuses a map of other texts, or without a place for one', async () => {
    const vectors = clusteredVectors(10, 8, 3, 0.5, 1);
    const few = { data: new Float32Array(18), rows: 9, dim: 2 as const };
    await expect(measureFidelity(vectors, few, 3, noGraph)).rejects.toThrow('a map of 9 rows for 10 vectors');
    const holed = { data: new Float32Array(20).fill(NaN, 15), rows: 10, dim: 2 as const };
    await expect(measureFidelity(vectors, holed, 3, noGraph)).rejects.toThrow('row 7 of the map is not finite');
  });
});

test('neighbours are fewer than half of the texts, as scikit-learn asks', () => {
  const asked = (rows: number) => fidelityNeighbours(rows, 15);
  expect([0, 1, 2, 3, 4, 5, 29, 30, 31, 1000].map(asked)).toEqual([0, 0, 0, 1, 1, 2, 14, 14, 15, 15]);
});

describe('misplacedAround', () => {
  test('names what a map tears away and what it puts there instead, with both ranks', () => {
    // Seven directions a few degrees apart; on the map the second and the last have changed places.
    const angles = [0, 2, 4, 6, 8, 10, 12].map((degrees) => (degrees * Math.PI) / 180);
    const vectors = createMatrix(Float32Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 2);
    const positions = {
      data: Float32Array.from([0, 6, 2, 3, 4, 5, 1].flatMap((x) => [x, 0])),
      rows: 7,
      dim: 2 as const,
    };
    const { k, torn, intruders } = misplacedAround(vectors, positions, 0, 15);
    expect(k).toBe(3);
    expect(torn).toEqual([{ row: 1, cosine: expect.closeTo(Math.cos(angles[1]!), 6), rank: 1, mapRank: 6 }]);
    expect(intruders).toEqual([{ row: 6, cosine: expect.closeTo(Math.cos(angles[6]!), 6), rank: 6, mapRank: 1 }]);
  });

  test('lists as many of one kind as of the other, and all of a row’s share', async () => {
    const vectors = clusteredVectors(120, 16, 5, 0.7, 3);
    const positions = firstCoordinates(vectors, 3);
    const { shares } = await measureFidelity(vectors, positions, 10, noGraph);
    for (let row = 0; row < 120; row++) {
      const { torn, intruders } = misplacedAround(vectors, positions, row, 10);
      expect(intruders).toHaveLength(torn.length);
      expect(shares[row]).toBeCloseTo(1 - torn.length / 10, 6);
      for (const { rank, mapRank } of torn) expect(rank <= 10 && mapRank > 10).toBe(true);
      for (const { rank, mapRank } of intruders) expect(rank > 10 && mapRank <= 10).toBe(true);
    }
  });

  test('one text has no neighbours', () => {
    const alone = createMatrix(new Float32Array([1, 0]), 2);
    normalise(alone.data);
    const found = misplacedAround(alone, { data: new Float32Array(2), rows: 1, dim: 2 }, 0, 15);
    expect(found).toEqual({ k: 0, torn: [], intruders: [] });
  });
});
