import { describe, expect, test } from 'vitest';
import { measureSeparation } from '../../src/similarity/separation';
import { createMatrix, dotRows } from '../../src/vectors';
import { clusteredVectors } from '../projection/clusters';
import recorded from './prompts.json';

const vectorsOf = ([rows, dim, groups, noise, seed]: readonly number[]) =>
  clusteredVectors(rows!, dim!, groups!, noise!, seed!);

/** As in prompts.py. */
function crossingLabels(rows: number, groups: number, alone: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: rows }, (_, i) =>
    i < alone ? groups + i : (i % 11 === 3 ? Math.floor(i / 2) : i) % groups,
  );
}

describe('separation of groups', () => {
  test('is that of scikit-learn', async () => {
    for (const { args, alone, k, ...expected } of recorded.separation) {
      const vectors = vectorsOf(args);
      const found = await measureSeparation(vectors, crossingLabels(vectors.rows, args[2]!, alone), k);
      expect(found.silhouette).toBeCloseTo(expected.silhouette, 6);
      expect(found.accuracy).toBeCloseTo(expected.accuracy, 10);
      expected.first.forEach((silhouette, row) => expect(found.silhouettes[row]).toBeCloseTo(silhouette, 6));
      expect(found).toMatchObject({ rows: vectors.rows, k, groups: args[2]! + alone, singles: alone });
      expect(found.sampled).toBeUndefined();
    }
  });

  test('of many rows is measured on a sample, within its errors', async () => {
    const { args, alone, k, ...expected } = recorded.sampled;
    const vectors = vectorsOf(args);
    const labels = crossingLabels(vectors.rows, args[2]!, alone);
    const found = await measureSeparation(vectors, labels, k, { mostExact: 900 });
    expect(found.sampled).toBe(540);
    const { silhouette = NaN, accuracy = NaN } = found.errors ?? {};
    expect(silhouette).toBeGreaterThan(0);
    expect(silhouette).toBeLessThan(0.02);
    expect(Math.abs(found.silhouette - expected.silhouette)).toBeLessThan(3 * silhouette);
    expect(Math.abs(found.accuracy - expected.accuracy)).toBeLessThan(3 * accuracy);
    expect(found.silhouettes.filter((value) => !Number.isNaN(value))).toHaveLength(540);
    const again = await measureSeparation(vectors, labels, k, { mostExact: 900 });
    expect(again).toEqual(found);
  });

  test('by k neighbours lets the nearest decide between equally frequent groups, whatever their numbers', async () => {
    // Angles in degrees: the first row's nearest are of group 7, then 3, 3, 7; by two to two the nearer one, 7, wins.
    const angles = [0, 1, 2, 3, 4, 180, 181];
    const data = Float32Array.from(
      angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
    );
    const vectors = createMatrix(data, 2);
    const right = async (own: number) => {
      const others = [7, 3, 3, 7, 5, 5];
      const found = await measureSeparation(vectors, Int32Array.of(own, ...others), 4);
      return found.accuracy * 7;
    };
    expect((await right(7)) - (await right(3))).toBeCloseTo(1, 6);
  });

  test('says what is missing', async () => {
    const vectors = clusteredVectors(4, 6, 2, 0.3, 1);
    const missing = async (labels: readonly number[]) => {
      const some = createMatrix(vectors.data.slice(0, 6 * labels.length), 6);
      return measureSeparation(some, Int32Array.from(labels), 5);
    };
    expect(await missing([])).toMatchObject({ rows: 0, groups: 0, k: 0, silhouette: NaN, missing: 'groups' });
    expect(await missing([3])).toMatchObject({ groups: 1, singles: 1, accuracy: NaN, missing: 'secondGroup' });
    expect(await missing([2, 2, 2, 2])).toMatchObject({ groups: 1, largest: 1, missing: 'secondGroup' });
    expect(await missing([0, 1, 2])).toMatchObject({ groups: 3, singles: 3, missing: 'companions' });
    const enough = await missing([0, 0, 1]);
    expect(enough.missing).toBeUndefined();
    expect(enough.silhouettes[2]).toBe(0);
    expect(enough.k).toBe(2);
  });

  test('of rows in one point is 0, as there is nothing to tell them by', async () => {
    const data = Float32Array.from({ length: 60 }, (_, i) => Math.fround([0.6, 0.8, 0][i % 3]!));
    const found = await measureSeparation(createMatrix(data, 3), crossingLabels(20, 2, 0), 3);
    expect(found.silhouette).toBe(0);
  });

  test('agrees with the definition on silhouettes', async () => {
    const vectors = clusteredVectors(30, 5, 3, 1.5, 9);
    const labels = crossingLabels(30, 3, 1);
    const { silhouettes } = await measureSeparation(vectors, labels, 3);
    for (let row = 0; row < 30; row++) {
      const meanTo = (label: number) => {
        const others = [...labels.keys()].filter((other) => labels[other] === label && other !== row);
        return others.reduce((sum, other) => sum + 1 - dotRows(vectors, row, vectors, other), 0) / others.length;
      };
      const a = meanTo(labels[row]!);
      const b = Math.min(...[...new Set(labels)].filter((label) => label !== labels[row]).map(meanTo));
      expect(silhouettes[row]).toBeCloseTo(row === 0 ? 0 : (b - a) / Math.max(a, b), 5);
    }
  });

  test('refuses labels of another length, and ends when it is cancelled', async () => {
    const vectors = clusteredVectors(4, 6, 2, 0.3, 1);
    await expect(measureSeparation(vectors, Int32Array.of(0, 1), 1)).rejects.toThrow(/2 labels for 4 vectors/);
    const cancelled = measureSeparation(vectors, Int32Array.of(0, 1, 0, 1), 1, { signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  });
});
