import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../../src/projection/layout';
import { smoothDistances } from '../../src/projection/membership';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions } from '../../src/projection/options';
import { placeRows } from '../../src/projection/place';
import { startPositions } from '../../src/projection/start';
import type { Matrix, Positions } from '../../src/types';
import { takeRows } from '../../src/vectors';
import { clusteredVectors } from './clusters';
import { mapOrder, neighbourRecall } from './quality';

async function layout(matrix: Matrix): Promise<Positions> {
  return layoutGraph(await findNeighbours(matrix, 14), await startPositions(matrix, 3, 42), defaultOptions);
}

/** One map of all rows from that of some and that of the others. */
function merge(parts: [readonly number[], Positions][]): Positions {
  const rows = parts.reduce((sum, [indices]) => sum + indices.length, 0);
  const data = new Float32Array(rows * 3);
  for (const [indices, map] of parts)
    indices.forEach((row, i) => data.set(map.data.subarray(i * 3, i * 3 + 3), row * 3));
  return { data, rows, dim: 3 };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('placeRows', () => {
  it('keeps at least 80 % of the neighbour recall that a whole run gives the same rows', async () => {
    const matrix = clusteredVectors(450, 48, 12, 0.9, 8);
    const added = range(0, 450).filter((row) => row % 10 === 3);
    const placed = range(0, 450).filter((row) => row % 10 !== 3);
    const before = await layout(takeRows(matrix, placed));
    const kept = before.data.slice();
    const map = merge([
      [placed, before],
      [added, await placeRows(matrix, added, placed, before)],
    ]);
    expect(before.data).toEqual(kept);
    const whole = neighbourRecall(matrix, await layout(matrix), added, 15);
    expect(neighbourRecall(matrix, map, added, 15)).toBeGreaterThan(0.8 * whole);
  });

  it('brings a new group together', async () => {
    // Group 4 of 5 is new as a whole.
    const matrix = clusteredVectors(150, 32, 5, 0.3, 9);
    const added = range(0, 150).filter((row) => row % 5 === 4);
    const placed = range(0, 150).filter((row) => row % 5 !== 4);
    const before = await layout(takeRows(matrix, placed));
    const map = merge([
      [placed, before],
      [added, await placeRows(matrix, added, placed, before)],
    ]);
    // Of 30 seeds four leave one of the thirty beside another group.
    expect(added.filter((row) => mapOrder(map, row)[0]! % 5 === 4).length).toBeGreaterThanOrEqual(29);
  });

  it('gives the same bits for the same arguments', async () => {
    const matrix = clusteredVectors(40, 16, 4, 0.5, 1);
    const before = await layout(takeRows(matrix, range(0, 30)));
    const first = await placeRows(matrix, range(30, 40), range(0, 30), before);
    expect(await placeRows(matrix, range(30, 40), range(0, 30), before)).toEqual(first);
    expect(
      await placeRows(matrix, range(30, 40), range(0, 30), before, { options: { ...defaultOptions, seed: 7 } }),
    ).not.toEqual(first);
  });

  it.each([0, 1, 2, 3, 16])('places among %d, in 2D and 3D, equal texts too', async (placed) => {
    const matrix = clusteredVectors(placed + 3, 16, 4, 0.5, 1);
    matrix.data.copyWithin(0, matrix.data.length - 16);
    for (const dims of [2, 3] as const) {
      const before = await startPositions(takeRows(matrix, range(0, placed)), dims, 42);
      const map = await placeRows(matrix, range(placed, placed + 3), range(0, placed), before);
      expect(map).toMatchObject({ rows: 3, dim: dims });
      expect(map.data).toHaveLength(3 * dims);
      expect(map.data.every(Number.isFinite)).toBe(true);
    }
  });

  it('places nothing when nothing is new', async () => {
    const matrix = clusteredVectors(5, 16, 4, 0.5, 1);
    const map = await placeRows(matrix, [], range(0, 5), await startPositions(matrix, 3, 42));
    expect(map).toEqual({ data: new Float32Array(0), rows: 0, dim: 3 });
  });

  it('refuses positions for another number of rows, and stops when aborted', async () => {
    const matrix = clusteredVectors(5, 16, 4, 0.5, 1);
    const positions = await startPositions(matrix, 3, 42);
    await expect(placeRows(matrix, [4], [0, 1, 2, 3], positions)).rejects.toThrow('5 positions for 4 placed rows');
    const reason = new Error('enough');
    const running = placeRows(matrix, [4], range(0, 5), positions, { signal: AbortSignal.abort(reason) });
    await expect(running).rejects.toBe(reason);
  });
});

/** Strengths of one row. */
function strengthsOf(...distances: number[]): number[] {
  const { length: k } = distances;
  const row = { indices: new Int32Array(k), distances: Float32Array.from(distances), rows: 1, k };
  return [...smoothDistances(row, k).strengths];
}

describe('smoothDistances', () => {
  it('gives the nearest 1 and makes them add up to log2(k + 1)', () => {
    const strengths = strengthsOf(0.1, 0.15, 0.2, 0.4, 0.7, 0.8, 0.9);
    expect(strengths[0]).toBe(1);
    expect(strengths.reduce((sum, value) => sum + value)).toBeCloseTo(3, 4);
    expect([...strengths]).toEqual([...strengths].sort((a, b) => b - a));
  });

  it('gives 1 to all of equal distance, and takes none', () => {
    expect(strengthsOf(0, 0, 0)).toEqual([1, 1, 1]);
    expect(strengthsOf(0.3, 0.3)).toEqual([1, 1]);
    expect(strengthsOf()).toEqual([]);
  });
});
