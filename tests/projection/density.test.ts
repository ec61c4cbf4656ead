import { describe, expect, it } from 'vitest';
import { logRadii, standardise } from '../../src/projection/density';
import { fuzzySimplicialSet, pruneWeak } from '../../src/projection/fuzzy';
import { layoutGraph } from '../../src/projection/layout';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions } from '../../src/projection/options';
import { startPositions } from '../../src/projection/start';
import type { KnnGraph, LayoutRequest, Matrix, Positions } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { clusteredVectors } from './clusters';
import { mapOrder, trustworthiness } from './quality';
import recorded from './recorded.json';

const union = { localConnectivity: 1, setOperationRatio: 1 };
type Args = Parameters<typeof clusteredVectors>;

// umap-learn's rad_orig, recorded by record.py.
describe.each(recorded.radii)('logRadii of $k neighbours, for $epochs epochs', ({ args, k, epochs, radii }) => {
  it('gives the radii of umap-learn', async () => {
    const graph = await findNeighbours(clusteredVectors(...(args as Args)), k);
    const found = logRadii(graph, k, pruneWeak(fuzzySimplicialSet(graph, k, union), epochs));
    expect(found).toHaveLength(radii.length);
    radii.forEach((radius, row) => expect(Math.abs(found[row]! - radius)).toBeLessThan(1e-5));
  });
});

describe('logRadii', () => {
  it('reads the first columns of a wider graph', async () => {
    const matrix = clusteredVectors(60, 12, 5, 0.5, 1);
    const [graph, wide] = [await findNeighbours(matrix, 9), await findNeighbours(matrix, 20)];
    const fuzzy = fuzzySimplicialSet(graph, 9, union);
    expect(logRadii(wide, 9, fuzzy)).toEqual(logRadii(graph, 9, fuzzy));
  });

  it('is no number for a row without edges, which then wants no radius', async () => {
    const graph = await findNeighbours(clusteredVectors(60, 12, 5, 0.5, 1), 9);
    const none = { offsets: new Int32Array(61), heads: new Int32Array(0), weights: new Float32Array(0) };
    const radii = logRadii(graph, 9, none);
    expect(radii).toEqual(new Float32Array(60).fill(Number.NaN));
    expect(standardise(radii)).toEqual(new Float32Array(60));
  });
});

describe('standardise', () => {
  it('gives mean 0 and variance 1, and 0 where there is no number or no difference', () => {
    expect(standardise(Float32Array.of(1, Number.NaN, 5, 3, 3))).toEqual(
      Float32Array.of(-Math.SQRT2, 0, Math.SQRT2, 0, 0),
    );
    expect(standardise(Float32Array.of(4, 4, 4))).toEqual(new Float32Array(3));
  });
});

async function layout(matrix: Matrix, request: Partial<LayoutRequest>): Promise<Positions> {
  const options = { ...defaultOptions, ...request };
  const start = await startPositions(matrix, options.dims, options.seed);
  return layoutGraph(await findNeighbours(matrix, 14), start, options);
}

/** The nearest neighbours on a map and their distances. */
function neighboursOnMap(map: Positions, k: number): KnnGraph {
  const indices = Int32Array.from({ length: map.rows }, (_, row) => row);
  const near = Array.from(indices, (row) => mapOrder(map, row).slice(0, k));
  const at = (row: number) => map.data.subarray(row * map.dim, (row + 1) * map.dim);
  const distances = near.flatMap((others, row) =>
    others.map((other) => Math.hypot(...at(row).map((value, d) => value - at(other)[d]!))),
  );
  return { indices: Int32Array.from(near.flat()), distances: Float32Array.from(distances), rows: map.rows, k };
}

/** Correlation of the log radii among the vectors and on the map, each by its own neighbours: what record.py has of umap-learn. */
async function keptDensity(matrix: Matrix, map: Positions): Promise<number> {
  const [wanted, found] = [await findNeighbours(matrix, 14), neighboursOnMap(map, 14)].map((graph) =>
    standardise(logRadii(graph, 14, fuzzySimplicialSet(graph, 14, union))),
  );
  return wanted!.reduce((sum, radius, row) => sum + radius * found![row]!, 0) / matrix.rows;
}

describe.each(recorded.densities)('densities in $dims dimensions', ({ args, dims: given, ...bars }) => {
  const matrix = clusteredVectors(...(args as Args));
  const dims = given === 2 ? 2 : 3;

  it('are kept as well as by umap-learn, by a map as trustworthy, and are not without', async () => {
    const map = await layout(matrix, { dims, densityWeight: 2 });
    expect(await keptDensity(matrix, map)).toBeGreaterThan(Math.min(...bars.correlations) - 0.02);
    expect(trustworthiness(matrix, map, 15)).toBeGreaterThan(Math.min(...bars.trustworthiness) - 0.01);
    expect(await keptDensity(matrix, await layout(matrix, { dims }))).toBeLessThan(0.4);
  });

  it('are kept the better, the greater the weight and the share of the epochs', async () => {
    const kept = async (request: Partial<LayoutRequest>) =>
      keptDensity(matrix, await layout(matrix, { dims, ...request }));
    const little = await kept({ densityWeight: 0.1 });
    expect(await kept({ densityWeight: 2 })).toBeGreaterThan(little + 0.05);
    expect(await kept({ densityWeight: 0.1, densityFraction: 0.002 })).toBeLessThan(little - 0.05);
  });
});

describe('a layout that keeps densities', () => {
  const matrix = clusteredVectors(500, 24, 5, 0.05, 7, 1.8);

  it('is the ordinary one where the weight or the share is 0, and heeds the shift', async () => {
    const plain = await layout(matrix, {});
    expect(await layout(matrix, { densityWeight: 0, densityFraction: 1, densityShift: 1 })).toEqual(plain);
    expect(await layout(matrix, { densityWeight: 2, densityFraction: 0 })).toEqual(plain);
    const dense = await layout(matrix, { densityWeight: 2 });
    expect(await layout(matrix, { densityWeight: 2 })).toEqual(dense);
    expect(await layout(matrix, { densityWeight: 2, densityShift: 1 })).not.toEqual(dense);
  });

  it('goes on from the screen, around pins, which stay', async () => {
    const shown = await layout(matrix, {});
    const rerun = await layout(matrix, { densityWeight: 2, start: shown });
    expect(await keptDensity(matrix, rerun)).toBeGreaterThan((await keptDensity(matrix, shown)) + 0.3);
    const pinned = Uint8Array.from({ length: 500 }, (_, row) => Number(row % 50 === 0));
    const around = await layout(matrix, { densityWeight: 2, start: shown, pinned });
    expect(await keptDensity(matrix, around)).toBeGreaterThan((await keptDensity(matrix, shown)) + 0.3);
    for (let row = 0; row < 500; row += 50)
      expect(around.data.subarray(row * 3, row * 3 + 3)).toEqual(shown.data.subarray(row * 3, row * 3 + 3));
  });

  it('is finite at the ends of its options, for equal vectors, and where rows or all have lost their edges', async () => {
    const equal = createMatrix(new Float32Array(50 * 4).fill(0.5), 4);
    const half = clusteredVectors(80, 24, 80, 0.3, 3);
    for (let row = 1; row < 40; row++) half.data.copyWithin(row * 24, 0, 24);
    for (const data of [equal, half, clusteredVectors(17, 8, 3, 0.5, 1), matrix]) {
      const labels = Int32Array.from({ length: data.rows }, (_, row) => row);
      const some = labels.map((row) => (row % 3 === 0 ? row : 0));
      for (const densityShift of [0.001, 10])
        for (const extra of [{}, { minDist: 0, spread: 0.1 }, { spread: 10 }, { labels }, { labels: some }]) {
          const ends = { densityWeight: 10, densityFraction: 1, densityShift, targetWeight: 1, epochs: 100 };
          const map = await layout(data, { ...ends, ...extra });
          expect(map).toMatchObject({ rows: data.rows, dim: 3 });
          expect(map.data.every(Number.isFinite)).toBe(true);
        }
    }
  });
});
