import { describe, expect, it } from 'vitest';
import { listByBlocks } from '../../src/projection/blocks';
import { fuzzySimplicialSet, pruneWeak, strongest, type FuzzyGraph } from '../../src/projection/fuzzy';
import { smoothDistances } from '../../src/projection/membership';
import { findNeighbours } from '../../src/projection/neighbours';
import type { KnnGraph } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from './clusters';
import recorded from './recorded.json';

const union = { localConnectivity: 1, setOperationRatio: 1 };

/** The edges of a row by the row at their other end. */
function rowOf({ offsets, heads, weights }: FuzzyGraph, row: number): [number, number][] {
  const edges = Array.from({ length: offsets[row + 1]! - offsets[row]! }, (_, i) => offsets[row]! + i);
  return edges.map((at): [number, number] => [heads[at]!, weights[at]!]).sort(([a], [b]) => a - b);
}

// umap-learn's smooth_knn_dist and fuzzy_simplicial_set, recorded by record.py.
describe.each(recorded.fuzzy)('with local connectivity $localConnectivity, set ratio $setOperationRatio', (given) => {
  const vectors = clusteredVectors(...(given.args as Parameters<typeof clusteredVectors>));
  const graph = () => findNeighbours(vectors, given.k);

  it('finds the rhos and sigmas of umap-learn', async () => {
    const { rhos, sigmas } = smoothDistances(await graph(), given.k, given.localConnectivity);
    given.rhos.forEach((rho, row) => expect(Math.abs(rhos[row]! - rho)).toBeLessThan(1e-5));
    given.sigmas.forEach((sigma, row) => expect(Math.abs(sigmas[row]! - sigma)).toBeLessThan(1e-5));
  });

  it('gives the edges and strengths of umap-learn', async () => {
    const fuzzy = fuzzySimplicialSet(await graph(), given.k, given);
    expect(fuzzy.heads).toHaveLength(given.edges);
    const sum = fuzzy.weights.reduce((total, weight) => total + weight, 0);
    expect(Math.abs(sum - given.sum)).toBeLessThan(1e-5 * given.edges);
    const row = rowOf(fuzzy, 7);
    expect(row.map(([head]) => head)).toEqual(given.heads);
    row.forEach(([, weight], i) => expect(Math.abs(weight - given.weights[i]!)).toBeLessThan(1e-5));
  });
});

describe('the fuzzy simplicial set', () => {
  it('is symmetric, without a row’s edge to itself, and no stronger than 1', async () => {
    const fuzzy = fuzzySimplicialSet(await findNeighbours(clusteredVectors(90, 12, 4, 0.6, 4), 8), 8, union);
    for (let row = 0; row < 90; row++)
      for (const [head, weight] of rowOf(fuzzy, row)) {
        expect(head).not.toBe(row);
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThanOrEqual(1);
        expect(new Map(rowOf(fuzzy, head)).get(row)).toBeCloseTo(weight, 6);
      }
  });

  it('ties equal texts fully, all of them too', async () => {
    const equal = createMatrix(new Float32Array(40 * 4).fill(0.5), 4);
    const { weights } = fuzzySimplicialSet(await findNeighbours(equal, 5), 5, union);
    expect(weights.every((weight) => weight === 1)).toBe(true);
  });

  it('keeps only what both call near where the ratio is 0', () => {
    // 0 and 1 name each other; 2 names 0, which does not name it.
    const graph: KnnGraph = { indices: Int32Array.of(1, 0, 0), distances: Float32Array.of(1, 1, 2), rows: 3, k: 1 };
    const both = fuzzySimplicialSet(graph, 1, { localConnectivity: 1, setOperationRatio: 0 });
    expect([rowOf(both, 0), rowOf(both, 1), rowOf(both, 2)]).toEqual([[[1, 1]], [[0, 1]], []]);
    expect(rowOf(fuzzySimplicialSet(graph, 1, union), 2)).toEqual([[0, 1]]);
  });

  it('loses the edges that would not be pulled once', () => {
    const fuzzy = {
      offsets: Int32Array.of(0, 2, 3),
      heads: Int32Array.of(1, 1, 0),
      weights: Float32Array.of(1, 0.1, 0.3),
    };
    expect(pruneWeak(fuzzy, 5)).toEqual({
      offsets: Int32Array.of(0, 1, 2),
      heads: Int32Array.of(1, 0),
      weights: Float32Array.of(1, 0.3),
    });
    expect(strongest(fuzzy.weights)).toBe(1);
  });
});

describe('lists of edges', () => {
  it('hold every edge once, filled up by fours, and no row in two lists of a round', async () => {
    const fuzzy = fuzzySimplicialSet(await findNeighbours(clusteredVectors(100, 12, 4, 0.6, 4), 8), 8, union);
    const { tails, heads, weights, rounds } = listByBlocks(fuzzy);
    const there = Array.from(tails.keys()).filter((at) => weights[at]! > 0);
    const edges = there.map((at) => `${tails[at]} ${heads[at]} ${weights[at]}`);
    const expected = Array.from({ length: 100 }, (_, row) =>
      rowOf(fuzzy, row).map(([head, weight]) => `${row} ${head} ${weight}`),
    ).flat();
    expect(edges.sort()).toEqual(expected.sort());
    let end = 0;
    for (const round of rounds) {
      const taken = new Map<number, number>();
      round.forEach(([first, last], list) => {
        expect(first).toBe(end);
        expect(last % 4).toBe(0);
        end = last;
        for (const at of there.filter((edge) => edge >= first && edge < last))
          for (const row of [tails[at]!, heads[at]!]) {
            expect(taken.get(row) ?? list).toBe(list);
            taken.set(row, list);
          }
      });
    }
    expect(end).toBe(tails.length);
  });
});
