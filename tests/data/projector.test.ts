/** Bundles of the Embedding Projector that others made: rows that cannot be used, and maps in bookmarks. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/data/open';
import type { ReadingOptions } from '../../src/reading';

const open = (parts: Readonly<Record<string, string>>, options?: ReadingOptions) =>
  parseFile(
    'a.zip',
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))),
    options,
  );

const tensors = '1\t2\n3\t4\n5\n7\tx\n9\t10\n11\t12\n13\t14\n15\t16\n';
const metadata = 'text\tn\na\t1\nb\nc\t3\nd\t4\ne\t5\n\t6\ng\t7\nh\t8\n';

describe('rows that cannot be used', () => {
  it('are left out, of the vectors and of the texts, and told', () => {
    const { items, vectors, reading } = open({ 'tensors.tsv': tensors, 'metadata.tsv': metadata });
    expect(items).toEqual([
      { text: 'a', columns: { n: 1 } },
      { text: 'e', columns: { n: 5 } },
      { text: 'g', columns: { n: 7 } },
      { text: 'h', columns: { n: 8 } },
    ]);
    expect(vectors).toMatchObject({ rows: 4, dim: 2, data: Float32Array.of(1, 2, 9, 10, 13, 14, 15, 16) });
    expect(reading).toEqual({
      rows: 8,
      leftOut: [
        { row: 3, reason: 'otherLength', excerpt: 'b' },
        { row: 4, reason: 'vectorLength', excerpt: 'c\t3' },
        { row: 5, reason: 'vectorNumber', excerpt: 'd\t4' },
        { row: 7, reason: 'noText', excerpt: '\t6' },
      ],
      filtered: 0,
      limited: false,
    });
  });

  it('are an error where they are half of all, with the line of the first in its file', () => {
    expect(() => open({ 'tensors.tsv': '1\t2\n3\n', 'metadata.tsv': 'a\nb\n' })).toThrow(
      'a.zip: tensors.tsv, the vector of row 2 has 1 numbers',
    );
    expect(() => open({ 'tensors.tsv': 'x\ny\n', 'metadata.tsv': 'a\nb\n' })).toThrow('row 1, column 1');
    expect(() => open({ 'tensors.tsv': '1\n2\n', 'metadata.tsv': 'a\tb\nc\nd\te\n' })).toThrow('row 2 has 1 cells');
  });

  it('may be few in raw bytes too', () => {
    const config = { embeddings: [{ tensorPath: 'a.bytes', tensorShape: [3, 2], metadataPath: 'b.tsv' }] };
    const bytes = new Uint8Array(Float32Array.of(1, 2, NaN, 4, 5, 6).buffer);
    const parts = {
      'a.bytes': bytes,
      'b.tsv': strToU8('x\ny\nz\n'),
      'projector_config.json': strToU8(JSON.stringify(config)),
    };
    const { items, vectors, reading } = parseFile('a.zip', zipSync(parts));
    expect(items).toEqual([{ text: 'x' }, { text: 'z' }]);
    expect(vectors!.data).toEqual(Float32Array.of(1, 2, 5, 6));
    expect(reading!.leftOut).toEqual([{ row: 2, reason: 'vectorNumber', excerpt: 'y' }]);
  });
});

describe('the map of a bookmark', () => {
  const three = { 'tensors.tsv': '1\t2\n3\t4\n5\t6\n', 'metadata.tsv': 'a\nb\nc\n' };
  const point = (i: number) => ({ 'tsne-0': i, 'tsne-1': -i, 'tsne-2': 9, 'pca-0': i / 2, 'pca-1': 0, 'pca-2': 0.25 });
  const state = { selectedProjection: 'tsne', tSNEis3d: false, projections: [0, 1, 2].map(point) };
  const read = (states: unknown, options?: ReadingOptions) =>
    open({ ...three, 'bookmarks.txt': JSON.stringify(states) }, options).positions;

  it('is where the points stand on the projection that it shows', () => {
    expect(read([state])).toEqual({ data: Float32Array.of(0, 0, 1, -1, 2, -2), rows: 3, dim: 2 });
    expect(read([{ ...state, tSNEis3d: true }, state])).toMatchObject({
      data: Float32Array.of(0, 0, 9, 1, -1, 9, 2, -2, 9),
      dim: 3,
    });
    const pca = { ...state, selectedProjection: 'pca', pcaComponentDimensions: [2, 0] };
    expect(read([pca])?.data).toEqual(Float32Array.of(0.25, 0, 0.25, 0.5, 0.25, 1));
    expect(read([state], { limit: { count: 2, take: 'first' } })?.data).toEqual(Float32Array.of(0, 0, 1, -1));
  });

  it('may stand in a file of another name', () => {
    const config = JSON.stringify({ embeddings: [{ bookmarksPath: 'x/state.txt' }] });
    const parts = { ...three, 'projector_config.json': config, 'state.txt': JSON.stringify([state]) };
    expect(open(parts).positions?.rows).toBe(3);
  });

  it('gives way to positions in the metadata, and is none where a point lacks its place', () => {
    const placed = { 'metadata.tsv': 'text\tx\ty\na\t1\t2\nb\t3\t4\nc\t5\t6\n' };
    expect(open({ ...three, ...placed, 'bookmarks.txt': JSON.stringify([state]) }).positions?.data).toEqual(
      Float32Array.of(1, 2, 3, 4, 5, 6),
    );
    const items = [{ text: 'a' }, { text: 'b' }, { text: 'c' }];
    for (const other of [
      [],
      'x',
      [{ ...state, projections: state.projections.slice(1) }],
      [{ ...state, projections: [{}, ...state.projections.slice(1)] }],
      [{ ...state, selectedProjection: 'custom' }],
      [{ ...state, selectedProjection: 'pca', pcaComponentDimensions: [1] }],
    ])
      expect(open({ ...three, 'bookmarks.txt': JSON.stringify(other) })).toMatchObject({ items });
    expect(read([{ ...state, projections: [{}, ...state.projections.slice(1)] }])).toBeUndefined();
    expect(open({ ...three, 'bookmarks.txt': '{' }).positions).toBeUndefined();
  });
});
