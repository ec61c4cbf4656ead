/** Neighbours in files: as a column of tables, as lists of their own, and as graphs. */
import { tableFromIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { openFile, parseFile } from '../../src/data/open';
import { exportFormatOf } from '../../src/data/write';
import type { Dataset, ExportFormat, KnnGraph, NewItem } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { findAll, parseXml } from '../scene/xml';
import { codeOf } from './codeOf';
import { nameFor, writePlainWhole, writeWhole } from './whole';

const plain = { vectors: false, spreadsheetSafe: false };
const whole = { vectors: true, spreadsheetSafe: false };
const graph = (k: number, indices: number[], distances: number[]): KnnGraph => ({
  indices: Int32Array.from(indices),
  distances: Float32Array.from(distances),
  rows: indices.length / k,
  k,
});
/** 0 and 1 are each other's nearest; 2 is nobody's. */
const neighbours = graph(2, [1, 2, 0, 2, 0, 1], [0.25, 0.5, 0.25, 1.5, 0.5, 1.5]);
const hostile = '</node> & "x" <b>\n\t\0\u0008\uD800🎻';
const items: readonly NewItem[] = [
  { text: 'cat', group: 'pets', columns: { label: 'a', size: 2.5, ok: true } },
  { text: hostile, columns: Object.fromEntries([['__proto__', '=1+1']]) },
  { text: 'car', columns: { neighbors: 'both', size: -1e-7 } },
];
const dataset: Dataset = {
  items,
  neighbours,
  vectors: createMatrix(Float32Array.of(1, 0, 0.8, 0.6, -0.6, 0.8), 2),
  positions: { data: Float32Array.of(0, 1, 2, 3, 0.5, 5), rows: 3, dim: 2 },
};
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const lists = [
  { ids: [1, 2], distances: [0.25, 0.5] },
  { ids: [0, 2], distances: [0.25, 1.5] },
  { ids: [0, 1], distances: [0.5, 1.5] },
];

describe('as a column', () => {
  it('Parquet has Embedding Atlas’s struct, after the vectors', async () => {
    const bytes = await writeWhole('parquet', dataset, whole);
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    expect(rows.map((row) => row['neighbors'])).toEqual(lists);
    expect(rows.map((row) => row['column:neighbors'] ?? null)).toEqual([null, null, 'both']);
  });

  it('Arrow has the same', async () => {
    const table = tableFromIPC(await writeWhole('arrow', dataset, whole));
    const found = table.getChild('neighbors').toArray() as { ids: Int32Array; distances: Float32Array }[];
    expect(found.map(({ ids, distances }) => ({ ids: [...ids], distances: [...distances] }))).toEqual(lists);
  });

  it.each(['json', 'jsonl'] as const)('%s has the same as objects', (format) => {
    const written = text(writePlainWhole(format, dataset, plain));
    const rows: unknown[] =
      format === 'json'
        ? JSON.parse(written).items
        : written
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line));
    expect(rows).toMatchObject(lists.map((neighbors) => ({ neighbors })));
  });

  it.each(['parquet', 'arrow', 'json', 'jsonl'] as const)(
    '%s opened again leaves it out, keeps an own column of its name, and vectors and places to the bit',
    async (format) => {
      const bytes = await writeWhole(format, dataset, whole);
      const found = await openFile({ name: nameFor(format), bytes });
      const { neighbours: _, ...rest } = dataset;
      const typed = format === 'parquet' || format === 'arrow';
      expect(found.vectors).toEqual(rest.vectors);
      expect(found.positions).toEqual(rest.positions);
      expect(found.items.map(({ columns }) => columns)).toEqual(items.map(({ columns }) => columns));
      if (!typed) expect(found.items[0]).toEqual(items[0]);
    },
  );

  it('is not made of what is only called so', () => {
    const rows = [
      { text: 'a', neighbors: { ids: [1] } },
      { text: 'b', neighbors: 2 },
    ];
    const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(parseFile('a.jsonl', bytes).items.map(({ columns }) => columns)).toEqual([
      { neighbors: '{"ids":[1]}' },
      { neighbors: 2 },
    ]);
  });

  it('is left out where there is but one text', async () => {
    const alone: Dataset = {
      items: [{ text: 'a' }],
      neighbours: { indices: new Int32Array(0), distances: new Float32Array(0), rows: 1, k: 0 },
    };
    for (const format of ['parquet', 'arrow', 'json', 'jsonl'] as const) {
      const bytes = await writeWhole(format, alone, plain);
      expect(await openFile({ name: nameFor(format), bytes })).toEqual({ items: [{ text: 'a' }] });
    }
    expect(text(writePlainWhole('neighboursCsv', alone, plain))).toBe('text,rank,neighbour,cosine\n');
    expect(JSON.parse(text(writePlainWhole('neighboursJson', alone, plain)))).toEqual([]);
    expect(findAll(parseXml(text(writePlainWhole('gexf', alone, plain))), 'node')).toHaveLength(1);
  });
});

describe('as lists', () => {
  const value: Dataset = {
    items: [{ text: '=1+1' }, { text: 'dog, "cat"' }],
    neighbours: graph(1, [1, 0], [0.25, 0.25]),
  };

  it('CSV has a line a neighbour, safe for spreadsheets if asked', () => {
    expect(text(writePlainWhole('neighboursCsv', value, plain))).toBe(
      'text,rank,neighbour,cosine\n=1+1,1,"dog, ""cat""",0.75\n"dog, ""cat""",1,=1+1,0.75\n',
    );
    expect(text(writePlainWhole('neighboursCsv', value, { ...plain, spreadsheetSafe: true }))).toContain(
      ",1,'=1+1,0.75\n",
    );
  });

  it('JSON has the same', () => {
    expect(JSON.parse(text(writePlainWhole('neighboursJson', value, plain)))).toEqual([
      { text: '=1+1', rank: 1, neighbour: 'dog, "cat"', cosine: 0.75 },
      { text: 'dog, "cat"', rank: 1, neighbour: '=1+1', cosine: 0.75 },
    ]);
  });

  it('have endings of their own', () => {
    expect(exportFormatOf('a.neighbours.csv')).toBe('neighboursCsv');
    expect(exportFormatOf('A.Neighbours.JSON')).toBe('neighboursJson');
    expect(exportFormatOf('neighbours.csv')).toBe('csv');
  });
});

/** What XML can hold of a text: `escapeXml` is tested with the pictures. */
const held = (one: string) => one.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '\uFFFD');

describe('as a graph', () => {
  const edges = [
    ['0', '1', '0.75'],
    ['0', '2', '0.5'],
    ['1', '2', '-0.5'],
  ];

  it('GraphML has each pair once, texts, groups, places and own columns', () => {
    const root = parseXml(text(writePlainWhole('graphml', dataset, plain)));
    const names = new Map(findAll(root, 'key').map(({ attributes }) => [attributes['id'], attributes]));
    const dataOf = (element: typeof root) =>
      element.children.map(({ attributes, text: value }) => [names.get(attributes['key'])!['attr.name'], value]);
    expect(findAll(root, 'node').map(dataOf)).toEqual([
      [
        ['label', 'cat'],
        ['x', '0'],
        ['y', '1'],
        ['group', 'pets'],
        ['column:label', 'a'],
        ['size', '2.5'],
        ['ok', 'true'],
      ],
      [
        ['label', held(hostile)],
        ['x', '2'],
        ['y', '3'],
        ['__proto__', '=1+1'],
      ],
      [
        ['label', 'car'],
        ['x', '0.5'],
        ['y', '5'],
        ['size', '-1e-7'],
        ['column:neighbors', 'both'],
      ],
    ]);
    const found = findAll(root, 'edge').map(({ attributes, children }) => [
      attributes['source'],
      attributes['target'],
      children[0]!.text,
    ]);
    expect(found).toEqual(edges);
    const types = [...names.values()].map((attributes) => [attributes['attr.name'], attributes['attr.type']]);
    expect(Object.fromEntries(types)).toMatchObject({
      label: 'string',
      x: 'double',
      size: 'double',
      ok: 'boolean',
      weight: 'double',
    });
  });

  it('GEXF has the same, and places that fill Gephi’s screen', () => {
    const root = parseXml(text(writePlainWhole('gexf', dataset, plain)));
    const titles = findAll(root, 'attribute').map(({ attributes }) => attributes['title']);
    const nodes = findAll(root, 'node');
    expect(nodes.map(({ attributes }) => attributes['label'])).toEqual(['cat', held(hostile), 'car']);
    const values = findAll(nodes[1]!, 'attvalue').map(({ attributes }) => [
      titles[Number(attributes['for'])],
      attributes['value'],
    ]);
    expect(values).toEqual([
      ['x', '2'],
      ['y', '3'],
      ['__proto__', '=1+1'],
    ]);
    // The longest side, of y from 1 to 5, is drawn 1,000 long.
    expect(findAll(root, 'viz:position').map(({ attributes }) => attributes)).toEqual([
      { x: '0', y: '250', z: '0' },
      { x: '500', y: '750', z: '0' },
      { x: '125', y: '1250', z: '0' },
    ]);
    const found = findAll(root, 'edge').map(({ attributes }) => [
      attributes['source'],
      attributes['target'],
      attributes['weight'],
    ]);
    expect(found).toEqual(edges);
  });

  it.each(['graphml', 'gexf'] as const)('%s is well-formed whatever the texts are', (format) => {
    const raw = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
    const item = fc.record(
      { text: raw, group: raw, columns: fc.dictionary(raw, raw, { maxKeys: 3 }) },
      { requiredKeys: ['text'] },
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 2 }), (some) => {
        const bytes = writePlainWhole(format, { items: some, neighbours: graph(1, [1, 0], [0, 0]) }, plain);
        expect(findAll(parseXml(text(bytes)), 'node')).toHaveLength(2);
      }),
      { numRuns: 200 },
    );
  });

  it('needs neighbours, as many as texts', () => {
    const { neighbours: _, ...without } = dataset;
    for (const format of ['graphml', 'gexf', 'neighboursCsv', 'neighboursJson'] as const)
      expect(codeOf(() => writePlainWhole(format, without, plain))).toBe('exportNeedsNeighbours');
    expect(() => writePlainWhole('gexf', { ...dataset, neighbours: graph(1, [1, 0], [0, 0]) }, plain)).toThrow(
      RangeError,
    );
  });
});

describe('the choice of columns', () => {
  const formats: readonly ExportFormat[] = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'arrow'];
  const value: Dataset = {
    items: [
      { text: 'a', group: 'g', columns: { ['__proto__x']: 1, size: 2 } },
      { text: 'b', columns: { size: 3 } },
    ],
    positions: { data: Float32Array.of(1, 2, 3, 4), rows: 2, dim: 2 },
    vectors: createMatrix(Float32Array.of(1, 2, 3, 4), 2),
  };

  it.each(formats)('%s has those that are chosen, and always the texts', async (format) => {
    const through = async (columns: { group: boolean; positions: boolean; own: string[] }) =>
      openFile({ name: nameFor(format), bytes: await writeWhole(format, value, { ...whole, columns }) });
    const { vectors } = value;
    expect(await through({ group: false, positions: false, own: [] })).toEqual({
      items: [{ text: 'a' }, { text: 'b' }],
      vectors,
    });
    expect(await through({ group: true, positions: false, own: ['size', 'none'] })).toEqual({
      items: [
        { text: 'a', group: 'g', columns: { size: 2 } },
        { text: 'b', columns: { size: 3 } },
      ],
      vectors,
    });
    expect((await through({ group: false, positions: true, own: [] })).positions).toEqual(value.positions);
  });

  it('is for tables and graphs alone: an archive keeps everything', () => {
    const columns = { group: false, positions: false, own: [] };
    expect(parseFile('a.npz', writePlainWhole('npz', value, { ...plain, columns }))).toEqual(value);
  });
});
