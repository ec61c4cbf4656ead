import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/projection/random';
import { linearCka } from '../../src/similarity/cka';
import type { Listed } from '../../src/questions';
import type { Item, ItemId, Matrix, Positions, SpaceSpec } from '../../src/types';
import { createMatrix, dotRows } from '../../src/vectors';
import { createFakeEngine, idsOf, itemsOf, spec, vectorOf } from './fakes';

const other: SpaceSpec = { modelId: 'other', prompt: '{text}' };

/** Unit vectors at angles, in degrees. */
const atAngles = (angles: readonly number[]): Matrix =>
  createMatrix(
    Float32Array.from(
      angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
    ),
    2,
  );

/** By definition: for every id, the share of the `k` others that are nearest to it in both. */
function sharesOf(
  ids: readonly ItemId[],
  k: number,
  likeness: readonly ((a: number, b: number) => number)[],
): number[] {
  const nearest = (row: number, like: (a: number, b: number) => number) =>
    ids
      .map((_, i) => i)
      .filter((i) => i !== row)
      .sort((a, b) => like(row, b) - like(row, a) || a - b)
      .slice(0, k);
  return ids.map((_, row) => {
    const [a, b] = likeness.map((like) => nearest(row, like));
    return a!.filter((found) => b!.includes(found)).length / k;
  });
}

describe('a matrix of texts', () => {
  const items = itemsOf('east', 'west', 'near east', 'nearer east', 'near west', 'between');
  const asked = async (ids: readonly ItemId[], k: number, more: Omit<Listed, 'k'> = {}) => {
    const { engine } = createFakeEngine();
    const { space } = await engine.adopt(items, spec, atAngles([0, 180, 10, 5, 171, 88]));
    return engine.ask(space, { kind: 'matrix', ids, k, ...more });
  };
  const [east, west, nearEast, nearerEast, nearWest, between] = idsOf(items) as [string, ...string[]];

  test('has the cosines of all pairs, and the neighbours of each without the texts themselves', async () => {
    const { cosines, neighbours, shared, distinct } = await asked([east, west!], 3);
    expect([...cosines].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, -1, -1, 1]);
    expect(neighbours.map((list) => list.map(({ id }) => id))).toEqual([
      [nearerEast, nearEast, between],
      [nearWest, between, nearEast],
    ]);
    expect(shared).toEqual([nearEast, between]);
    expect(distinct).toEqual([[nearerEast], [nearWest]]);
  });

  test('says how far the lists overlap', async () => {
    const { jaccard, rbo } = await asked([east, west!], 3);
    expect(jaccard[1]).toBeCloseTo(2 / 4, 6);
    // Agreements at depths 1 to 3: 0, 0 of 2, 2 of 3; 0.9 of what each has, and the last one for all beyond.
    expect(rbo[1]).toBeCloseTo((0.1 * 0.81 + 0.9 ** 3) * (2 / 3), 6);
    expect([jaccard[0], jaccard[3], rbo[0]!.toFixed(6)]).toEqual([1, 1, '1.000000']);
    expect([jaccard[2], rbo[2]]).toEqual([jaccard[1], rbo[1]]);
  });

  test('lists neighbours among some texts only, and of all the pairs the same cosines', async () => {
    const among = [nearerEast!, nearWest!];
    const { cosines, centred, neighbours, shared } = await asked([east, west!], 3, { among });
    expect(neighbours.map((list) => list.map(({ id }) => id))).toEqual([
      [nearerEast, nearWest],
      [nearWest, nearerEast],
    ]);
    expect(shared).toEqual([nearerEast, nearWest]);
    expect(centred).toBeUndefined();
    expect(cosines).toEqual((await asked([east, west!], 3)).cosines);
  });

  test('has both cosines of all pairs as seen from a centre, by which the lists are ranked', async () => {
    const centre = Float32Array.of(0.9, 0);
    const { cosines, centred, neighbours } = await asked([east, west!], 4, { centre });
    // From (0.9, 0) east is at (0.1, 0), west at (-1.9, 0): opposite, as they are; a text at angle a is at (cos a - 0.9, sin a).
    const from = (angle: number) => {
      const [x, y] = [Math.cos((angle * Math.PI) / 180) - 0.9, Math.sin((angle * Math.PI) / 180)];
      return x / Math.hypot(x, y);
    };
    expect(centred?.map((value) => Math.round(value * 1e5) / 1e5)).toEqual(Float32Array.of(1, -1, -1, 1));
    expect(cosines[1]).toBeCloseTo(-1, 6);
    const found = neighbours[0]!;
    expect(found.map(({ id }) => id)).toEqual([nearerEast, nearEast, between, nearWest]);
    [5, 10, 88, 171].forEach((angle, i) => {
      expect(found[i]!.centred).toBeCloseTo(from(angle), 4);
      expect(found[i]!.cosine).toBeCloseTo(Math.cos((angle * Math.PI) / 180), 6);
    });
  });

  test('is ordered by clusters, and shares only what all lists have', async () => {
    const { order, shared, distinct } = await asked([east, nearWest!, nearEast!, west!], 1);
    const names = ['east', 'nearWest', 'nearEast', 'west'];
    expect([...order].map((row) => names[row])).toEqual(['east', 'nearEast', 'nearWest', 'west']);
    expect(shared).toEqual([]);
    expect(distinct).toEqual([[], [], [], []]);
  });

  test('of more neighbours than there are texts has them all, and refuses a text that is not there', async () => {
    const { neighbours, jaccard } = await asked([east, west!], 99);
    expect(neighbours.map(({ length }) => length)).toEqual([4, 4]);
    expect(jaccard[1]).toBe(1);
    await expect(asked([east, 'nobody'], 2)).rejects.toMatchObject({ code: 'itemUnknown' });
  });

  test('of all texts there are has no neighbours left, and zero vectors are like nothing', async () => {
    const { engine } = createFakeEngine();
    const two = itemsOf('a', 'b');
    const { space } = await engine.adopt(two, spec, createMatrix(Float32Array.of(0, 0, 1, 0), 2));
    const { neighbours, cosines, rbo } = await engine.ask(space, { kind: 'matrix', ids: idsOf(two), k: 5 });
    expect(neighbours).toEqual([[], []]);
    expect([...cosines]).toEqual([0, 0, 0, 1]);
    expect([...rbo]).toEqual([1, 1, 1, 1]);
  });
});

describe('two spaces of the same texts', () => {
  const items = itemsOf(...Array.from({ length: 60 }, (_, i) => `text ${i}`));
  const random = createRandom(5);
  const vectors = createMatrix(
    Float32Array.from({ length: 60 * 3 }, () => random() - 0.5),
    3,
  );
  for (let row = 0; row < 60; row++) {
    const length = Math.hypot(...vectors.data.subarray(row * 3, row * 3 + 3));
    for (let d = 0; d < 3; d++) vectors.data[row * 3 + d]! /= length;
  }
  const own = createMatrix(Float32Array.from(items.flatMap(({ text }) => [...vectorOf(text)])), 8);

  const compared = async (rest: readonly Item[], k: number) => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(items, spec);
    const rows = rest.map((item) => items.indexOf(item));
    const data = Float32Array.from(rows.flatMap((row) => [...vectors.data.subarray(row * 3, row * 3 + 3)]));
    const { space: otherSpace } = await engine.adopt(rest, other, createMatrix(data, 3));
    return engine.ask(space, { kind: 'overlap', other: otherSpace, k });
  };

  test('share neighbours as counted one by one, whatever the order of their rows', async () => {
    for (const rest of [items, items.toReversed()]) {
      const { ids, k, shares, mean, cka, movers } = await compared(rest, 7);
      expect({ ids, k }).toEqual({ ids: idsOf(items), k: 7 });
      const expected = sharesOf(ids, 7, [(a, b) => dotRows(own, a, own, b), (a, b) => dotRows(vectors, a, vectors, b)]);
      expect([...shares].map((share) => share.toFixed(6))).toEqual(expected.map((share) => share.toFixed(6)));
      expect(mean).toBeCloseTo(expected.reduce((sum, share) => sum + share, 0) / 60, 6);
      expect(cka).toBeCloseTo(await linearCka(own, vectors), 12);
      const sorted = [...movers].map((row) => shares[row]!);
      expect(sorted).toEqual([...shares.toSorted()]);
    }
  });

  test('are compared in the texts that both have', async () => {
    const half = items.filter((_, i) => i % 2 === 1);
    const { ids, shares, k } = await compared(half, 99);
    expect(ids).toEqual(idsOf(half));
    expect(k).toBe(29);
    expect([...shares]).toEqual(Array.from({ length: 30 }, () => 1));
  });

  test('with one text in common have nothing to compare', async () => {
    const { k, mean, cka, shares } = await compared(items.slice(3, 4), 5);
    expect({ k, mean, cka, shares: [...shares] }).toEqual({ k: 0, mean: NaN, cka: NaN, shares: [NaN] });
  });

  test('end when they are cancelled', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(items, spec);
    const { space: otherSpace } = await engine.adopt(items, other, vectors);
    const question = { kind: 'overlap', other: otherSpace, k: 3 } as const;
    await expect(engine.ask(space, question, undefined, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  test('a space that is not there is said to be missing', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(items, spec);
    await expect(engine.ask(space, { kind: 'overlap', other: 'none', k: 3 })).rejects.toMatchObject({
      code: 'spaceUnknown',
    });
  });
});

test('two maps share neighbours by their own distances', async () => {
  const { engine } = createFakeEngine();
  const items = itemsOf(...Array.from({ length: 40 }, (_, i) => `text ${i}`));
  const { space } = await engine.embed(items, spec);
  const random = createRandom(3);
  const map = (dim: 2 | 3): Positions => ({
    data: Float32Array.from({ length: 40 * dim }, () => 10 * random()),
    rows: 40,
    dim,
  });
  const [a, b] = [map(2), map(3)];
  const close =
    ({ data, dim }: Positions) =>
    (i: number, j: number) =>
      -Math.hypot(...Array.from({ length: dim }, (_, d) => data[i * dim + d]! - data[j * dim + d]!));
  const ids = idsOf(items);
  const { shares, cka } = await engine.ask(space, { kind: 'mapOverlap', ids, a, b, k: 6 });
  const expected = sharesOf(ids, 6, [close(a), close(b)]);
  expect([...shares].map((share) => share.toFixed(6))).toEqual(expected.map((share) => share.toFixed(6)));
  expect(cka).toBeCloseTo(await linearCka(a, b), 12);
  const same = await engine.ask(space, { kind: 'mapOverlap', ids, a, b: a, k: 6 });
  expect({ mean: same.mean, cka: same.cka }).toEqual({ mean: 1, cka: 1 });
});

describe('a graph of texts', () => {
  const items = itemsOf('east', 'west', 'near east', 'nearer east');
  const [east, west, nearEast, nearerEast] = idsOf(items) as [string, string, string, string];
  const asked = async (ids: readonly ItemId[], k: number) => {
    const { engine } = createFakeEngine();
    const { space } = await engine.adopt(items, spec, atAngles([0, 180, 10, 4]));
    const { indices, distances, ...shape } = await engine.ask(space, { kind: 'graph', ids, k });
    return { indices: [...indices], distances: [...distances], ...shape };
  };

  test('names rows of the ids that were asked about, in their order', async () => {
    const { indices, distances, rows, k } = await asked([nearerEast, west, nearEast, east], 2);
    expect({ rows, k }).toEqual({ rows: 4, k: 2 });
    expect(indices).toEqual([3, 2, 2, 0, 0, 3, 0, 2]);
    expect(distances[0]).toBeCloseTo(1 - Math.cos((4 * Math.PI) / 180), 6);
  });

  test('is of some as if there were no others', async () => {
    expect(await asked([east, west, nearEast], 9)).toMatchObject({ rows: 3, k: 2, indices: [2, 1, 2, 0, 0, 1] });
    expect(await asked([east], 3)).toMatchObject({ rows: 1, k: 0, indices: [] });
  });
});
