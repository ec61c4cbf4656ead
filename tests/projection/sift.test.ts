import { expect, test } from 'vitest';
import { findNeighbours } from '../../src/projection/neighbours';
import type { KnnGraph, Matrix } from '../../src/types';
import { cosinesTo, topK } from '../../src/vectors';
import { clusteredVectors } from './clusters';

const k = 14;

/** Share of the true neighbours, by brute force, of a hundred rows, 151 apart: they are of a hundred groups. */
function recallOf(matrix: Matrix, graph: KnnGraph): number {
  let found = 0;
  for (let i = 0; i < 100; i++) {
    const row = (i * 151) % matrix.rows;
    const list = new Set(graph.indices.subarray(row * k, (row + 1) * k));
    for (const neighbour of topK(cosinesTo(matrix, matrix, row), k, new Set([row]))) if (list.has(neighbour)) found++;
  }
  return found / (100 * k);
}

test('finds at least 0.995 of the neighbours of many rows, and says what it measured', async () => {
  const matrix = clusteredVectors(15_000, 192, 60, 0.6, 11);
  const graph = await findNeighbours(matrix, k);
  expect(graph.recall).toBeGreaterThanOrEqual(0.995);
  expect(graph.recall).toBeLessThanOrEqual(1);
  expect(recallOf(matrix, graph)).toBeGreaterThanOrEqual(0.995);
  expect(graph.indices.every((neighbour) => neighbour >= 0)).toBe(true);
});

test('compares all pairs where sketches tell nothing: rows in no order at all', async () => {
  const matrix = clusteredVectors(15_000, 192, 15_000, 0, 12);
  const graph = await findNeighbours(matrix, k);
  expect(graph.recall).toBeUndefined();
  expect(recallOf(matrix, graph)).toBe(1);
});
