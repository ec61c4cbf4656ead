/** Items to a map, and more items onto the same map. */
import { describe, expect, test } from 'vitest';
import { askSpace, buildMap, extendMap, positionsFor } from '../src/pipeline';
import type { EmbedReport, LayoutFrame, MapView, Stage, Supervision } from '../src/types';
import { createFakeEngine, idsOf, itemsOf, spec } from './engine/fakes';

const options = { nNeighbors: 5, minDist: 0.1, dims: 2, seed: 42 } as const;
const words = (count: number, from = 0) => itemsOf(...Array.from({ length: count }, (_, i) => `word ${from + i}`));

function rowOf(map: MapView, id: string): number[] {
  return [...positionsFor(map, [id]).data];
}

describe('buildMap', () => {
  test('is a map of all items, with its stages in order', async () => {
    const { engine } = createFakeEngine();
    const items = words(40);
    const stages: Stage[] = [];
    const frames: LayoutFrame[] = [];
    const reports: EmbedReport[] = [];
    const map = await buildMap(engine, items, spec, options, {
      onProgress: ({ stage }) => stages.push(stage),
      onFrame: (frame) => frames.push(frame),
      onEmbedded: (report) => reports.push(report),
    });
    expect(map).toMatchObject({ space: spec, options, ids: idsOf(items), positions: { rows: 40, dim: 2 } });
    expect(map.positions.data.every(Number.isFinite)).toBe(true);
    expect([...new Set(stages)]).toEqual(['embedding', 'neighbours', 'layout']);
    expect(reports).toHaveLength(1);
    // The last frame is the map itself.
    expect([...frames.at(-1)!.positions.data]).toEqual([...map.positions.data]);
  });

  test('from another map it lies on it: what both have moves little, compared with the map’s breadth', async () => {
    const { engine } = createFakeEngine();
    const before = await buildMap(engine, words(40), spec, options);
    const after = await buildMap(engine, words(44), spec, options, {}, before);
    const moved = before.ids.map((id) => {
      const [a, b] = [rowOf(before, id), rowOf(after, id)];
      return Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!);
    });
    const mean = moved.reduce((sum, distance) => sum + distance, 0) / moved.length;
    const breadth = Math.max(...before.positions.data) - Math.min(...before.positions.data);
    expect(mean).toBeLessThan(breadth / 4);
  });

  test('is supervised by what the options name, and says so where no text has it', async () => {
    const { engine, calls } = createFakeEngine();
    const items = words(40).map((item, i) => ({ ...item, group: `group ${i % 2}`, columns: { half: i < 20 } }));
    const said: Supervision[] = [];
    const hooks = { onUnsupervised: (supervision: Supervision) => said.push(supervision) };
    const labelsBy = async (supervision: Supervision) => {
      await buildMap(engine, items, spec, { ...options, supervision }, hooks);
      return calls.requests.at(-1)!.labels;
    };
    expect(await labelsBy('group')).toEqual(Int32Array.from(items, (_, i) => i % 2));
    expect(await labelsBy('column:half')).toEqual(Int32Array.from(items, (_, i) => (i < 20 ? 0 : 1)));
    expect(await labelsBy('none')).toBeUndefined();
    expect(said).toEqual([]);
    expect(await labelsBy('column:gone')).toBeUndefined();
    expect(said).toEqual(['column:gone']);
  });

  test('of other dimensions starts anew', async () => {
    const { engine } = createFakeEngine();
    const flat = await buildMap(engine, words(20), spec, options);
    const solid = { ...options, dims: 3 } as const;
    const fromFlat = await buildMap(engine, words(20), spec, solid, {}, flat);
    expect(fromFlat.positions).toEqual((await buildMap(engine, words(20), spec, solid)).positions);
  });

  test.each(['the screen', 'nothing'])('keeps pinned texts in their places, from %s', async (from) => {
    const { engine } = createFakeEngine();
    const before = await buildMap(engine, words(40), spec, options);
    const pins = new Map([
      ['id of word 3', [12, -7]],
      ['id of word 43', [0.5, 0.25]],
    ]);
    const shown = from === 'nothing' ? undefined : before;
    const after = await buildMap(engine, words(44), spec, options, {}, shown, pins);
    expect(rowOf(after, 'id of word 3')).toEqual([12, -7]);
    // New on the map, and pinned all the same.
    expect(rowOf(after, 'id of word 43')).toEqual([0.5, 0.25]);
    expect(rowOf(before, 'id of word 3')).not.toEqual([12, -7]);
    expect(after.positions.data.every(Number.isFinite)).toBe(true);
  });

  test('is cancelled by its signal', async () => {
    const { engine } = createFakeEngine();
    const abort = new AbortController();
    // So many epochs that they do not end within the turn in which they began.
    const building = buildMap(
      engine,
      words(400),
      spec,
      { ...options, epochs: 2000 },
      {
        onFrame: () => abort.abort(),
        signal: abort.signal,
      },
    );
    await expect(building).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('leaves texts aside as if the space had never held them, and they can still be asked about', async () => {
    const items = words(60);
    const aside = new Set(idsOf(items).filter((_, i) => i % 2 === 0));
    const others = items.filter(({ id }) => !aside.has(id));
    for (const projection of ['umap', 'pca'] as const) {
      const settings = { ...options, engine: projection };
      const { engine, calls } = createFakeEngine();
      await buildMap(engine, items, spec, settings);
      const map = await buildMap(engine, items, spec, settings, {}, undefined, new Map(), aside);
      const alone = await buildMap(createFakeEngine().engine, others, spec, settings);
      expect(map.ids).toEqual(idsOf(others));
      expect([...map.positions.data]).toEqual([...alone.positions.data]);
      expect(calls.embedded).toHaveLength(1);
      const near = await askSpace(engine, items, spec, { kind: 'neighbours', of: { id: others[0]!.id }, k: 59 });
      expect(near).toHaveLength(59);
      // The graph of all is still the one of all.
      const whole = await buildMap(engine, items, spec, settings);
      expect(whole.ids).toEqual(idsOf(items));
      expect(calls.graphs.at(-1)!.rows).toBe(60);
    }
  });
});

describe('extendMap', () => {
  test('places nothing of what is left aside', async () => {
    const { engine } = createFakeEngine();
    const items = words(44);
    const aside = new Set(idsOf(items.slice(0, 10)));
    const map = await buildMap(engine, items.slice(0, 40), spec, options, {}, undefined, new Map(), aside);
    const more = await extendMap(engine, items, map, {}, aside);
    expect(more.ids).toEqual(idsOf(items.slice(10)));
    expect([...positionsFor(more, map.ids).data]).toEqual([...map.positions.data]);
    expect(more.positions.data.every(Number.isFinite)).toBe(true);
  });

  test('places what is new; the others stay where they are, in the order of the items', async () => {
    const { engine, calls } = createFakeEngine();
    const map = await buildMap(engine, words(30), spec, options);
    const items = [...words(2, 100), ...words(30).reverse(), ...words(1, 200)];
    const more = await extendMap(engine, items, map);
    expect(more.ids).toEqual(idsOf(items));
    expect(calls.embedded.at(-1)).toEqual(['word 100', 'word 101', 'word 200']);
    for (const id of map.ids) expect(rowOf(more, id)).toEqual(rowOf(map, id));
    expect(more.positions.data.every(Number.isFinite)).toBe(true);
    expect(more).toMatchObject({ space: map.space, options: map.options });
  });

  test('drops what is no longer there', async () => {
    const { engine } = createFakeEngine();
    const map = await buildMap(engine, words(20), spec, options);
    const fewer = await extendMap(engine, words(20).slice(3, 6), map);
    expect(fewer.ids).toEqual(map.ids.slice(3, 6));
    expect([...fewer.positions.data]).toEqual([...map.positions.data.subarray(6, 12)]);
  });

  test('puts a text that is nearly another beside it', async () => {
    const { engine } = createFakeEngine();
    const map = await buildMap(engine, words(40), spec, options);
    // The same text under another id has the same vector.
    const twin = { id: 'twin', text: 'word 7' };
    const more = await extendMap(engine, [...words(40), twin], map);
    const [x, y] = rowOf(more, 'twin');
    const nearest = [...map.ids].sort((a, b) => {
      const distance = (id: string) => Math.hypot(rowOf(map, id)[0]! - x!, rowOf(map, id)[1]! - y!);
      return distance(a) - distance(b);
    });
    expect(nearest.indexOf('id of word 7')).toBeLessThan(5);
  });
});

test('positions of what a map lacks are NaN', () => {
  const map: MapView = {
    space: spec,
    options,
    ids: ['a', 'b'],
    positions: { data: Float32Array.from([1, 2, 3, 4]), rows: 2, dim: 2 },
  };
  expect(positionsFor(map, ['b', 'c', 'a'])).toEqual({
    data: Float32Array.from([3, 4, NaN, NaN, 1, 2]),
    rows: 3,
    dim: 2,
  });
});
