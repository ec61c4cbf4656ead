import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { findNeighbours, nearestRows } from '../../src/projection/neighbours';
import type { Matrix, Progress } from '../../src/types';
import { createMatrix, normalise } from '../../src/vectors';
import { clusteredVectors } from './clusters';

/** Distances in float64 and in the plainest loop, sorted by distance and then by index. */
function bruteForce({ data, rows, dim }: Matrix, row: number, candidates: number[]) {
  return candidates
    .map((other, index) => {
      let cosine = 0;
      for (let d = 0; d < dim; d++) cosine += data[row * dim + d]! * data[other * dim + d]!;
      return { other, index, distance: 1 - cosine };
    })
    .filter(({ other }) => other !== row && other < rows)
    .sort((a, b) => a.distance - b.distance || a.index - b.index);
}

const all = (rows: number) => Array.from({ length: rows }, (_, i) => i);

describe('findNeighbours', () => {
  // 63 to 130 rows fill blocks of 64 in every way: short of one, even, odd, one over.
  it.each([2, 3, 63, 64, 65, 127, 128, 129, 130])('gives the brute-force neighbours of %d rows', async (rows) => {
    const matrix = clusteredVectors(rows, 11, 4, 1, rows);
    const graph = await findNeighbours(matrix, 10);
    expect(graph.k).toBe(Math.min(10, rows - 1));
    for (let row = 0; row < rows; row++) {
      const expected = bruteForce(matrix, row, all(rows)).slice(0, graph.k);
      expect([...graph.indices.subarray(row * graph.k, (row + 1) * graph.k)]).toEqual(
        expected.map(({ other }) => other),
      );
      expected.forEach(({ distance }, j) => expect(graph.distances[row * graph.k + j]).toBeCloseTo(distance, 6));
    }
  });

  it('breaks ties by the lower index, and puts equal rows at distance zero', async () => {
    const row = new Float32Array([0.3, 0.5, -0.2, 0.7, 0.1]);
    normalise(row);
    const matrix = createMatrix(new Float32Array(100 * 5), 5);
    for (let i = 0; i < 100; i++) matrix.data.set(row, i * 5);
    const graph = await findNeighbours(matrix, 3);
    expect(graph.distances.every((distance) => distance === 0)).toBe(true);
    expect([...graph.indices.subarray(0, 9)]).toEqual([1, 2, 3, 0, 2, 3, 0, 1, 3]);
    expect([...graph.indices.subarray(99 * 3)]).toEqual([0, 1, 2]);
  });

  it('never names the row itself, sorts by distance and index, and ranks duplicates among axes', async () => {
    const rowsOfAxes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 150 });
    await fc.assert(
      fc.asyncProperty(rowsOfAxes, fc.integer({ min: 0, max: 20 }), async (axes, k) => {
        const matrix = createMatrix(new Float32Array(axes.length * 4), 4);
        axes.forEach((axis, i) => (matrix.data[i * 4 + axis] = 1));
        const graph = await findNeighbours(matrix, k);
        expect(graph.k).toBe(Math.min(k, axes.length - 1));
        axes.forEach((axis, row) => {
          const others = all(axes.length).filter((other) => other !== row);
          const expected = [...others.filter((o) => axes[o] === axis), ...others.filter((o) => axes[o] !== axis)];
          expect([...graph.indices.subarray(row * graph.k, (row + 1) * graph.k)]).toEqual(expected.slice(0, graph.k));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('gives an empty graph for no row and for one', async () => {
    expect(await findNeighbours({ data: new Float32Array(0), rows: 0, dim: 4 }, 5)).toMatchObject({ rows: 0, k: 0 });
    expect(await findNeighbours(createMatrix(new Float32Array([1, 0]), 2), 5)).toMatchObject({ rows: 1, k: 0 });
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d, and names its row', async (value) => {
    const matrix = clusteredVectors(20, 6, 2, 1, 1);
    matrix.data[7 * 6 + 2] = value;
    const message = `Row 8 of 20 has the value ${value} in dimension 3`;
    await expect(findNeighbours(matrix, 5)).rejects.toThrow(message);
  });

  it('reports progress in rows, rising to all of them', async () => {
    const seen: Progress[] = [];
    const matrix = clusteredVectors(3000, 384, 4, 1, 1);
    await findNeighbours(matrix, 5, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ stage: 'neighbours', done: 3000, total: 3000 });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
  });

  it('says so where there is no WebAssembly SIMD', async () => {
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    await expect(findNeighbours(clusteredVectors(5, 4, 1, 1, 1), 2)).rejects.toThrow('no WebAssembly SIMD');
    validate.mockRestore();
  });

  it('lets a cancel through while it works', async () => {
    const control = new AbortController();
    const reason = new Error('enough');
    const running = findNeighbours(clusteredVectors(3000, 384, 4, 1, 1), 5, { signal: control.signal });
    setImmediate(() => control.abort(reason));
    await expect(running).rejects.toBe(reason);
    await expect(findNeighbours(clusteredVectors(3, 4, 1, 1, 1), 1, { signal: control.signal })).rejects.toBe(reason);
  });
});

describe('nearestRows', () => {
  const matrix = clusteredVectors(80, 7, 3, 1, 9);

  it('gives brute-force neighbours among the candidates, counted in candidates', async () => {
    const rows = [79, 4, 10];
    const candidates = all(80).filter((row) => row % 3 === 1);
    const graph = await nearestRows(matrix, rows, candidates, 6);
    rows.forEach((row, i) => {
      const expected = bruteForce(matrix, row, candidates).slice(0, 6);
      expect([...graph.indices.subarray(i * 6, i * 6 + 6)]).toEqual(expected.map(({ index }) => index));
    });
  });

  it('leaves a row out of its own neighbours, and cuts k to what every row has', async () => {
    const graph = await nearestRows(matrix, [0, 5], [5, 6], 4);
    expect(graph).toMatchObject({ rows: 2, k: 1 });
    expect(graph.indices[1]).toBe(1);
    expect(await nearestRows(matrix, [0], [5, 6], 4)).toMatchObject({ rows: 1, k: 2 });
    expect(await nearestRows(matrix, [0], [0], 4)).toMatchObject({ rows: 1, k: 0 });
  });
});
