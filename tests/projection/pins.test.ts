/** Rows that stay where a person put them, and what the others make of it. */
import { describe, expect, it } from 'vitest';
import { carryNeighbours } from '../../src/projection/carry';
import { fuzzySimplicialSet } from '../../src/projection/fuzzy';
import { layoutGraph } from '../../src/projection/layout';
import { findNeighbours } from '../../src/projection/neighbours';
import { defaultOptions } from '../../src/projection/options';
import { startPositions } from '../../src/projection/start';
import type { KnnGraph, LayoutFrame, LayoutRequest, Positions } from '../../src/types';
import { clusteredVectors } from './clusters';
import { vectorOrder } from './quality';

/** Groups are the remainder by 6. */
const groups = clusteredVectors(120, 24, 6, 0.4, 2);
const graph = await findNeighbours(groups, 14);
const start = await startPositions(groups, 3, 42);
const map = await layoutGraph(graph, start, defaultOptions);

const marks = (count: number, rows: readonly number[]) =>
  Uint8Array.from({ length: count }, (_, row) => Number(rows.includes(row)));
const bytesOf = ({ data, dim }: Positions, row: number) => [
  ...new Uint8Array(data.slice(row * dim, (row + 1) * dim).buffer),
];
const distance = ({ data, dim }: Positions, a: number, b: number) =>
  Math.hypot(...Array.from({ length: dim }, (_, d) => data[a * dim + d]! - data[b * dim + d]!));
const meanDistance = (positions: Positions, from: number, rows: readonly number[]) =>
  rows.reduce((sum, row) => sum + distance(positions, from, row), 0) / rows.length;

/** `map` with a row moved along x, as far as its points lie from their centre on average. */
function dragged(row: number): Positions {
  const data = map.data.slice();
  data[row * 3]! += 18.9;
  return { ...map, data };
}

function layout(request: Partial<LayoutRequest>, onFrame?: (frame: LayoutFrame) => void): Promise<Positions> {
  return layoutGraph(graph, start, { ...defaultOptions, ...request }, { onFrame });
}

describe.each(['umap', 'umap-js'] as const)('pinned rows in a layout by %s', (engine) => {
  it.each(['the screen', 'nothing but the pins'])('keep their bytes, in each frame, from %s', async (from) => {
    const pinned = [3, 10, 77];
    const shown = dragged(10);
    if (from !== 'the screen')
      for (let p = 0; p < shown.data.length; p++) if (!pinned.includes(Math.floor(p / 3))) shown.data[p] = NaN;
    const frames: LayoutFrame[] = [];
    const request = { engine, start: shown, pinned: marks(120, pinned) };
    const out = await layout(request, (frame) => frames.push(frame));
    for (const positions of [...frames.map((frame) => frame.positions), out])
      for (const row of pinned) expect(bytesOf(positions, row)).toEqual(bytesOf(shown, row));
    expect(out.data.every(Number.isFinite)).toBe(true);
    expect(distance(out, 0, 1)).not.toBe(distance(map, 0, 1));
    // Where nothing else is on the screen, there is nothing to be gentle with.
    expect(frames[0]!.epochs).toBe(from === 'the screen' ? 200 : 500);
    expect(await layout(request)).toEqual(out);
  });

  it('are followed by their nearest neighbours, however far they were dragged', async () => {
    for (const row of [10, 33]) {
      const near = vectorOrder(groups, row).slice(0, 14);
      const shown = dragged(row);
      const out = await layout({ engine, start: shown, pinned: marks(120, [row]) });
      expect(meanDistance(shown, row, near)).toBeGreaterThan(15);
      expect(meanDistance(out, row, near)).toBeLessThan(meanDistance(shown, row, near) / 3);
      // The other groups move much less than the 18.9 units that the row was dragged.
      const others = [...Array(120).keys()].filter((other) => other % 6 !== row % 6);
      const moves = others.map((other) =>
        Math.hypot(...[0, 1, 2].map((d) => out.data[other * 3 + d]! - map.data[other * 3 + d]!)),
      );
      expect(moves.reduce((sum, move) => sum + move, 0) / moves.length).toBeLessThan(18.9 / 3);
    }
  });
});

describe('pins', () => {
  it('are none where no row is marked', async () => {
    const shown = dragged(10);
    expect(await layout({ start: shown, pinned: marks(120, []) })).toEqual(await layout({ start: shown }));
    expect(await layout({ pinned: marks(120, []) })).toEqual(map);
  });

  it('can be all rows: the map is what was shown', async () => {
    const shown = dragged(10);
    expect(await layout({ start: shown, pinned: new Uint8Array(120).fill(1) })).toEqual(shown);
  });

  it('hold among too few texts for UMAP, and the others lie as without them', async () => {
    const few = clusteredVectors(8, 12, 8, 0.1, 6);
    const own = await startPositions(few, 2, 42);
    const shown = { ...own, data: own.data.slice() };
    shown.data[4]! += 30;
    const request = { ...defaultOptions, dims: 2, start: shown, pinned: marks(8, [2]) } as const;
    const out = await layoutGraph(await findNeighbours(few, 7), own, request);
    expect(bytesOf(out, 2)).toEqual(bytesOf(shown, 2));
    for (const row of [0, 1, 3, 4, 5, 6, 7])
      for (const d of [0, 1]) expect(out.data[row * 2 + d]).toBeCloseTo(own.data[row * 2 + d]!, 4);
  });

  it('are refused where there is no place to stay at, or none is free', async () => {
    const shown = dragged(10);
    shown.data[7] = NaN;
    const pinned = marks(120, [2]);
    await expect(layout({ start: shown, pinned })).rejects.toThrow(
      'row 2 is pinned, and the start has no place for it',
    );
    await expect(layout({ pinned })).rejects.toThrow(RangeError);
    await expect(layout({ start: map, pinned: marks(119, [2]) })).rejects.toThrow('119 marks of pinned rows for 120');
    for (const engine of ['pca', 'random'] as const)
      await expect(layout({ start: map, pinned, engine })).rejects.toThrow(engine);
  });
});

describe('carryNeighbours', () => {
  /** Two groups of four, each text as near to the three others of its group. */
  const cliques: KnnGraph = {
    indices: Int32Array.from([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2, 5, 6, 7, 4, 6, 7, 4, 5, 7, 4, 5, 6]),
    distances: new Float32Array(24).fill(0.5),
    rows: 8,
    k: 3,
  };
  const fuzzy = fuzzySimplicialSet(cliques, 3, { localConnectivity: 1, setOperationRatio: 1 });

  it('takes a group along by the share that solves w = 0.98 (1 + 2 w) / 3, and leaves the other where it is', () => {
    const data = new Float32Array(16);
    data[0] = 10;
    data.fill(-3, 8);
    const { data: out } = carryNeighbours({ data, rows: 8, dim: 2 }, fuzzy, [0]);
    expect([...out.subarray(0, 2)]).toEqual([10, 0]);
    for (const row of [1, 2, 3]) {
      expect(out[row * 2]).toBeCloseTo((10 * 0.98) / (3 - 2 * 0.98), 5);
      expect(out[row * 2 + 1]).toBe(0);
    }
    expect(out.subarray(8)).toEqual(data.subarray(8));
  });

  it('moves nothing where a pinned row stands amid its neighbours', () => {
    const data = Float32Array.from([0, 0, 1, 0, -1, 1, 0, -1, 9, 9, 9, 9, 9, 9, 9, 9]);
    const { data: out } = carryNeighbours({ data, rows: 8, dim: 2 }, fuzzy, [0]);
    out.forEach((value, p) => expect(value).toBeCloseTo(data[p]!, 5));
  });

  it('takes along what labels join, as the layout does', async () => {
    // Labels that cut across the groups: half of a row's neighbours are then tied to it less.
    const labels = Int32Array.from({ length: 120 }, (_, row) => Math.floor(row / 6) % 2);
    const near = vectorOrder(groups, 10).slice(0, 14);
    const start = { start: dragged(10), pinned: marks(120, [10]) };
    /** How near the neighbours of its label begin, beside those of the other. */
    const ratio = async (request: Partial<LayoutRequest>) => {
      const frames: LayoutFrame[] = [];
      await layout({ ...start, ...request }, (frame) => frames.push(frame));
      const [same, other] = [true, false].map((wanted) => {
        const rows = near.filter((row) => (labels[row] === labels[10]) === wanted);
        return meanDistance(frames[0]!.positions, 10, rows);
      });
      return same! / other!;
    };
    expect(await ratio({ labels, targetWeight: 0.9 })).toBeLessThan(0.9 * (await ratio({})));
  });
});
