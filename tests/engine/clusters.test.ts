/** Questions about many texts at once: rows go by the asker's ids, whatever their order in the space. */
import { expect, test, vi } from 'vitest';
import * as neighbours from '../../src/projection/neighbours';
import { createFakeEngine, itemsOf, spec, vectorOf } from './fakes';

const texts = Array.from({ length: 12 }, (_, i) => `text ${i}`);
const cosine = (a: string, b: string) => vectorOf(a).reduce((sum, x, d) => sum + x * vectorOf(b)[d]!, 0);

test('clusters of a map are of the ids that are asked about, and are named by their texts', async () => {
  const { engine } = createFakeEngine();
  const { space } = await engine.embed(itemsOf(...texts), spec);
  const asked = texts.toReversed().slice(0, 10);
  const data = Float32Array.from(asked.flatMap((_, row) => [row % 2 === 0 ? row / 9 : 50 + row / 9, 0]));
  const { labels, names } = await engine.ask(space, {
    kind: 'clusters',
    ids: asked.map((text) => `id of ${text}`),
    texts: asked,
    minClusterSize: 3,
    minSamples: 2,
    positions: { data, rows: asked.length, dim: 2 },
  });
  expect([...labels]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  names.forEach((name, label) => {
    for (const text of name.split(', ')) expect(labels[asked.indexOf(text)]).toBe(label);
  });
});

test('the nearest pairs and the loneliest texts are those of all pairs', async () => {
  const { engine } = createFakeEngine();
  const { space } = await engine.embed(itemsOf(...texts), spec);
  const asked = texts.slice(2).toReversed();
  const ids = asked.map((text) => `id of ${text}`);
  const { pairs, cosines, lonely, k } = await engine.ask(space, { kind: 'extremes', ids, k: 20, most: 5 });
  const all = asked.flatMap((a, i) => asked.slice(i + 1).map((b) => ({ earlier: a, later: b, cosine: cosine(a, b) })));
  all.sort((a, b) => b.cosine - a.cosine);
  expect(k).toBe(9);
  expect(cosines).toHaveLength(all.length);
  expect(pairs).toHaveLength(5);
  pairs.forEach((pair, i) => {
    expect(pair).toMatchObject({ earlier: `id of ${all[i]!.earlier}`, later: `id of ${all[i]!.later}` });
    expect(pair.cosine).toBeCloseTo(all[i]!.cosine, 5);
  });
  const total = (text: string) => asked.reduce((sum, other) => sum + (other === text ? 0 : cosine(text, other)), 0);
  expect(lonely).toEqual(asked.toSorted((a, b) => total(a) - total(b)).map((text) => `id of ${text}`));
});

test('of all texts, what was asked before and the order of the ids change nothing but how long it takes', async () => {
  const many = Array.from({ length: 560 }, (_, i) => `one of many ${i}`);
  const asked = many.toReversed();
  const ids = asked.map((text) => `id of ${text}`);
  const extremes = { kind: 'extremes', ids, k: 4, most: 600 } as const;
  const clusters = { kind: 'clusters', ids, texts: asked, minClusterSize: 5, minSamples: 2 } as const;
  const looked = vi.spyOn(neighbours, 'findNeighbours');
  const answersAfter = async (before: readonly string[], k: number) => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(itemsOf(...many), spec);
    looked.mockClear();
    if (k > 0) await engine.ask(space, { ...extremes, ids: before.map((text) => `id of ${text}`), k });
    const answers = [await engine.ask(space, extremes), await engine.ask(space, clusters)] as const;
    return { answers, searches: looked.mock.calls.length };
  };
  const fresh = await answersAfter([], 0);
  const after = await answersAfter(many, 30);
  // First for 4 neighbours, then for the clusters' 15; or once for 30.
  expect(fresh.searches).toBe(2);
  expect(after.searches).toBe(1);
  expect(after.answers).toEqual(fresh.answers);
  // Of some texts it is as of all texts of a space that has no others.
  const { engine } = createFakeEngine();
  const { space } = await engine.embed(itemsOf(...many, 'one more'), spec);
  expect(await engine.ask(space, extremes)).toEqual(fresh.answers[0]);
  expect(await engine.ask(space, clusters)).toEqual(fresh.answers[1]);
  expect(fresh.answers[1].names.length).toBeGreaterThan(1);
  looked.mockRestore();
});
