import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../../src/projection/layout';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions, effectiveNeighbours } from '../../src/projection/options';
import { startPositions } from '../../src/projection/start';
import type { LayoutRequest, Matrix, Positions } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from './clusters';
import { mapOrder } from './quality';

/** Vectors to a map, as the engine does it. */
async function layout(matrix: Matrix, request: Partial<LayoutRequest> = {}): Promise<Positions> {
  const options = { ...defaultOptions, ...request };
  const graph = await findNeighbours(matrix, effectiveNeighbours(matrix.rows, options.nNeighbors) - 1);
  return layoutGraph(graph, await startPositions(matrix, options.dims, options.seed), options);
}

function expectFinite({ data, rows, dim }: Positions, count: number) {
  expect([rows, dim, data.length]).toEqual([count, 3, count * 3]);
  expect(data.every(Number.isFinite)).toBe(true);
}

/** Share of the `k` nearest on the map, over all rows, that are of the row's own kind. */
function purity(map: Positions, k: number, kindOf: (row: number) => number): number {
  let same = 0;
  for (let row = 0; row < map.rows; row++)
    same += mapOrder(map, row)
      .slice(0, k)
      .filter((other) => kindOf(other) === kindOf(row)).length;
  return same / (map.rows * k);
}

function mapDistance({ data, dim }: Positions, a: number, b: number): number {
  return Math.hypot(...Array.from({ length: dim }, (_, d) => data[a * dim + d]! - data[b * dim + d]!));
}

/** `copies` of each of `texts` different vectors; row `i` is of text `i % texts`. */
function copiedVectors(texts: number, copies: number): Matrix {
  const different = clusteredVectors(texts, 24, texts, 0, 11);
  const data = new Float32Array(texts * copies * 24);
  for (let copy = 0; copy < copies; copy++) data.set(different.data, copy * different.data.length);
  return createMatrix(data, 24);
}

describe.each(['umap', 'umap-js'] as const)('maps at the edges, by %s', (engine) => {
  // 30 neighbours, so that 29 to 31 texts are enough for UMAP (16) and yet not more than them.
  it.each([1, 2, 3, 29, 30, 31])('lays %d texts out, and again from there, with 30 neighbours', async (rows) => {
    const matrix = clusteredVectors(rows, 8, 3, 0.5, 1);
    const map = await layout(matrix, { engine, nNeighbors: 30 });
    expectFinite(map, rows);
    expectFinite(await layout(matrix, { engine, nNeighbors: 30, start: map }), rows);
  });

  it('takes as many neighbours as there are, where more are asked for', async () => {
    const matrix = clusteredVectors(30, 8, 3, 0.5, 1);
    const most = await layout(matrix, { engine, nNeighbors: 29 });
    expect(await layout(matrix, { engine, nNeighbors: 30 })).toEqual(most);
    expect(await layout(matrix, { engine, nNeighbors: 200 })).toEqual(most);
    expect(await layout(matrix, { engine, nNeighbors: 28 })).not.toEqual(most);
  });

  it('parts texts that are all equal, and loses none', async () => {
    const map = await layout(copiedVectors(1, 60), { engine });
    expectFinite(map, 60);
    const places = Array.from({ length: 60 }, (_, row) => map.data.subarray(row * 3, row * 3 + 3).join(' '));
    expect(new Set(places).size).toBe(60);
  });

  it('keeps equal texts together: a graph in as many pieces as there are different ones', async () => {
    const matrix = copiedVectors(5, 20);
    const graph = await findNeighbours(matrix, 14);
    graph.indices.forEach((other, p) => expect(other % 5).toBe(Math.floor(p / 14) % 5));
    const map = await layout(matrix, { engine });
    expectFinite(map, 100);
    // By chance 19 of 99.
    expect(purity(map, 10, (row) => row % 5)).toBeGreaterThan(0.95);
  });

  it('parts two far groups, of which one is hardly larger than the neighbours', async () => {
    const matrix = clusteredVectors(120, 24, 2, 0.1, 4);
    const rows = [...Array(120).keys()].filter((row) => row % 2 === 0 || row < 32);
    const two = createMatrix(
      Float32Array.from(rows.flatMap((row) => [...matrix.data.subarray(row * 24, row * 24 + 24)])),
      24,
    );
    const map = await layout(two, { engine });
    expectFinite(map, 76);
    expect(purity(map, 14, (row) => rows[row]! % 2)).toBe(1);
  });

  it('ties an outlier to its nearest, and to no farther than the others are from each other', async () => {
    // Opposite to all others; a text is fully tied to its nearest neighbour, however far that is (section 3.1 of the paper).
    const outlier = clusteredVectors(60, 24, 1, 0.05, 5);
    for (let d = 0; d < 24; d++) outlier.data[d]! *= -1;
    const map = await layout(outlier, { engine });
    expectFinite(map, 60);
    const { indices } = await findNeighbours(outlier, 14);
    const nearest = mapOrder(map, 0)[0]!;
    expect(indices.subarray(0, 14)).toContain(nearest);
    const farthest = mapOrder(map, nearest)
      .filter((other) => other !== 0)
      .at(-1)!;
    expect(mapDistance(map, 0, nearest)).toBeLessThan(mapDistance(map, nearest, farthest));
  });

  it('takes an outlier that nothing ties', async () => {
    const outlier = clusteredVectors(60, 24, 1, 0.05, 5);
    for (let d = 0; d < 24; d++) outlier.data[d]! *= -1;
    // Only what both call near is joined, and none of the others calls the outlier near.
    const { indices } = await findNeighbours(outlier, 14);
    expect(indices.subarray(14)).not.toContain(0);
    expectFinite(await layout(outlier, { engine, setOperationRatio: 0 }), 60);
  });
});
