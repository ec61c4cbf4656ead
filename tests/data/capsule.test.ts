/** Capsules: written, opened again, and refused when they are not what they should be. */
import { describe, expect, it } from 'vitest';
import { writeCapsule } from '../../src/data/capsuleWrite';
import { joinPieces } from '../../src/data/pieces';
import { openFile } from '../../src/data/open';
import { listZip, packedFiles } from '../../src/data/unpack';
import { defaultOptions } from '../../src/projection/options';
import type { StoredCollection } from '../../src/storage/storedCollection';
import { packSettings, unpackSettings } from '../../src/storage/travelling';
import type { Dataset } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { writeWhole } from './whole';
import { zipOf } from './zipped';

const options = { vectors: true, spreadsheetSafe: false };
const dataset: Dataset = {
  items: [
    { text: 'cat', group: 'a', columns: { size: 1.5 } },
    { text: '=olá', columns: { size: 2 } },
  ],
  vectors: createMatrix(Float32Array.of(1, -0, 0.1, 3), 2),
  positions: { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 2, dim: 3 },
  space: { modelId: 'm', prompt: 'a {text}', layer: 3 },
  settings: { name: 'Two', options: { ...defaultOptions, seed: 7 } },
};
const bytes = await writeWhole('capsule', dataset, options);
const open = (content: Uint8Array<ArrayBuffer>) => openFile({ name: 'a.constela', bytes: content });

/** The capsule with some of its parts others, or gone. */
function changed(parts: Readonly<Record<string, string | undefined>>): Uint8Array<ArrayBuffer> {
  const entries = [...packedFiles('a', bytes, () => true)].flatMap(([name, packed]) => {
    if (!(name in parts)) return [{ name, bytes: packed.unpack(), effort: 0 as const }];
    const text = parts[name];
    return text === undefined ? [] : [{ name, bytes: new TextEncoder().encode(text), effort: 0 as const }];
  });
  return zipOf(entries);
}

describe('a capsule', () => {
  it('holds plain formats, and comes back as it was', async () => {
    expect(listZip('a', bytes)).toEqual([
      'manifest.json',
      'items.parquet',
      'vectors.npy',
      'positions.npy',
      'settings.json',
    ]);
    expect(await open(bytes)).toEqual(dataset);
  });

  it('of texts alone is one too', async () => {
    const plain = { items: [{ text: 'cat' }] };
    expect(await open(await writeWhole('capsule', plain, options))).toEqual(plain);
  });

  it.each([
    [{ 'manifest.json': '{"format":"constela-capsule","version":2}' }, 'capsuleNewer', { found: '2', known: 1 }],
    [{ 'manifest.json': '{"format":"constela-capsule"}' }, 'capsuleNewer', { known: 1 }],
    [{ 'manifest.json': '{}' }, 'capsuleNone', {}],
    [{ 'manifest.json': 'no json' }, 'capsuleNone', {}],
    [{ 'manifest.json': undefined }, 'capsuleNone', {}],
    [{ 'items.parquet': undefined }, 'capsulePart', { missing: 'items.parquet' }],
    [{ 'items.parquet': 'PAR1' }, 'parquetDamaged', {}],
    [{ 'vectors.npy': 'none' }, 'npyHeader', {}],
  ])('with %j is refused', async (parts, code, params) => {
    await expect(open(changed(parts))).rejects.toMatchObject({ code, params });
  });

  it('whose parts disagree in rows is refused with both numbers', async () => {
    const more = joinPieces(writeCapsule({ ...dataset, items: [...dataset.items, { text: 'dog' }] }));
    await expect(open(more)).rejects.toMatchObject({ code: 'npzRows', params: { found: 2, expected: 3 } });
  });

  it('cut anywhere ends in an error', async () => {
    for (let end = 1; end < bytes.length; end += 97) {
      await expect(open(bytes.slice(0, end))).rejects.toMatchObject({ name: 'InputError' });
    }
  });
});

describe('settings', () => {
  const stored: StoredCollection = {
    id: 'c',
    name: 'Two',
    items: dataset.items.map((item, i) => ({ ...item, id: `old ${i}` })),
    space: { modelId: 'm', prompt: '{text}' },
    options: { ...defaultOptions, seed: 7 },
    map: {
      space: { modelId: 'm', prompt: '{text}' },
      options: { ...defaultOptions, dims: 3 },
      ids: ['old 1', 'old 0'],
      positions: { data: new Float32Array(6), rows: 2, dim: 3 },
      provisional: ['old 1'],
      recall: 0.997,
    },
    pins: [{ id: 'old 1', at: [1, 2, 3] }],
    selection: ['old 1', 'old 0'],
    camera: { dims: 3, target: [0, 0, 0], azimuth: 1, polar: 1, distance: 5 },
    clusters: { on: 'map', ids: ['old 0', 'old 1'], labels: Int32Array.of(0, -1), names: ['cat'], earlier: false },
    colourBy: 'cluster',
    sizeBy: 'column:size',
    updated: 1,
  };
  /** What opening gives: the same texts with other ids. */
  const opened: StoredCollection = {
    id: 'n',
    name: 'file',
    items: dataset.items.map((item, i) => ({ ...item, id: `new ${i}` })),
    space: stored.space,
    options: defaultOptions,
    map: { ...stored.map!, ids: ['new 0', 'new 1'], provisional: [] },
    selection: [],
    updated: 2,
  };
  const travelled = () => JSON.parse(JSON.stringify(packSettings(stored))) as Record<string, unknown>;

  it('come back by row, whatever the ids are by then', () => {
    expect(unpackSettings(travelled(), ['new 0', 'new 1'], opened)).toEqual({
      ...opened,
      name: 'Two',
      options: stored.options,
      map: { ...opened.map!, options: stored.map!.options, provisional: ['new 1'], recall: 0.997 },
      pins: [{ id: 'new 1', at: [1, 2, 3] }],
      selection: ['new 1', 'new 0'],
      camera: stored.camera,
      clusters: { ...stored.clusters!, ids: ['new 0', 'new 1'] },
      colourBy: 'cluster',
      sizeBy: 'column:size',
    });
  });

  it('of rows that were left out are left out', () => {
    const found = unpackSettings(travelled(), ['new 0', undefined], {
      ...opened,
      items: opened.items.slice(0, 1),
      map: { ...opened.map!, ids: ['new 0'], positions: { data: new Float32Array(3), rows: 1, dim: 3 } },
    });
    expect(found.selection).toEqual(['new 0']);
    expect(found.pins).toEqual([]);
    expect(found.clusters?.ids).toEqual(['new 0']);
  });

  it('that are damaged are named, and hostile ones are only settings', () => {
    const bad = { ...travelled(), camera: { dims: 9 } };
    expect(() => unpackSettings(bad, ['new 0', 'new 1'], opened)).toThrow(
      expect.objectContaining({ code: 'capsuleSettings', params: { name: 'file', where: 'camera.dims' } }),
    );
    const hostile = { ...travelled(), items: [], id: 'x', space: 1, selection: ['__proto__', 1.5, -1, 1] };
    const found = unpackSettings(hostile, ['new 0', 'new 1'], opened);
    expect(found).toMatchObject({ id: 'n', items: opened.items, selection: ['new 1'] });
  });
});
