import { describe, expect, it } from 'vitest';
import { startPositions } from '../../src/projection/start';
import type { Positions } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from './clusters';

/** Unit vectors of the plane at these angles. */
function atDegrees(...angles: number[]) {
  return createMatrix(
    Float32Array.from(
      angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
    ),
    2,
  );
}

function mapDistance({ data, dim }: Positions, i: number, j: number): number {
  return Math.hypot(...Array.from({ length: dim }, (_, d) => data[i * dim + d]! - data[j * dim + d]!));
}

/** 10 layout units for each unit of the chord between two unit vectors. */
const chord = (degrees: number) => 20 * Math.sin((degrees * Math.PI) / 360);

describe.each([2, 3] as const)('startPositions of few rows in %dD', (dims) => {
  it('is empty for none and the origin for one', async () => {
    expect(await startPositions({ data: new Float32Array(0), rows: 0, dim: 2 }, dims, 42)).toMatchObject({ rows: 0 });
    expect((await startPositions(atDegrees(30), dims, 42)).data).toEqual(new Float32Array(dims));
  });

  it('puts two on a line, around the origin', async () => {
    const positions = await startPositions(atDegrees(10, 70), dims, 42);
    expect(mapDistance(positions, 0, 1)).toBeCloseTo(chord(60), 5);
    expect(positions.data[0]! + positions.data[dims]!).toBeCloseTo(0, 6);
    expect(positions.data[1]).toBe(0);
  });

  // The second is no triangle in 1 - cosine: 0.2 + 0.2 < 0.72.
  it.each([
    [0, 90, 200],
    [0, 37, 74],
    [0, 120, 240],
  ])('makes the exact triangle of %d°, %d° and %d°', async (a, b, c) => {
    const positions = await startPositions(atDegrees(a, b, c), dims, 42);
    expect(mapDistance(positions, 0, 1)).toBeCloseTo(chord(b - a), 4);
    expect(mapDistance(positions, 1, 2)).toBeCloseTo(chord(c - b), 4);
    expect(mapDistance(positions, 0, 2)).toBeCloseTo(chord(c - a), 4);
  });

  it('lets equal vectors coincide', async () => {
    const positions = await startPositions(atDegrees(40, 40, 100), dims, 42);
    expect(mapDistance(positions, 0, 1)).toBeLessThan(1e-5);
    expect(mapDistance(positions, 0, 2)).toBeCloseTo(chord(60), 4);
    expect((await startPositions(atDegrees(40, 40, 40), dims, 42)).data).toEqual(new Float32Array(3 * dims));
  });
});

describe('startPositions of many rows', () => {
  it('reaches to 10 and parts equal rows by a hair', async () => {
    const matrix = clusteredVectors(60, 20, 4, 0.5, 1);
    matrix.data.copyWithin(0, 20, 40);
    const { data } = await startPositions(matrix, 3, 42);
    expect(Math.max(...data.map(Math.abs))).toBeCloseTo(10, 3);
    const apart = mapDistance({ data, rows: 60, dim: 3 }, 0, 1);
    expect(apart).toBeGreaterThan(0);
    expect(apart).toBeLessThan(1e-3);
  });

  it('gives noise alone when all rows are equal', async () => {
    const { data } = await startPositions(createMatrix(new Float32Array(20 * 4).fill(0.5), 4), 3, 42);
    expect(data.every((value) => Math.abs(value) <= 1e-4)).toBe(true);
    expect(new Set(data).size).toBeGreaterThan(50);
  });

  it('refuses NaN by its row', async () => {
    const matrix = clusteredVectors(20, 6, 2, 1, 1);
    matrix.data[0] = Number.NaN;
    await expect(startPositions(matrix, 3, 42)).rejects.toThrow('Row 1 of 20 has the value NaN in dimension 1');
  });
});
