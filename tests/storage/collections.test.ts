import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CollectionStore } from '../../src/storage/collections';
import { openDatabase } from '../../src/storage/database';
import { fillDisk, freshIndexedDb, putRaw, refusedDatabase } from './indexedDb';
import { packTexts } from '../../src/packedItems';
import type { StoredCollection } from '../../src/storage/storedCollection';
import { storeItems } from '../../src/storage/storedItems';

const space = { modelId: 'all-MiniLM-L6-v2', prompt: '{text}' };
/** The defaults. */
const options = { nNeighbors: 15, minDist: 0.1, dims: 3, seed: 42 } as const;
const whole: StoredCollection = {
  id: 'c1',
  name: 'Words',
  items: [
    { id: 'a', text: 'cat', group: 'animals', columns: { n: 1, note: null, ok: true } },
    { id: 'b', text: 'ma\u00e7\u00e3' },
  ],
  space,
  options,
  map: {
    space,
    options,
    ids: ['a', 'b'],
    positions: { data: Float32Array.of(0.1, -2, 3, 1e-7, 5, 6), rows: 2, dim: 3 },
    provisional: ['b'],
  },
  pins: [
    { id: 'a', at: [0.1, -2, 3] },
    { id: 'a', at: [4, 5] },
  ],
  selection: ['b', 'a'],
  camera: { dims: 3, target: [0, 1, 2], azimuth: 0.6, polar: 1.2, distance: 12.5 },
  colourBy: 'column:a\nb',
  sizeBy: 'column:n',
  poses: [{ id: 'p', name: 'Front', pose: { dims: 2, target: [3, 4, 0], azimuth: 0, polar: 1.5, distance: 2 } }],
  means: [{ space, mean: Float32Array.of(0.25, -0.5), rows: 2 }],
  updated: 1000,
};
const bare: StoredCollection = { id: 'c2', name: '', items: [], space, options, selection: [], updated: 2000 };

beforeEach(() => void freshIndexedDb());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a store of collections', () => {
  it('brings each back as it was, after a reload', async () => {
    const first = await openDatabase();
    const store = new CollectionStore(first);
    expect(await store.save(whole)).toBe('kept');
    expect(await store.save(bare)).toBe('kept');
    await first.close();
    const again = new CollectionStore(await openDatabase());
    expect(await again.load('c1')).toEqual(whole);
    expect(await again.load('c2')).toEqual(bare);
    expect(await again.load('c3')).toBeUndefined();
  });

  it('lists them newest first', async () => {
    const store = new CollectionStore(await openDatabase());
    for (const updated of [5, 30, 20]) await store.save({ ...whole, id: `c${updated}`, updated });
    await store.save({ ...bare, id: 'c5', updated: 40 });
    expect(await store.list()).toEqual([
      { id: 'c5', name: '', count: 0, updated: 40 },
      { id: 'c30', name: 'Words', count: 2, updated: 30 },
      { id: 'c20', name: 'Words', count: 2, updated: 20 },
    ]);
    await store.remove('c30');
    expect((await store.list()).map(({ id }) => id)).toEqual(['c5', 'c20']);
    expect(await store.load('c30')).toBeUndefined();
  });

  it('stores the rows of a map, not the buffer that they are a view of', async () => {
    const store = new CollectionStore(await openDatabase());
    const data = new Float32Array(1000).subarray(6, 12).fill(2);
    await store.save({ ...whole, map: { ...whole.map!, positions: { data, rows: 2, dim: 3 } } });
    const loaded = await store.load('c1');
    expect([...loaded!.map!.positions.data]).toEqual([2, 2, 2, 2, 2, 2]);
    expect(loaded!.map!.positions.data.buffer.byteLength).toBe(24);
  });

  it('keeps own columns of any name', async () => {
    const store = new CollectionStore(await openDatabase());
    const columns = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.integer()));
    await fc.assert(
      fc.asyncProperty(columns, async (own) => {
        const named = Object.fromEntries([...Object.entries(own), ['__proto__', 'only a column']]);
        await store.save({ ...bare, items: [{ id: 'a', text: 'cat', columns: named }] });
        const [item] = (await store.load('c2'))!.items;
        expect(Object.entries(item!.columns!).sort()).toEqual(Object.entries(named).sort());
      }),
      { numRuns: 50 },
    );
  });
});

describe('a list of items, as earlier versions kept them', () => {
  it('is read, and kept packed from then on', async () => {
    const database = await openDatabase();
    await putRaw('collections', { ...whole, count: 2 });
    const store = new CollectionStore(database);
    const loaded = await store.load('c1');
    expect(loaded).toEqual(whole);
    await store.save(loaded!);
    expect(await new CollectionStore(database).load('c1')).toEqual(whole);
  });
});

describe('storage that does not take it', () => {
  it('is refused: collections last until the page closes', async () => {
    const store = new CollectionStore(await refusedDatabase());
    expect(await store.save(whole)).toBe('refused');
    expect(await store.load('c1')).toEqual(whole);
    expect((await store.list()).map(({ id }) => id)).toEqual(['c1']);
    await store.remove('c1');
    expect(await store.list()).toEqual([]);
  });

  it('is full: the newest version lasts until the page closes, the older one on disk', async () => {
    const database = await openDatabase();
    const store = new CollectionStore(database);
    await store.save(whole);
    fillDisk(1);
    const changed = { ...whole, name: 'More words', updated: 3000 };
    expect(await store.save(changed)).toBe('full');
    expect(await store.load('c1')).toEqual(changed);
    expect(await store.list()).toEqual([{ id: 'c1', name: 'More words', count: 2, updated: 3000 }]);
    expect(await new CollectionStore(database).load('c1')).toEqual(whole);
    expect(await store.save(changed)).toBe('kept');
    expect(await new CollectionStore(database).load('c1')).toEqual(changed);
  });

  it('is given something that is not plain data: a fault of ours is not taken for a refusal', async () => {
    const store = new CollectionStore(await openDatabase());
    const proxied = { ...whole, selection: new Proxy([...whole.selection], {}) };
    await expect(store.save(proxied)).rejects.toMatchObject({ name: 'DataCloneError' });
  });
});

describe('a record of another shape', () => {
  const map = whole.map!;
  const packed = storeItems(whole.items);
  const damages: [where: string, change: object][] = [
    ['name', { name: 7 }],
    ['updated', { updated: 'today' }],
    ['items', { items: { 0: 'cat' } }],
    ['items', { items: { ...packed, ids: packTexts(['a', 'a']) } }],
    ['items', { items: { ...packed, ids: packTexts(['a']) } }],
    ['items', { items: { ...packed, texts: { ...packed.texts, lengths: Uint32Array.of(3, 9) } } }],
    ['items', { items: { ...packed, texts: { ...packed.texts, blocks: [] } } }],
    ['items', { items: { ...packed, groups: [7] } }],
    ['items', { items: { ...packed, groupOf: Uint32Array.of(1, 2) } }],
    ['items', { items: { ...packed, shapeOf: Uint32Array.of(1) } }],
    ['items', { items: { ...packed, cells: [1, null] } }],
    ['items', { items: { ...packed, cells: [1, null, {}] } }],
    ['items', { items: [whole.items[0], whole.items[0]] }],
    ['items[1]', { items: [whole.items[0], 'cat'] }],
    ['items[0].id', { items: [{ text: 'cat' }] }],
    ['items[0].text', { items: [{ id: 'a', text: null }] }],
    ['items[0].group', { items: [{ id: 'a', text: 'cat', group: 3 }] }],
    ['items[0].columns', { items: [{ id: 'a', text: 'cat', columns: [] }] }],
    ['items[0].columns.x', { items: [{ id: 'a', text: 'cat', columns: { x: {} } }] }],
    ['space', { space: null }],
    ['space.modelId', { space: { prompt: '{text}' } }],
    ['space.prompt', { space: { ...space, prompt: 'no place for it' } }],
    ['map.ids', { map: { ...map, ids: ['a', 'a'] } }],
    ['map.positions.dim', { map: { ...map, positions: { ...map.positions, dim: 6 } } }],
    ['map.positions.rows', { map: { ...map, positions: { ...map.positions, rows: 3 } } }],
    ['map.positions.data', { map: { ...map, positions: { ...map.positions, data: [0, 0, 0, 0, 0, 0] } } }],
    ['map.positions.data', { map: { ...map, positions: { ...map.positions, data: new Float32Array(5) } } }],
    ['map.positions.data', { map: { ...map, positions: { ...map.positions, data: new Float32Array(6).fill(NaN) } } }],
    ['map.space', { map: { ...map, space: undefined } }],
    ['map.provisional', { map: { ...map, provisional: 'b' } }],
    ['pins', { pins: { a: [1, 2, 3] } }],
    ['pins', { pins: [whole.pins![0], whole.pins![0]] }],
    ['pins[0].id', { pins: [{ id: 1, at: [1, 2, 3] }] }],
    ['pins[1].at', { pins: [whole.pins![0], { id: 'b', at: [1, 2, 3, 4] }] }],
    ['pins[0].at', { pins: [{ id: 'a', at: [1, NaN] }] }],
    ['selection', { selection: [1] }],
    ['camera.target', { camera: { ...whole.camera, target: [0, 0] } }],
    ['camera.distance', { camera: { ...whole.camera, distance: 0 } }],
    ['poses[0].name', { poses: [{ id: 'p', pose: whole.camera }] }],
    ['poses[0].pose.dims', { poses: [{ id: 'p', name: '', pose: { ...whole.camera, dims: 4 } }] }],
    ['poses', { poses: [...whole.poses!, ...whole.poses!] }],
    ['means', { means: {} }],
    ['means[0].mean', { means: [{ ...whole.means![0], mean: Float32Array.of(NaN) }] }],
    ['means[0].rows', { means: [{ ...whole.means![0], rows: 0 }] }],
    ['means[0].space.prompt', { means: [{ ...whole.means![0], space: { ...space, prompt: 'none' } }] }],
  ];
  for (const [where, change] of damages) {
    it(`is said to be damaged in its ${where}: ${JSON.stringify(change)}`, async () => {
      const store = new CollectionStore(await openDatabase());
      await store.save(bare);
      await putRaw('collections', { ...whole, count: 2, ...change });
      await expect(store.load('c1')).rejects.toMatchObject({ code: 'storedCollectionDamaged', params: { where } });
      expect(await store.load('c2')).toEqual(bare);
      expect((await store.list()).map(({ id }) => id)).toContain('c2');
    });
  }

  it.each([
    ['nNeighbors', 1],
    ['nNeighbors', 2.5],
    ['minDist', null],
    ['minDist', 1.1],
    ['dims', 4],
    ['seed', -1],
    ['engine', 'tsne'],
    ['spread', 0],
    ['epochs', 0.5],
    ['negativeSampleRate', 31],
    ['repulsionStrength', -1],
    ['setOperationRatio', 1.5],
    ['localConnectivity', 0],
    ['supervision', 'year'],
    ['supervision', 3],
    ['targetWeight', 1.01],
    ['densityWeight', -1],
    ['densityFraction', 1.5],
    ['densityShift', 0],
  ])('loses only the option that is not what it should be: %s %j', async (name, value) => {
    const store = new CollectionStore(await openDatabase());
    const fine = { negativeSampleRate: 7, repulsionStrength: 0, setOperationRatio: 0.5, localConnectivity: 2.5 };
    const chosen = {
      nNeighbors: 30,
      minDist: 0.5,
      dims: 2,
      seed: 7,
      engine: 'umap-js',
      // Whether a text has that column is not for storage to say.
      supervision: 'column:gone',
      targetWeight: 0.9,
      densityWeight: 2,
      densityFraction: 0.5,
      densityShift: 0.2,
      spread: 2,
      epochs: 90,
      ...fine,
    };
    const damaged = { ...chosen, [name]: value };
    await putRaw('collections', { ...whole, count: 2, options: damaged, map: { ...map, options: damaged } });
    const mended = { ...chosen, [name]: Reflect.get(options, name) };
    // A map has the dimensions of its positions.
    const expected = { ...whole, options: mended, map: { ...map, options: { ...mended, dims: 3 } } };
    expect(await store.load('c1')).toEqual(expected);
  });

  it.each([undefined, null, 'none', []])('has the default options where it has none: %j', async (none) => {
    const store = new CollectionStore(await openDatabase());
    await putRaw('collections', { ...whole, count: 2, options: none, map: { ...map, options: none } });
    expect(await store.load('c1')).toEqual(whole);
  });

  it('is not in the list when it has no summary', async () => {
    const store = new CollectionStore(await openDatabase());
    await store.save(bare);
    await putRaw('collections', { id: 'c1' });
    await putRaw('collections', { id: 'c4', updated: 'x', name: 'n', count: 3 });
    expect((await store.list()).map(({ id }) => id)).toEqual(['c2']);
    await expect(store.load('c1')).rejects.toMatchObject({ code: 'storedCollectionDamaged', params: { name: '?' } });
  });

  it('is read without the pins of texts that are gone', async () => {
    const store = new CollectionStore(await openDatabase());
    await store.save({ ...whole, pins: [{ id: 'gone', at: [1, 2, 3] }, ...whole.pins!] });
    expect(await store.load('c1')).toEqual(whole);
  });

  it('may hold fields that this version does not know', async () => {
    const store = new CollectionStore(await openDatabase());
    await putRaw('collections', { ...whole, count: 2, invented: 'later' });
    expect(await store.load('c1')).toEqual(whole);
  });
});
