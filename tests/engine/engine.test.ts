/** What the engine decides: which texts are embedded, which rows belong to whom, when a graph is stale. */
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { createFakeEngine, dim, idsOf, itemsOf, spec, vectorOf } from './fakes';

const options = { nNeighbors: 15, minDist: 0.1, dims: 3, seed: 42 } as const;

function rowsOf(items: readonly Item[]): number[] {
  return items.flatMap(({ text }) => [...vectorOf(text)]);
}

describe('embed', () => {
  test('embeds only the texts that the space lacks', async () => {
    const { engine, calls } = createFakeEngine();
    expect(await engine.embed(itemsOf('a', 'b'), spec)).toMatchObject({ dim, reused: 0 });
    expect(await engine.embed(itemsOf('c', 'a', 'b', 'd'), spec)).toMatchObject({ dim, reused: 2 });
    expect(calls.embedded).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('asks no model when nothing is missing', async () => {
    const { engine, calls } = createFakeEngine();
    await engine.embed(itemsOf('a', 'b'), spec);
    expect(await engine.embed(itemsOf('b'), spec)).toMatchObject({ dim, reused: 1 });
    expect(calls.embedded).toHaveLength(1);
  });

  test('an edited text keeps its id and gets a new vector', async () => {
    const { engine, calls } = createFakeEngine();
    const { space } = await engine.embed(
      [
        { id: '1', text: 'cat' },
        { id: '2', text: 'dog' },
      ],
      spec,
    );
    const edited = [
      { id: '1', text: 'cats' },
      { id: '2', text: 'dog' },
    ];
    await engine.embed(edited, spec);
    expect(calls.embedded[1]).toEqual(['cats']);
    expect([...(await engine.vectors(space, ['1', '2'])).data]).toEqual(rowsOf(edited));
  });

  test('an item that is left out is gone', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(itemsOf('a', 'b', 'c'), spec);
    await engine.embed(itemsOf('a', 'c'), spec);
    await expect(engine.vectors(space, ['id of b'])).rejects.toMatchObject({ code: 'itemUnknown' });
    const found = await engine.ask(space, { kind: 'neighbours', of: { id: 'id of a' }, k: 5 });
    expect(found.map(({ id }) => id)).toEqual(['id of c']);
  });

  test('tells which texts were cut or are in another language, as long as they are there', async () => {
    const { engine } = createFakeEngine();
    const long = 'a text of more than twenty characters';
    const items = itemsOf('a', long, 'coração');
    const flagged = { truncated: [`id of ${long}`], foreign: ['id of coração'] };
    expect(await engine.embed(items, spec)).toMatchObject(flagged);
    expect(await engine.embed([...items, ...itemsOf('b')], spec)).toMatchObject(flagged);
    const shortened = items.map((item) => ({ ...item, text: 'short' }));
    expect(await engine.embed(shortened, spec)).toMatchObject({ truncated: [], foreign: [] });
  });

  test('looks at no text again when it is asked about the very list that it holds', async () => {
    const { engine, calls } = createFakeEngine();
    let looked = 0;
    const counted = (text: string): Item => ({
      id: `id of ${text}`,
      get text() {
        looked++;
        return text;
      },
    });
    const items = ['a', 'a text of more than twenty characters', 'c'].map(counted);
    const first = await engine.embed(items, spec);
    const before = looked;
    expect(await engine.embed(items, spec)).toEqual({ ...first, reused: 3 });
    expect(looked).toBe(before);
    // Another list in between, and the first one is gone through again.
    await engine.embed(itemsOf('a'), spec);
    expect(await engine.embed(items, spec)).toMatchObject({ truncated: first.truncated });
    expect(calls.embedded.at(-1)).toHaveLength(2);
    const { space } = first;
    expect(await engine.ask(space, { kind: 'neighbours', of: { id: 'id of a' }, k: 5 })).toHaveLength(2);
    engine.forgetSpaces();
    await engine.embed(items, spec);
    expect(calls.embedded.at(-1)).toHaveLength(3);
  });

  test('keeps spaces of other prompts apart', async () => {
    const { engine, calls } = createFakeEngine();
    const first = await engine.embed(itemsOf('a'), spec);
    const second = await engine.embed(itemsOf('a'), { ...spec, prompt: 'query: {text}' });
    expect(second.space).not.toBe(first.space);
    expect(calls.embedded).toEqual([['a'], ['a']]);
  });

  test('a cancelled request leaves the space as it was', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(itemsOf('a'), spec);
    await expect(engine.embed(itemsOf('b'), spec, undefined, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect((await engine.vectors(space, ['id of a'])).rows).toBe(1);
    await expect(engine.vectors(space, ['id of b'])).rejects.toMatchObject({ code: 'itemUnknown' });
  });

  test('two words that are entered at once are both kept', async () => {
    const { engine } = createFakeEngine();
    await engine.embed(itemsOf('a'), spec);
    const [, { space }] = await Promise.all([
      engine.embed(itemsOf('a', 'b'), spec),
      engine.embed(itemsOf('a', 'b', 'c'), spec),
    ]);
    const items = itemsOf('a', 'b', 'c');
    expect([...(await engine.vectors(space, idsOf(items))).data]).toEqual(rowsOf(items));
  });

  test('waits for the call before it, and embeds nothing that one embeds', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { engine, calls } = createFakeEngine({
      gate: (texts) => (texts.includes('slow') ? gate : Promise.resolve()),
    });
    await engine.embed(itemsOf('a', 'b'), spec);
    const slow = engine.embed(itemsOf('a', 'b', 'slow'), spec);
    const next = engine.embed(itemsOf('a', 'slow', 'c'), spec);
    open();
    const [, { space }] = await Promise.all([slow, next]);
    const items = itemsOf('a', 'slow', 'c');
    expect(calls.embedded).toEqual([['a', 'b'], ['slow'], ['c']]);
    expect([...(await engine.vectors(space, idsOf(items))).data]).toEqual(rowsOf(items));
  });

  test('a cancelled call that waits does nothing', async () => {
    const { engine, calls } = createFakeEngine();
    const controller = new AbortController();
    const first = engine.embed(itemsOf('a'), spec);
    const second = engine.embed(itemsOf('a', 'b'), spec, undefined, controller.signal);
    controller.abort();
    await first;
    await expect(second).rejects.toThrow();
    expect(calls.embedded).toEqual([['a']]);
  });
});

describe('order', () => {
  test('rows come in the order that is asked for, whatever came when', async () => {
    const { engine } = createFakeEngine();
    await engine.embed(itemsOf('c', 'a'), spec);
    await engine.embed(itemsOf('a', 'b', 'c', 'd'), spec);
    const { space } = await engine.embed(itemsOf('d', 'c', 'b'), spec);
    const items = itemsOf('b', 'd', 'c');
    expect([...(await engine.vectors(space, idsOf(items))).data]).toEqual(rowsOf(items));
  });

  test('positions, frames and starts are the caller’s, row by row', async () => {
    const { engine } = createFakeEngine();
    const items = itemsOf(...Array.from({ length: 12 }, (_, i) => `text ${i}`));
    const ids = idsOf(items);
    const { space } = await engine.embed(items, spec);
    const { positions } = await engine.layout(space, ids, options);
    const { positions: reversed } = await engine.layout(space, [...ids].reverse(), options);
    const row = (data: Float32Array, i: number) => [...data.subarray(3 * i, 3 * i + 3)];
    ids.forEach((_, i) => expect(row(reversed.data, ids.length - 1 - i)).toEqual(row(positions.data, i)));

    // From a start, the map lies on it: with both in the caller's order, no row goes to another's place.
    const rotated = [...ids.slice(5), ...ids.slice(0, 5)];
    const start = {
      ...positions,
      data: Float32Array.from(rotated.flatMap((id) => row(positions.data, ids.indexOf(id)))),
    };
    const { positions: again } = await engine.layout(space, rotated, { ...options, start });
    again.data.forEach((value, i) => expect(value).toBeCloseTo(start.data[i]!, 3));
  });
});

test('the labels of a layout go with their rows, -1 to those that are not asked for', async () => {
  const { engine, calls } = createFakeEngine();
  await engine.embed(itemsOf('c', 'a'), spec);
  const items = itemsOf('a', 'b', 'c', 'd');
  const { space } = await engine.embed(items, spec);
  // The space has them in the order c, a, b, d.
  await engine.layout(space, idsOf(items), { ...options, labels: Int32Array.of(0, 1, 2, -1) });
  await engine.layout(space, idsOf(items.slice(1, 3)), { ...options, labels: Int32Array.of(5, 6) });
  await engine.layout(space, idsOf(items), options);
  expect(calls.requests.map(({ labels }) => labels && [...labels])).toEqual([[2, 0, 1, -1], [6, -1, 5, -1], undefined]);
});

describe('adopt', () => {
  const foreign = { modelId: 'a model of elsewhere', prompt: '{text}' };

  test('keeps the pinned rows of the caller where its start has them', async () => {
    const { engine } = createFakeEngine();
    const items = itemsOf(...Array.from({ length: 30 }, (_, i) => `word ${i}`));
    const { space } = await engine.embed(items, spec);
    const ids = idsOf(items).reverse();
    const { positions: start } = await engine.layout(space, ids, options);
    const pinned = Uint8Array.from(ids, (id) => Number(id === 'id of word 3' || id === 'id of word 20'));
    const { positions: again } = await engine.layout(space, ids, { ...options, start, pinned });
    ids.forEach((id, row) => {
      const [before, after] = [start, again].map(({ data }) => [...data.subarray(row * 3, row * 3 + 3)]);
      if (pinned[row]) expect(after, id).toEqual(before);
      else expect(after, id).not.toEqual(before);
    });
  });

  test('takes vectors as they are, remembers them, and asks no model for them', async () => {
    const { engine, calls } = createFakeEngine();
    const items = itemsOf('a', 'b');
    const vectors = createMatrix(
      Float32Array.from({ length: 2 * dim }, (_, i) => (i % dim === (i < dim ? 0 : 1) ? 1 : 0)),
      dim,
    );
    const { space } = await engine.adopt(items, spec, vectors);
    expect((await engine.vectors(space, idsOf(items))).data).toEqual(vectors.data);
    expect(await engine.embed(items, spec)).toMatchObject({ space, reused: 2 });
    expect(calls).toMatchObject({ embedded: [], remembered: [['a', 'b']] });
  });

  test('vectors of a model that is not here can be mapped and compared', async () => {
    const { engine, calls } = createFakeEngine();
    const items = itemsOf('a', 'b', 'c');
    const { space } = await engine.adopt(items, foreign, createMatrix(Float32Array.from(rowsOf(items)), dim));
    await engine.embed(items, foreign);
    expect((await engine.layout(space, idsOf(items), options)).positions.rows).toBe(3);
    expect(await engine.ask(space, { kind: 'neighbours', of: { id: 'id of a' }, k: 5 })).toHaveLength(2);
    expect(calls.embedded).toEqual([]);
  });

  test('refuses vectors of other dimensions beside the others', async () => {
    const { engine } = createFakeEngine();
    const items = itemsOf('a', 'b');
    await engine.embed(items, spec);
    const narrow = createMatrix(new Float32Array(4).fill(0.5), 2);
    await expect(engine.adopt(items, spec, narrow)).rejects.toMatchObject({
      code: 'dimensionMismatch',
      params: { got: 2, expected: dim },
    });
  });
});

describe('graph', () => {
  test('is kept between two layouts, and made anew when rows or neighbours change', async () => {
    const { engine, calls } = createFakeEngine();
    const items = itemsOf(...Array.from({ length: 10 }, (_, i) => `text ${i}`));
    const ids = idsOf(items);
    const { space } = await engine.embed(items, spec);
    await engine.layout(space, ids, options);
    await engine.layout(space, ids, { ...options, seed: 7 });
    expect(calls.graphs[1]).toBe(calls.graphs[0]);
    await engine.layout(space, ids, { ...options, nNeighbors: 4 });
    expect(calls.graphs[2]!.k).toBe(3);
    await engine.embed(items.slice(1), spec);
    await engine.layout(space, ids.slice(1), { ...options, nNeighbors: 4 });
    expect(calls.graphs[3]!.rows).toBe(9);
  });

  test('of a text that is there is ready when the layout begins, and as many neighbours as there can be', async () => {
    const { engine, calls } = createFakeEngine();
    const items = itemsOf('a', 'b', 'c', 'd');
    const { space } = await engine.embed(items, spec);
    await engine.neighbours(space, 2);
    await engine.layout(space, idsOf(items), options);
    // Four texts: three neighbours in umap-learn's count, the text itself among them.
    expect(calls.graphs[0]).toMatchObject({ rows: 4, k: 2 });
  });

  test.each(['pca', 'random'] as const)('has no neighbours where %s only projects', async (engineName) => {
    const { engine, calls } = createFakeEngine();
    const items = itemsOf(...Array.from({ length: 20 }, (_, i) => `text ${i}`));
    const { space } = await engine.embed(items, spec);
    const map = await engine.layout(space, idsOf(items), { ...options, engine: engineName });
    expect(calls.graphs[0]).toMatchObject({ rows: 20, k: 0 });
    const other = await engine.layout(space, idsOf(items), {
      ...options,
      engine: engineName === 'pca' ? 'random' : 'pca',
    });
    expect(map.positions.rows).toBe(20);
    expect(other).not.toEqual(map);
  });

  test.each([1, 2, 3])('of %i texts still gives a map', async (count) => {
    const { engine } = createFakeEngine();
    const items = itemsOf(...['a', 'b', 'c'].slice(0, count));
    const { space } = await engine.embed(items, spec);
    const { positions } = await engine.layout(space, idsOf(items), options);
    expect(positions.rows).toBe(count);
    expect(positions.data.every(Number.isFinite)).toBe(true);
  });
});

describe('ask', () => {
  const cosine = (a: string, b: string) => vectorOf(a).reduce((sum, value, d) => sum + value * vectorOf(b)[d]!, 0);
  const texts = Array.from({ length: 30 }, (_, i) => `text ${i}`);
  const nearest = (query: string, among: readonly string[], k: number) =>
    [...among].sort((a, b) => cosine(query, b) - cosine(query, a)).slice(0, k);

  test('neighbours of an item, of a text, and what two share, are those of all pairs', async () => {
    const { engine, calls } = createFakeEngine();
    const { space } = await engine.embed(itemsOf(...texts), spec);
    const [a, b, ...others] = texts as [string, string, ...string[]];
    const names = (found: readonly { id: string }[]) => found.map(({ id }) => id.replace('id of ', ''));

    const ofA = await engine.ask(space, { kind: 'neighbours', of: { id: `id of ${a}` }, k: 6 });
    expect(names(ofA)).toEqual(nearest(a, [b, ...others], 6));
    ofA.forEach((found, i) => expect(found.cosine).toBeCloseTo(cosine(a, names(ofA)[i]!), 6));

    const ofText = await engine.ask(space, { kind: 'neighbours', of: { text: 'elsewhere' }, k: 4 });
    expect(names(ofText)).toEqual(nearest('elsewhere', texts, 4));
    expect(calls.embedded.at(-1)).toEqual(['elsewhere']);

    const both = await engine.ask(space, { kind: 'compare', a: `id of ${a}`, b: `id of ${b}`, k: 10 });
    expect(both.cosine).toBeCloseTo(cosine(a, b), 6);
    const expected = nearest(a, [b, ...others], 10).filter((text) => nearest(b, [a, ...others], 10).includes(text));
    expect(names(both.shared.map((id) => ({ id })))).toEqual(expected);

    // Among some texts, and from elsewhere: as the neighbours of each by themselves are.
    const listed = { k: 5, among: others.slice(0, 9).map((text) => `id of ${text}`), centre: vectorOf('elsewhere') };
    const asSeen = await engine.ask(space, { kind: 'compare', a: `id of ${a}`, b: `id of ${b}`, ...listed });
    for (const [list, of] of [
      [asSeen.a, a],
      [asSeen.b, b],
    ] as const)
      expect(list).toEqual(await engine.ask(space, { kind: 'neighbours', of: { id: `id of ${of}` }, ...listed }));
    expect(asSeen.cosine).toBe(both.cosine);
    const matrix = await engine.ask(space, { kind: 'matrix', ids: [`id of ${a}`, `id of ${b}`], ...listed });
    expect(asSeen.centred).toBe(matrix.centred?.[1]);
  });

  test('similarities are the cosines with every text of one moment, row by row for the ids they name', async () => {
    const { engine } = createFakeEngine();
    await engine.embed(itemsOf(...texts.slice(5)), spec);
    const { space } = await engine.embed(itemsOf(...texts), spec);
    const asked = engine.ask(space, { kind: 'similarities', of: { id: 'id of text 7' } });
    await engine.embed(itemsOf('another', ...texts.slice(1)), spec);
    const { ids, cosines } = await asked;
    expect(ids.toSorted()).toEqual(idsOf(itemsOf(...texts)).toSorted());
    ids.forEach((id, row) => expect(cosines[row]).toBeCloseTo(cosine('text 7', id.replace('id of ', '')), 6));
    await expect(engine.ask(space, { kind: 'similarities', of: { id: 'id of text 0' } })).rejects.toMatchObject({
      code: 'itemUnknown',
    });
  });

  test('neighbours of a sum of items and texts are those of its direction, without its own items', async () => {
    const { engine, calls } = createFakeEngine();
    const { space } = await engine.embed(itemsOf(...texts), spec);
    const terms = [
      { weight: 1, id: 'id of text 3' },
      { weight: -2, text: 'elsewhere' },
      { weight: 0.5, id: 'id of text 9' },
      { weight: 1, text: 'text 4' },
    ];
    const names = ['text 3', 'elsewhere', 'text 9', 'text 4'];
    const sum = Array.from({ length: 8 }, (_, d) =>
      names.reduce((total, name, i) => total + terms[i]!.weight * vectorOf(name)[d]!, 0),
    );
    const length = Math.hypot(...sum);
    const towards = (text: string) => sum.reduce((total, value, d) => total + (value / length) * vectorOf(text)[d]!, 0);

    const found = await engine.ask(space, { kind: 'neighbours', of: { terms }, k: 30 });
    const expected = texts.filter((text) => text !== 'text 3' && text !== 'text 9');
    expect(found.map(({ id }) => id)).toEqual(
      expected.sort((a, b) => towards(b) - towards(a)).map((text) => `id of ${text}`),
    );
    found.forEach(({ id, cosine: given }) => expect(given).toBeCloseTo(towards(id.replace('id of ', '')), 6));
    expect(calls.embedded.at(-1)).toEqual(['elsewhere', 'text 4']);
  });

  test('terms that cancel out have no direction: every cosine is 0', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(itemsOf(...texts), spec);
    const terms = [
      { weight: 1, id: 'id of text 3' },
      { weight: -1, text: 'text 3' },
    ];
    const { cosines } = await engine.ask(space, { kind: 'similarities', of: { terms } });
    expect(new Set(cosines)).toEqual(new Set([0]));
  });

  test('nothing is near a sum of which nothing is left', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(itemsOf(...texts), spec);
    const terms = [
      { weight: 1, id: 'id of text 3' },
      { weight: -1, text: 'text 3' },
    ];
    await expect(engine.ask(space, { kind: 'neighbours', of: { terms }, k: 3 })).rejects.toMatchObject({
      code: 'formulaCancels',
    });
  });

  test('neighbours among some texts only, and as seen from the mean of all', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(itemsOf(...texts), spec);
    const of = { id: 'id of text 7' };
    const among = idsOf(itemsOf('text 2', 'text 7', 'text 11', 'text 23'));
    const few = await engine.ask(space, { kind: 'neighbours', of, k: 9, among });
    expect(few.map(({ id }) => id)).toEqual(idsOf(itemsOf(...nearest('text 7', ['text 2', 'text 11', 'text 23'], 9))));

    const { mean: centre, rows } = await engine.ask(space, { kind: 'mean' });
    expect(rows).toBe(texts.length);
    const away = (text: string) => vectorOf(text).map((value, d) => value - centre[d]!);
    const centred = (a: string, b: string) => {
      const [x, y] = [away(a), away(b)];
      return x.reduce((sum, value, d) => sum + value * y[d]!, 0) / (Math.hypot(...x) * Math.hypot(...y));
    };
    const found = await engine.ask(space, { kind: 'neighbours', of, k: 29, centre });
    const others = texts.filter((text) => text !== 'text 7');
    expect(found.map(({ id }) => id)).toEqual(
      idsOf(itemsOf(...others.sort((a, b) => centred('text 7', b) - centred('text 7', a)))),
    );
    for (const { id, cosine: raw, centred: seen } of found) {
      expect(raw).toBeCloseTo(cosine('text 7', id.replace('id of ', '')), 5);
      expect(seen).toBeCloseTo(centred('text 7', id.replace('id of ', '')), 5);
    }
  });

  test('axes place every text by ids, and name the one whose ends coincide', async () => {
    const { engine, calls } = createFakeEngine();
    const { space } = await engine.embed(itemsOf(...texts), spec);
    const first = { name: 'first', from: { id: 'id of text 1' }, to: { terms: [{ weight: 3, text: 'elsewhere' }] } };
    const { ids, values, ends } = await engine.ask(space, { kind: 'axes', axes: [first] });
    const difference = vectorOf('elsewhere').map((value, d) => value - vectorOf('text 1')[d]!);
    const on = (text: string) =>
      vectorOf(text).reduce((sum, value, d) => sum + (value * difference[d]!) / Math.hypot(...difference), 0);
    expect(ids.toSorted()).toEqual(idsOf(itemsOf(...texts)).toSorted());
    ids.forEach((id, row) => expect(values[row]).toBeCloseTo(on(id.replace('id of ', '')), 5));
    expect(ends[1]).toBeCloseTo(on('elsewhere'), 5);
    expect(calls.embedded.at(-1)).toEqual(['elsewhere']);
    const same = { name: 'same', from: { id: 'id of text 1' }, to: { text: 'text 1' } };
    await expect(engine.ask(space, { kind: 'axes', axes: [first, same] })).rejects.toMatchObject({
      code: 'axisEndsCoincide',
      params: { axis: 'same' },
    });
  });

  test('a text that was asked about is not in the space afterwards', async () => {
    const { engine } = createFakeEngine();
    const { space } = await engine.embed(itemsOf('a', 'b'), spec);
    await engine.ask(space, { kind: 'neighbours', of: { text: 'c' }, k: 1 });
    expect(await engine.ask(space, { kind: 'neighbours', of: { text: 'c' }, k: 9 })).toHaveLength(2);
  });
});

test('after its vectors were lost, everything is embedded again', async () => {
  const { engine, calls } = createFakeEngine();
  await engine.embed(itemsOf('a', 'b'), spec);
  engine.forgetSpaces();
  await engine.embed(itemsOf('a', 'b'), spec);
  expect(calls.embedded).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
});
