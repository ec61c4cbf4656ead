import { describe, expect, it } from 'vitest';
import { fuzzySimplicialSet, type FuzzyGraph } from '../../src/projection/fuzzy';
import { layoutGraph } from '../../src/projection/layout';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions } from '../../src/projection/options';
import { startPositions } from '../../src/projection/start';
import { superviseBy } from '../../src/projection/supervised';
import type { LayoutRequest, Matrix, Positions } from '../../src/types';
import { clusteredVectors, crossingLabels } from './clusters';
import { mapOrder } from './quality';
import recorded from './recorded.json';

const union = { localConnectivity: 1, setOperationRatio: 1 };

function rowOf({ offsets, heads, weights }: FuzzyGraph, row: number): [number, number][] {
  const edges = Array.from({ length: offsets[row + 1]! - offsets[row]! }, (_, i) => offsets[row]! + i);
  return edges.map((at): [number, number] => [heads[at]!, weights[at]!]).sort(([a], [b]) => a - b);
}

async function graphOf(args: number[], k: number): Promise<FuzzyGraph> {
  const vectors = clusteredVectors(...(args as Parameters<typeof clusteredVectors>));
  return fuzzySimplicialSet(await findNeighbours(vectors, k), k, union);
}

// umap-learn's discrete_metric_simplicial_set_intersection, recorded by record.py.
describe.each(recorded.supervised)('superviseBy at a target weight of $weight', ({ args, k, weight, ...given }) => {
  it('gives the edges and strengths of umap-learn', async () => {
    const graph = superviseBy(await graphOf(args, k), crossingLabels(args[0]!), weight);
    expect(graph.heads).toHaveLength(given.edges);
    const sum = graph.weights.reduce((total, strength) => total + strength, 0);
    expect(Math.abs(sum - given.sum)).toBeLessThan(1e-5 * given.edges);
    for (const { row, heads, weights } of given.rows) {
      const found = rowOf(graph, row);
      expect(found.map(([head]) => head)).toEqual(heads);
      found.forEach(([, strength], i) => expect(Math.abs(strength - weights[i]!)).toBeLessThan(1e-5));
    }
  });
});

describe('superviseBy', () => {
  it('leaves a graph without labels as it was, and refuses labels of other rows', async () => {
    const graph = await graphOf([60, 12, 5, 0.5, 1], 9);
    expect(superviseBy(graph, undefined, 0.5)).toBe(graph);
    expect(() => superviseBy(graph, crossingLabels(59), 0.5)).toThrow('59 labels for a graph of 60 rows');
  });

  it('leaves nothing where every row is a category of its own and the weight is 1', async () => {
    const graph = await graphOf([60, 12, 5, 0.5, 1], 9);
    const alone = superviseBy(
      graph,
      Int32Array.from({ length: 60 }, (_, row) => row),
      1,
    );
    expect(alone).toEqual({ offsets: new Int32Array(61), heads: new Int32Array(0), weights: new Float32Array(0) });
  });
});

/** Share of the 15 nearest on the map of the same category, among rows that have one. */
function ownShare(map: Positions, labels: Int32Array): number {
  const known = [...labels.keys()].filter((row) => labels[row]! >= 0);
  const hits = known.map((row) => {
    const near = mapOrder(map, row).filter((other) => labels[other]! >= 0);
    return near.slice(0, 15).filter((other) => labels[other] === labels[row]).length;
  });
  return hits.reduce((sum, hit) => sum + hit, 0) / (15 * known.length);
}

async function layout(matrix: Matrix, request: Partial<LayoutRequest>): Promise<Positions> {
  const options = { ...defaultOptions, ...request };
  return layoutGraph(await findNeighbours(matrix, 14), await startPositions(matrix, 3, 42), options);
}

describe('a supervised map', () => {
  const matrix = clusteredVectors(...(recorded.separation.args as Parameters<typeof clusteredVectors>));
  const labels = crossingLabels(matrix.rows);

  it.each(['umap', 'umap-js'] as const)('by %s parts the categories as well as that of umap-learn', async (engine) => {
    const plain = ownShare(await layout(matrix, { engine }), labels);
    const supervised = ownShare(await layout(matrix, { engine, labels }), labels);
    // Four categories: a quarter by chance.
    expect(plain).toBeLessThan(0.3);
    expect(supervised).toBeGreaterThan(Math.min(...recorded.separation.shares) - 0.02);
  });

  it('parts them the more, the greater the weight, by both engines', async () => {
    for (const engine of ['umap', 'umap-js'] as const) {
      const shares = [];
      for (const targetWeight of [0, 0.5, 1])
        shares.push(ownShare(await layout(matrix, { engine, labels, targetWeight }), labels));
      expect(shares[1]).toBeGreaterThan(shares[0]!);
      expect(shares[2]).toBeGreaterThan(shares[1]!);
    }
  });

  it('goes on from the screen, and is finite where no edge is left', async () => {
    const shown = await layout(matrix, {});
    const rerun = await layout(matrix, { labels, start: shown });
    expect(ownShare(rerun, labels)).toBeGreaterThan(ownShare(shown, labels));
    const alone = Int32Array.from({ length: matrix.rows }, (_, row) => row);
    for (const engine of ['umap', 'umap-js'] as const) {
      const map = await layout(matrix, { engine, labels: alone, targetWeight: 1 });
      expect(map).toMatchObject({ rows: matrix.rows, dim: 3 });
      expect(map.data.every(Number.isFinite)).toBe(true);
    }
  });
});
