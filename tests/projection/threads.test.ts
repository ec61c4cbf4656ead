import { describe, expect, test } from 'vitest';
import { startCrew } from '../../src/cli/crew';
import { alone } from '../../src/kernels/crew';
import { layoutGraph } from '../../src/projection/layout';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions } from '../../src/projection/options';
import { startPositions } from '../../src/projection/start';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from './clusters';

/** Forty directions of a circle: every distance stands twice. */
const circle = createMatrix(
  Float32Array.from({ length: 80 }, (_, i) => (i % 2 ? Math.sin : Math.cos)((Math.floor(i / 2) * Math.PI) / 20)),
  2,
);

describe.each([2, 3, 4])('%i threads', (threads) => {
  test.each([
    ['40 rows with ties', circle, 2 as const, 0],
    ['900 rows in groups', clusteredVectors(900, 32, 9, 0.5, 5), 3 as const, 0],
    ['3,001 rows, whose pushes are read once an epoch', clusteredVectors(3001, 16, 9, 0.5, 5), 3 as const, 40],
  ])('give the bytes of one: %s', async (_, matrix, dims, epochs) => {
    const crew = await startCrew(threads);
    expect(crew.threads).toBe(threads);
    const options = { ...defaultOptions, dims, epochs };
    const start = await startPositions(matrix, dims, options.seed);
    const graph = await findNeighbours(matrix, 14);
    const shared = await findNeighbours(matrix, 14, { crew });
    expect(shared).toEqual(graph);
    const map = await layoutGraph(graph, start, options, { crew: alone });
    expect(await layoutGraph(graph, start, options, { crew })).toEqual(map);
    const dense = { ...options, densityWeight: 2 };
    expect(await layoutGraph(graph, start, dense, { crew })).toEqual(
      await layoutGraph(graph, start, dense, { crew: alone }),
    );
    // Rows of every thread's share, and some side by side.
    const pinned = Uint8Array.from({ length: map.rows }, (_, row) => Number(row % 7 === 0 || row % 50 < 3));
    for (const densityWeight of [0, 2]) {
      const around = { ...options, seed: 7, start: map, pinned, densityWeight };
      expect(await layoutGraph(graph, start, around, { crew })).toEqual(
        await layoutGraph(graph, start, around, { crew: alone }),
      );
    }
  });

  test('stop when they are told to, and go on with the next search', async () => {
    const crew = await startCrew(threads);
    const matrix = clusteredVectors(10_000, 64, 3, 0.5, 6);
    const controller = new AbortController();
    const search = findNeighbours(matrix, 14, { crew, signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(search).rejects.toThrow('aborted');
    const few = clusteredVectors(100, 64, 3, 0.5, 6);
    expect(await findNeighbours(few, 5, { crew })).toEqual(await findNeighbours(few, 5));
  });
});
