import { describe, expect, test } from 'vitest';
import type { AskedSets } from '../../src/questions';
import { createRandom } from '../../src/projection/random';
import { testAssociation } from '../../src/similarity/associationTest';
import { directionBetween, neutralise } from '../../src/similarity/direction';
import { nearestTo } from '../../src/similarity/nearest';
import { createMatrix, dotRows } from '../../src/vectors';
import { createFakeEngine, dim, idsOf, itemsOf, spec, vectorOf } from './fakes';

const named = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i}`);
const matrixOf = (texts: readonly string[]) =>
  createMatrix(Float32Array.from(texts.flatMap((text) => [...vectorOf(text)])), dim);
const words = { x: named('x', 4), y: named('y', 4), a: named('a', 3), b: named('b', 3) };
const asText = (texts: readonly string[]) => texts.map((text) => ({ text }));
const asked: AskedSets = {
  x: asText(words.x),
  y: asText(words.y),
  a: asText(words.a),
  b: asText(words.b),
  sentences: 1,
  seed: 42,
  permutations: 1000,
};
const items = itemsOf('east', 'x0', ...named('other ', 30));

async function space() {
  const { engine, calls } = createFakeEngine();
  const { space: id } = await engine.embed(items, spec);
  return { engine, calls, id };
}

describe('an association test', () => {
  test('embeds its words for the question only, and is that of their vectors', async () => {
    const { engine, calls, id } = await space();
    const found = await engine.ask(id, { kind: 'association', ...asked });
    expect(calls.embedded.at(-1)).toEqual([...words.x, ...words.y, ...words.a, ...words.b]);
    const { x, y, a, b } = words;
    const vectors = { x: matrixOf(x), y: matrixOf(y), a: matrixOf(a), b: matrixOf(b), sentences: 1 };
    expect(found).toEqual(await testAssociation(vectors, { random: createRandom(42), permutations: 1000 }));
    expect(found.permutation).toMatchObject({ partitions: 70, exact: true });
    await expect(engine.ask(id, { kind: 'neighbours', of: { id: 'id of x1' }, k: 1 })).rejects.toMatchObject({
      code: 'itemUnknown',
    });
  });

  test('takes words of the space by their ids', async () => {
    const { engine, id } = await space();
    const mixed = { ...asked, x: [{ id: 'id of x0' }, ...asked.x.slice(1)] };
    expect(await engine.ask(id, { kind: 'association', ...mixed })).toEqual(
      await engine.ask(id, { kind: 'association', ...asked }),
    );
  });
});

describe('a space without the direction from A to B', () => {
  test.each(['means', 'pairs'] as const)('has other neighbours, as counted one by one (%s)', async (by) => {
    const { engine, id } = await space();
    const of = 'id of east';
    const found = await engine.ask(id, { kind: 'withoutDirection', ...asked, by, k: 5, of });
    const own = matrixOf(items.map(({ text }) => text));
    const { axis } = directionBetween(matrixOf(words.a), matrixOf(words.b), by)!;
    const without = neutralise(own, axis);
    const idsNear = (matrix: typeof own, row: number) =>
      nearestTo(matrix, matrix, row, 5, new Set([row])).map(({ row: near }) => items[near]!.id);
    expect(found.neighbours?.before.map(({ id: near }) => near)).toEqual(idsNear(own, 0));
    expect(found.neighbours?.after.map(({ id: near }) => near)).toEqual(idsNear(without, 0));
    const { ids, shares, mean, k } = found.overlap;
    expect({ ids, k }).toEqual({ ids: idsOf(items), k: 5 });
    const kept = items.map((_, row) => idsNear(own, row).filter((near) => idsNear(without, row).includes(near)).length);
    expect([...shares]).toEqual(kept.map((count) => Math.fround(count / 5)));
    expect(mean).toBeCloseTo(kept.reduce((sum, count) => sum + count, 0) / 5 / items.length, 6);
    expect(mean).toBeLessThan(1);
    expect(found.explained === undefined).toBe(by === 'means');
    const [a, b] = [neutralise(matrixOf(words.a), axis), neutralise(matrixOf(words.b), axis)];
    expect(found.after.pairCosine).toBeCloseTo(
      (dotRows(a, 0, b, 0) + dotRows(a, 1, b, 1) + dotRows(a, 2, b, 2)) / 3,
      6,
    );
  });

  test('says of its sets what the test says before, and leaves the space as it was', async () => {
    const { engine, id } = await space();
    const test = await engine.ask(id, { kind: 'association', ...asked });
    const { before, neighbours } = await engine.ask(id, { kind: 'withoutDirection', ...asked, by: 'means', k: 3 });
    expect(before).toMatchObject({ effectSize: test.effectSize, permutation: test.permutation, x: test.x });
    expect(neighbours).toBeUndefined();
    expect((await engine.vectors(id, idsOf(items))).data).toEqual(matrixOf(items.map(({ text }) => text)).data);
  });

  test('is refused where there is no such direction, or no pairs', async () => {
    const { engine, id } = await space();
    const without = (more: Partial<AskedSets>, by: 'means' | 'pairs') =>
      engine.ask(id, { kind: 'withoutDirection', ...asked, ...more, by, k: 3 });
    await expect(without({ b: asked.a }, 'means')).rejects.toMatchObject({ code: 'axisEndsCoincide' });
    await expect(without({ b: asked.b.slice(1) }, 'pairs')).rejects.toMatchObject({
      code: 'pairsUneven',
      params: { a: 3, b: 2 },
    });
  });

  test('of one text has no neighbours to keep', async () => {
    const { engine } = createFakeEngine();
    const { space: id } = await engine.embed(items.slice(0, 1), spec);
    const { overlap } = await engine.ask(id, { kind: 'withoutDirection', ...asked, by: 'means', k: 3 });
    expect(overlap).toMatchObject({ k: 0, mean: NaN });
  });
});
