import { describe, expect, it } from 'vitest';
import { procrustesCorrelation } from '../../src/projection/align';
import { fuzzySimplicialSet } from '../../src/projection/fuzzy';
import { layoutGraph } from '../../src/projection/layout';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions, effectiveNeighbours, projectionEngines } from '../../src/projection/options';
import { createRandom } from '../../src/projection/random';
import { smoothStart } from '../../src/projection/smooth';
import { startPositions } from '../../src/projection/start';
import type { LayoutHooks } from '../../src/projection/run';
import { layoutUmap } from '../../src/projection/umap';
import type { KnnGraph, LayoutFrame, LayoutRequest, Matrix, Positions, Progress } from '../../src/types';
import { createMatrix, normalise } from '../../src/vectors';
import { clusteredVectors } from './clusters';
import { mapOrder, trustworthiness } from './quality';
import recorded from './recorded.json';

/** Vectors to a map, as the pipeline does it. */
async function layout(
  matrix: Matrix,
  request: Partial<LayoutRequest> = {},
  hooks: LayoutHooks = {},
): Promise<Positions> {
  const options = { ...defaultOptions, ...request };
  const graph = await findNeighbours(matrix, effectiveNeighbours(matrix.rows, options.nNeighbors) - 1);
  const projection = options.engine === 'random' ? 'random' : 'pca';
  return layoutGraph(graph, await startPositions(matrix, options.dims, options.seed, { projection }), options, hooks);
}

const groups = clusteredVectors(120, 24, 6, 0.4, 2);

/** Root mean square distance between two maps, over `rows`. */
function shift(a: Positions, b: Positions, rows = a.rows): number {
  let sum = 0;
  for (let p = 0; p < rows * a.dim; p++) sum += (a.data[p]! - b.data[p]!) ** 2;
  return Math.sqrt(sum / rows);
}

function expectFinite(map: Positions, rows: number, dim: number) {
  expect(map).toMatchObject({ rows, dim });
  expect(map.data).toHaveLength(rows * dim);
  expect(map.data.every(Number.isFinite)).toBe(true);
}

describe('layoutGraph, whatever it is given', () => {
  it.each([0, 1, 2, 3, 4, 14, 15, 16, 17])('lays out %d texts in 2D and 3D', async (rows) => {
    const matrix = rows === 0 ? { data: new Float32Array(0), rows: 0, dim: 8 } : clusteredVectors(rows, 8, 3, 0.5, 1);
    for (const dims of [2, 3] as const) expectFinite(await layout(matrix, { dims }), rows, dims);
  });

  it('gives the start itself below 16 rows, and goes on from it at 16', async () => {
    for (const rows of [15, 16]) {
      const matrix = clusteredVectors(rows, 8, 3, 0.5, 1);
      const start = await startPositions(matrix, 3, 42);
      expect(shift(await layout(matrix), start) === 0).toBe(rows === 15);
    }
  });

  it('takes more neighbours than there are texts', async () => {
    expectFinite(await layout(clusteredVectors(40, 8, 3, 0.5, 1), { nNeighbors: 200 }), 40, 3);
  });

  it('takes a graph with more columns than the options ask for, and uses the nearest', async () => {
    const start = await startPositions(groups, 3, 42);
    const wide = await layoutGraph(await findNeighbours(groups, 50), start, defaultOptions);
    expect(wide).toEqual(await layout(groups));
  });

  it('takes two neighbours, the point itself counted', async () => {
    expectFinite(await layout(groups, { nNeighbors: 2 }), 120, 3);
  });

  it('takes vectors that are all equal', async () => {
    const equal = createMatrix(new Float32Array(50 * 4).fill(0.5), 4);
    expectFinite(await layout(equal), 50, 3);
  });

  it('takes vectors of which half are equal, and keeps those together', async () => {
    const half = clusteredVectors(80, 24, 80, 0.3, 3);
    for (let row = 1; row < 40; row++) half.data.copyWithin(row * 24, 0, 24);
    const map = await layout(half);
    expectFinite(map, 80, 3);
    // By chance half of a row's neighbours would be among the equal ones.
    const near = Array.from({ length: 40 }, (_, row) => mapOrder(map, row).slice(0, 10)).flat();
    expect(near.filter((other) => other < 40).length).toBeGreaterThan(0.9 * near.length);
  });

  it('parts two far groups that share no neighbour: a graph in two pieces', async () => {
    const two = clusteredVectors(100, 24, 2, 0.1, 4);
    const graph = await findNeighbours(two, 14);
    graph.indices.forEach((other, p) => expect(other % 2).toBe(Math.floor(p / 14) % 2));
    const map = await layout(two);
    for (let row = 0; row < 100; row++)
      expect(
        mapOrder(map, row)
          .slice(0, 14)
          .every((other) => other % 2 === row % 2),
      ).toBe(true);
  });

  it('keeps an outlier on the map', async () => {
    const outlier = clusteredVectors(60, 24, 1, 0.05, 5);
    for (let d = 0; d < 24; d++) outlier.data[d]! *= -1;
    expectFinite(await layout(outlier), 60, 3);
  });

  it('takes every option at both ends of its range', async () => {
    const small = clusteredVectors(30, 8, 3, 0.5, 1);
    for (const minDist of [0, 1])
      for (const seed of [0, 2 ** 32 - 1]) expectFinite(await layout(small, { minDist, seed }), 30, 3);
  });
});

describe('layoutGraph by each engine', () => {
  it.each(projectionEngines)('lays out by %s, the same bits each time, equal texts too', async (engine) => {
    const map = await layout(groups, { engine });
    expectFinite(map, 120, 3);
    expect(await layout(groups, { engine })).toEqual(map);
    expectFinite(await layout(createMatrix(new Float32Array(50 * 4).fill(0.5), 4), { engine }), 50, 3);
  });

  it('gives the projection itself by pca and by random', async () => {
    expect(await layout(groups, { engine: 'pca' })).toEqual(await startPositions(groups, 3, 42));
    const projected = await startPositions(groups, 3, 42, { projection: 'random' });
    expect(await layout(groups, { engine: 'random' })).toEqual(projected);
  });

  it('takes every fine option, and each of them changes the map', async () => {
    const usual = await layout(groups);
    const fine = { spread: 2, epochs: 60, negativeSampleRate: 9, repulsionStrength: 2, localConnectivity: 3 };
    for (const [name, value] of Object.entries({ ...fine, setOperationRatio: 0.5 })) {
      for (const engine of ['umap', 'umap-js'] as const) {
        const map = await layout(groups, { engine, [name]: value });
        expectFinite(map, 120, 3);
        if (engine === 'umap') expect(shift(map, usual), name).toBeGreaterThan(0);
      }
    }
  });

  it.each([
    ['plainly', 0, 197940185],
    ['keeping densities', 2, 4191090716],
  ])('gives the bytes that it gave when they were recorded, %s', async (_, densityWeight, expected) => {
    // From this very code, in Node 20: a change of the number changes every map. The vectors need no more than arithmetic.
    const random = createRandom(1);
    const matrix = createMatrix(
      Float32Array.from({ length: 150 * 16 }, () => random() - 0.5),
      16,
    );
    for (let row = 0; row < 150; row++) normalise(matrix.data.subarray(row * 16, row * 16 + 16));
    const words = new Uint32Array((await layout(matrix, { densityWeight })).data.buffer);
    // The hash of Fowler, Noll and Vo, a word at a time.
    expect(words.reduce((hash, word) => Math.imul(hash ^ word, 16777619) >>> 0, 2166136261)).toBe(expected);
  });
});

describe('layoutGraph, each time', () => {
  it('gives the same bits for the same vectors, options and seed', async () => {
    const first = await layout(groups);
    expect(await layout(groups)).toEqual(first);
    expect(shift(await layout(groups, { seed: 43 }), first)).toBeGreaterThan(0);
    expect(shift(await layout(groups, { minDist: 0.5 }), first)).toBeGreaterThan(0);
  });

  it('shows the start first, as the graph smooths it, and the end last, with progress in epochs', async () => {
    const frames: LayoutFrame[] = [];
    const seen: Progress[] = [];
    const map = await layout(groups, {}, { onFrame: (f) => frames.push(f), onProgress: (p) => seen.push(p) });
    const fuzzy = fuzzySimplicialSet(await findNeighbours(groups, 14), 14, defaultOptions);
    const positions = smoothStart(await startPositions(groups, 3, 42), fuzzy, 42);
    expect(frames[0]).toEqual({ epoch: 0, epochs: 500, positions });
    expect(frames.at(-1)).toEqual({ epoch: 500, epochs: 500, positions: map });
    // The receiver may hand a frame's buffer on.
    expect(frames.at(-1)!.positions.data).not.toBe(map.data);
    expect(seen.at(-1)).toEqual({ stage: 'layout', done: 500, total: 500 });
  });

  it('stops on a cancel that comes while it works, with its reason', async () => {
    const control = new AbortController();
    const reason = new Error('enough');
    const running = layout(
      groups,
      // Far more than there is time for before the second frame.
      { epochs: 100_000 },
      { signal: control.signal, onFrame: () => setImmediate(() => control.abort(reason)) },
    );
    await expect(running).rejects.toBe(reason);
    await expect(layout(clusteredVectors(4, 4, 1, 1, 1), {}, { signal: control.signal })).rejects.toBe(reason);
  });

  it('refuses a start that does not fit or is not finite', async () => {
    const graph: KnnGraph = await findNeighbours(groups, 14);
    const start = await startPositions(groups, 3, 42);
    await expect(layoutUmap(graph, { ...start, dim: 2 }, defaultOptions)).rejects.toThrow(RangeError);
    await expect(layoutUmap(graph, { ...start, rows: 119 }, defaultOptions)).rejects.toThrow(RangeError);
    start.data[7] = Number.NaN;
    await expect(layoutUmap(graph, start, defaultOptions)).rejects.toThrow('row 2 of the start is not finite');
  });
});

describe('layoutGraph from the positions on the screen', () => {
  it('lays the result on them, with fewer epochs, and moves less than a run from nothing', async () => {
    const whole = await layout(groups);
    const fresh = await layout(groups, { seed: 7 });
    const frames: LayoutFrame[] = [];
    // The screen shows the map turned by a quarter and far off.
    const shown: Positions = { ...whole, data: whole.data.slice() };
    for (let p = 0; p < shown.data.length; p += 3) {
      shown.data[p] = 50 - whole.data[p + 1]!;
      shown.data[p + 1] = whole.data[p]!;
    }
    const again = await layout(groups, { seed: 7, start: shown }, { onFrame: (frame) => frames.push(frame) });
    expect(shift(again, shown)).toBeLessThan(shift(frames[0]!.positions, fresh));
    expect(procrustesCorrelation(again, shown)).toBeGreaterThan(procrustesCorrelation(fresh, shown));
    expect(frames[0]!.epochs).toBe(200);
    expect(shift(frames[0]!.positions, shown)).toBeLessThan(1e-4);
    expect(frames.at(-1)!.positions).toEqual(again);
  });

  it('begins rows that are not there yet among their neighbours', async () => {
    const shown = await layout(groups);
    shown.data.fill(Number.NaN, 100 * 3);
    const frames: LayoutFrame[] = [];
    const map = await layout(groups, { start: shown }, { onFrame: (frame) => frames.push(frame) });
    expectFinite(map, 120, 3);
    const first = frames[0]!.positions;
    expect(shift(first, shown, 100)).toBeLessThan(1e-4);
    // Groups are the remainder by 6: the nearest on the map is of the same one.
    for (let row = 100; row < 120; row++) expect(mapOrder(first, row)[0]! % 6).toBe(row % 6);
    expectFinite(await layout(groups, { start: { ...shown, data: new Float32Array(360).fill(Number.NaN) } }), 120, 3);
  });

  it('turns a map of few texts onto the one before', async () => {
    const few = clusteredVectors(8, 12, 8, 0.1, 6);
    const shown = await layout(few);
    for (let p = 0; p < 24; p += 3) shown.data[p]! *= -1;
    shown.data.fill(Number.NaN, 21);
    expect(shift(await layout(few, { start: shown }), shown, 7)).toBeLessThan(1e-4);
  });
});

describe('quality', () => {
  it('is as trustworthy as umap-learn on the same vectors', async () => {
    const matrix = clusteredVectors(...(recorded.umap.args as Parameters<typeof clusteredVectors>));
    const bar = Math.min(...recorded.umap.trustworthiness) - 0.005;
    expect(trustworthiness(matrix, await layout(matrix), 15)).toBeGreaterThan(bar);
    // The start alone does not pass, so UMAP has done it.
    expect(trustworthiness(matrix, await startPositions(matrix, 3, 42), 15)).toBeLessThan(bar);
  });
});
