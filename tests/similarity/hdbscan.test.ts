import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNeighbours } from '../../src/projection/neighbours';
import { createRandom } from '../../src/projection/random';
import { clusterGraph, clusterPositions } from '../../src/similarity/hdbscan';
import { spanPositions } from '../../src/similarity/spanningTree';
import type { KnnGraph, Positions } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { adjustedRand } from './adjustedRand';
import recorded from './clusters.json';

function positionsOf(points: readonly (readonly number[])[], dim: 2 | 3): Positions {
  return { data: Float32Array.from(points.flat()), rows: points.length, dim };
}

/** Each row's core distance and the length of Prim's tree over all pairs. */
function primLength({ data, rows, dim }: Positions, minSamples: number): number {
  const distance = (a: number, b: number) =>
    Math.hypot(...Array.from({ length: dim }, (_, d) => data[a * dim + d]! - data[b * dim + d]!));
  const all = Array.from({ length: rows }, (_, a) => Array.from({ length: rows }, (_, b) => distance(a, b)));
  const core = all.map((row) => row.toSorted((a, b) => a - b)[Math.min(minSamples, rows) - 1]!);
  const near = new Array<number>(rows).fill(Infinity);
  const rest = new Set(all.keys());
  let sum = 0;
  for (let row = 0; rest.delete(row) && rest.size > 0;) {
    for (const other of rest)
      near[other] = Math.min(near[other]!, Math.max(all[row]![other]!, core[row]!, core[other]!));
    row = [...rest].reduce((best, other) => (near[other]! < near[best]! ? other : best));
    sum += near[row]!;
  }
  return sum;
}

// Labels and probabilities of scikit-learn's HDBSCAN, recorded by record.py.
describe.each(recorded.cases)('$name, as scikit-learn', ({ dim, points, runs }) => {
  test.each(runs)(
    '$minClusterSize rows at least, $minSamples samples',
    async ({ labels, probabilities, minClusterSize, minSamples }) => {
      const options = { minClusterSize, minSamples };
      const data = Float32Array.from(points);
      const rows = data.length / dim;
      const found =
        dim === 2 || dim === 3
          ? await clusterPositions({ data, rows, dim }, options)
          : await clusterGraph(await findNeighbours(createMatrix(data, dim), rows - 1), options);
      expect(new Set(labels).size).toBeGreaterThan(2);
      expect(found.count).toBe(new Set(labels.filter((label) => label >= 0)).size);
      expect(adjustedRand(found.labels, labels)).toBeGreaterThanOrEqual(0.99);
      // Where distances are equal, scikit-learn splits by the order of rows, and with that the scale of a cluster's probabilities.
      const off = probabilities.map((probability, row) => Math.abs(found.probabilities[row]! - probability));
      expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.03);
    },
  );
});

describe('spanPositions', () => {
  test('is as short as the tree that Prim’s algorithm finds among all pairs', async () => {
    const point = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(point, { minLength: 1, maxLength: 70 }),
        fc.constantFrom(2 as const, 3 as const),
        fc.integer({ min: 1, max: 12 }),
        async (points, dim, minSamples) => {
          const positions = positionsOf(
            points.map((at) => at.slice(0, dim)),
            dim,
          );
          const { from, to, lengths } = await spanPositions(positions, minSamples);
          expect(from.length).toBe(points.length - 1);
          const joined = new Set([0]);
          for (let i = 0; i < from.length; i++)
            from.forEach((a, edge) => {
              if (joined.has(a)) joined.add(to[edge]!);
              else if (joined.has(to[edge]!)) joined.add(a);
            });
          expect(joined.size).toBe(points.length);
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBeCloseTo(primLength(positions, minSamples), 6);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('ends when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(spanPositions(positionsOf([[0, 0]], 2), 1, { signal })).rejects.toThrow('abort');
  });
});

describe('clusterPositions', () => {
  const options = { minClusterSize: 5, minSamples: 5 };

  test.each([0, 1, 2, 3])('%i texts are noise', async (rows) => {
    const positions = positionsOf(
      Array.from({ length: rows }, (_, i) => [i, 0]),
      2,
    );
    const found = await clusterPositions(positions, options);
    expect(found).toEqual({ labels: new Int32Array(rows).fill(-1), probabilities: new Float32Array(rows), count: 0 });
  });

  test('the order of the texts does not matter, many equal distances or not', async () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 })), {
      minLength: 10,
      maxLength: 80,
    });
    await fc.assert(
      fc.asyncProperty(
        points,
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (given, minClusterSize, minSamples) => {
          const run = (rows: readonly (readonly number[])[]) =>
            clusterPositions(positionsOf(rows, 2), { minClusterSize, minSamples });
          const [there, back] = [await run(given), await run(given.toReversed())];
          const group = ({ labels }: { labels: Int32Array }, row: number) =>
            [...labels.keys()].filter((other) => labels[other] === labels[row]);
          const { length } = given;
          for (let row = 0; row < length; row++) {
            expect(back.labels[length - 1 - row]! < 0).toBe(there.labels[row]! < 0);
            if (there.labels[row]! < 0) continue;
            const mirrored = group(back, length - 1 - row).map((other) => length - 1 - other);
            expect(mirrored.sort((a, b) => a - b)).toEqual(group(there, row));
          }
        },
      ),
    );
  });

  test('two pairs are two clusters of two', async () => {
    const positions = positionsOf(
      [
        [0, 0],
        [0, 1],
        [50, 0],
        [50, 1],
      ],
      2,
    );
    const { labels } = await clusterPositions(positions, { minClusterSize: 2, minSamples: 1 });
    expect([...labels]).toEqual([0, 0, 1, 1]);
  });

  test('texts that are all equal do not part, so none is in a cluster', async () => {
    const positions = positionsOf(
      Array.from({ length: 30 }, () => [1, 2, 3]),
      3,
    );
    expect((await clusterPositions(positions, options)).count).toBe(0);
  });

  test('two heaps of equal texts are clusters, to which all belong firmly', async () => {
    const heaps = Array.from({ length: 30 }, (_, i) => [i % 3 === 0 ? 10 : 0, 0]);
    const { labels, probabilities } = await clusterPositions(positionsOf(heaps, 2), options);
    expect([...labels]).toEqual(heaps.map(([x]) => (x === 10 ? 1 : 0)));
    expect(probabilities.every((probability) => probability === 1)).toBe(true);
  });

  test('200 groups are 200 clusters, the largest first', async () => {
    const random = createRandom(7);
    const groups = Array.from({ length: 200 }, (_, group) => ({
      x: group % 20,
      y: Math.floor(group / 20),
      rows: 6 + (group % 9),
    }));
    const points = groups.flatMap(({ x, y, rows }) =>
      Array.from({ length: rows }, () => [x + random() / 9, y + random() / 9]),
    );
    const truth = groups.flatMap(({ rows }, group) => new Array<number>(rows).fill(group));
    const { labels, count } = await clusterPositions(positionsOf(points, 2), { minClusterSize: 5, minSamples: 3 });
    expect(count).toBe(200);
    expect(adjustedRand(labels, truth)).toBeGreaterThan(0.97);
    const sizes = new Array<number>(count).fill(0);
    for (const label of labels) if (label >= 0) sizes[label]!++;
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });
});

describe('clusterGraph', () => {
  test('parts that nothing joins are clusters, and what is joined to none is noise', async () => {
    // Two rings of six, each row with its two neighbours, and a pair apart from both.
    const ring = (first: number) => Array.from({ length: 6 }, (_, i) => [first + ((i + 1) % 6), first + ((i + 5) % 6)]);
    const indices = Int32Array.from([...ring(0), ...ring(6), [13, 13], [12, 12]].flat());
    const graph: KnnGraph = { indices, distances: new Float32Array(indices.length).fill(0.1), rows: 14, k: 2 };
    const { labels } = await clusterGraph(graph, { minClusterSize: 4, minSamples: 2 });
    expect([...labels]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, -1, -1]);
  });

  test('a graph without neighbours has none', async () => {
    const graph: KnnGraph = { indices: new Int32Array(0), distances: new Float32Array(0), rows: 3, k: 0 };
    expect((await clusterGraph(graph, { minClusterSize: 2, minSamples: 1 })).count).toBe(0);
  });
});
