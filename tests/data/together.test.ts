/** Files inside others, and files that belong together. */
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openEndings } from '../../src/data/endings';
import { openFile } from '../../src/data/open';
import { groupFiles } from '../../src/data/together';
import type { Dataset } from '../../src/types';
import { npyOfNumbers, npyOfTexts } from './npys';

const utf8 = (text: string) => new TextEncoder().encode(text);
const named = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({ name, bytes });
const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const textsOf = async (...given: Parameters<typeof openFile>) =>
  (await openFile(...given)).items.map(({ text }) => text);

describe('gzip', () => {
  it('is opened as the file inside', async () => {
    expect(await textsOf(named('a.csv.gz', gzip(utf8('text,group\ncat,a\n'))))).toEqual(['cat']);
    const two = new Uint8Array([...gzip(utf8('cat\n')), ...gzip(utf8('dog\n'))]);
    expect(await textsOf(named('a.txt.gz', two))).toEqual(['cat', 'dog']);
  });

  it('that is cut, damaged, none at all, or of another ending inside, is refused', async () => {
    const whole = gzip(utf8('cat\n'.repeat(2000)));
    const rejected = (name: string, bytes: Uint8Array<ArrayBuffer>, code: string) =>
      expect(openFile(named(name, bytes))).rejects.toMatchObject({ code });
    await rejected('a.txt.gz', whole.slice(0, -20), 'gzipDamaged');
    const bent = whole.slice();
    bent.fill(0xff, 10, 16);
    await rejected('a.txt.gz', bent, 'gzipDamaged');
    await rejected('a.txt.gz', utf8('cat'), 'gzipDamaged');
    await rejected('a.docx.gz', whole, 'fileEnding');
    await rejected('a.txt.gz', new Uint8Array(), 'fileEmpty');
  });

  it('that unpacks to far more than any text does is refused on the way', async () => {
    const bomb = gzip(new Uint8Array(150_000_000).fill(0x0a));
    await expect(openFile(named('a.txt.gz', bomb))).rejects.toMatchObject({ code: 'gzipTooLarge' });
  });
});

it('no file is refused by its ending that can be opened', async () => {
  for (const ending of openEndings) {
    const end = await openFile(named(`a${ending}`, utf8('cat'))).catch((error: { code?: string }) => error.code);
    expect(end, ending).not.toBe('fileEnding');
  }
});

const numbers = Float32Array.of(1, 2, 3, 4, 5, 6);
const npy = npyOfNumbers(numbers, [3, 2]);
/** The same three vectors without texts, in every format that may hold such. */
const bare: readonly [string, Uint8Array<ArrayBuffer>][] = [
  ['m.npy', npy],
  ['m.npz', zipSync({ 'vectors.npy': npy, 'model.npy': npyOfTexts(['m'], [1]) })],
  ['m.npz', zipSync({ 'arr_0.npy': npy })],
  ['m.json', utf8('[[1, 2], [3, 4], [5, 6]]')],
  ['m.jsonl', utf8('[1,2]\n[3,4]\n[5,6]\n')],
  ['m.tsv', utf8('1\t2\n3\t4\n5\t6\n')],
  ['m.tsv.gz', gzip(utf8('1\t2\n3\t4\n5\t6\n'))],
];

describe.each(bare)('vectors without texts in %s', (name, bytes) => {
  const file = named(name, bytes);

  it('are named by the numbers of their rows', async () => {
    const { items, vectors, numbered } = await openFile(file);
    expect(items).toEqual([{ text: '1' }, { text: '2' }, { text: '3' }]);
    expect(vectors).toEqual({ data: numbers, rows: 3, dim: 2 });
    expect(numbered).toBe(true);
    expect((await openFile(file, [], { limit: { count: 2, take: 'first' } })).vectors?.data).toEqual(
      numbers.slice(0, 4),
    );
  });

  it('take their texts, and what else is there, from the file beside them', async () => {
    for (const labels of [
      named('l.csv', utf8('text,group\ncat,a\ndog,b\nowl,b\n')),
      named('l.tsv', utf8('text\tgroup\ncat\ta\ndog\tb\nowl\tb\n')),
      named('l.json', utf8('[{"text":"cat","group":"a"},{"text":"dog","group":"b"},{"text":"owl","group":"b"}]')),
    ]) {
      expect(await groupFiles([labels, file])).toEqual([[1, 0]]);
      const found = await openFile(file, [labels]);
      expect(found.items, labels.name).toEqual([
        { text: 'cat', group: 'a' },
        { text: 'dog', group: 'b' },
        { text: 'owl', group: 'b' },
      ]);
      expect(found.vectors).toEqual({ data: numbers, rows: 3, dim: 2 });
      expect(found.numbered).toBeUndefined();
      const filter = { column: 'group', test: 'equals', value: 'b' } as const;
      expect((await openFile(file, [labels], { filter })).vectors?.data).toEqual(numbers.slice(2));
    }
    await expect(openFile(file, [named('l.txt', utf8('cat\n'))])).rejects.toMatchObject({
      code: 'labelsRows',
      params: { rows: 3, labels: 'l.txt', found: 1 },
    });
  });
});

describe('a matrix', () => {
  it('that is none is refused with what it is', async () => {
    const refused = (...given: Parameters<typeof openFile>) => expect(openFile(...given)).rejects;
    const list = named('l.npy', npyOfNumbers(Float32Array.of(1, 2), [2]));
    await refused(list).toMatchObject({ code: 'matrixShape', params: { shape: '2' } });
    const words = named('w.npy', npyOfTexts(['cat'], [1]));
    await refused(words).toMatchObject({ code: 'matrixShape', params: { kind: 'texts' } });
    const holes = named('n.npy', npyOfNumbers(Float32Array.of(1, NaN), [1, 2]));
    await refused(holes, [named('a.txt', utf8('cat\n'))]).toMatchObject({
      code: 'vectorNumber',
      params: { place: '1', column: 2 },
    });
  });
});

describe('loose files of an Embedding Projector', () => {
  const tensors = named('tensors.tsv', utf8('1\t2\n3\t4\n5\n7\tx\n9\t10\n11\t12\n'));
  const metadata = named('metadata.tsv', utf8('text\tkind\na\tx\nb\tx\nc\tx\nd\tx\ne\ty\nf\ty\n'));
  const raw = named('vectors.bytes', new Uint8Array(numbers.buffer.slice(0)));
  const configOf = (embedding: object, name = 'projector_config.json') =>
    named(name, utf8(JSON.stringify({ embeddings: [embedding], space: { modelId: 'm', prompt: '{text}' } })));
  const states = (rows: number) =>
    utf8(
      JSON.stringify([
        {
          selectedProjection: 'umap',
          umapIs3d: false,
          projections: Array.from({ length: rows }, (_, i) => ({ 'umap-0': i, 'umap-1': -i })),
        },
      ]),
    );
  const open = async (...files: Parameters<typeof named>[]): Promise<Dataset> => {
    const all = files.map(([name, bytes]) => named(name, bytes));
    const [group = [], ...more] = await groupFiles(all);
    expect(more).toEqual([]);
    const [first, ...beside] = group.map((i) => all[i]!);
    return openFile(first!, beside);
  };
  const of = ({ name, bytes }: { name: string; bytes: Uint8Array<ArrayBuffer> }): Parameters<typeof named> => [
    name,
    bytes,
  ];

  it('without metadata are named by number, and rows that are none are listed with their line', async () => {
    const { items, vectors, reading, numbered } = await open(of(tensors));
    expect(items.map(({ text }) => text)).toEqual(['1', '2', '5', '6']);
    expect(vectors).toEqual({ data: Float32Array.of(1, 2, 3, 4, 9, 10, 11, 12), rows: 4, dim: 2 });
    expect(reading?.leftOut).toEqual([
      { row: 3, reason: 'vectorLength', excerpt: '5' },
      { row: 4, reason: 'vectorNumber', excerpt: '7\tx' },
    ]);
    expect(numbered).toBe(true);
    const labelled = await openFile(tensors, [named('l.txt', utf8('a\nb\nc\nd\ne\nf\n'))]);
    expect(labelled.items.map(({ text }) => text)).toEqual(['a', 'b', 'e', 'f']);
  });

  it('take texts and columns from the metadata, whose rows go with theirs', async () => {
    const { items, vectors, reading, numbered } = await open(of(metadata), of(tensors));
    expect(items).toEqual([
      { text: 'a', columns: { kind: 'x' } },
      { text: 'b', columns: { kind: 'x' } },
      { text: 'e', columns: { kind: 'y' } },
      { text: 'f', columns: { kind: 'y' } },
    ]);
    expect(vectors?.data).toEqual(Float32Array.of(1, 2, 3, 4, 9, 10, 11, 12));
    expect(reading?.leftOut).toMatchObject([
      { row: 4, reason: 'vectorLength' },
      { row: 5, reason: 'vectorNumber' },
    ]);
    expect(numbered).toBeUndefined();
  });

  it('may begin with a row that is none; where half are none, they are no tensors or an error', async () => {
    const first = named('tensors.tsv', utf8('1\n3\t4\n5\t6\n'));
    expect((await openFile(first)).items.map(({ text }) => text)).toEqual(['2', '3']);
    const half = named('tensors.tsv', utf8('1\t2\n3\n'));
    await expect(openFile(half, [named('metadata.tsv', utf8('a\nb\n'))])).rejects.toMatchObject({
      code: 'vectorLength',
    });
    const late = utf8(`${'1\t2\n'.repeat(20)}${'x\n'.repeat(20)}`);
    await expect(openFile(named('tensors.tsv', late))).rejects.toMatchObject({ code: 'vectorLength' });
    // Under another name a first row of words is the header of a table, as before.
    const table = named('t.tsv', utf8('text\tn\n1\t2\n3\t4\n'));
    expect((await openFile(table)).items).toEqual([
      { text: '1', columns: { n: 2 } },
      { text: '3', columns: { n: 4 } },
    ]);
    // And so are numbers whose columns are asked for.
    expect((await openFile(tensors, [], { textColumn: 'column 2', header: false })).vectors).toBeUndefined();
  });

  it('have their places from a bookmark, or say that it was left out', async () => {
    const three = named('tensors.tsv', utf8('1\t2\n3\t4\n5\t6\n'));
    const names = named('metadata.tsv', utf8('a\nb\nc\n'));
    for (const bookmark of ['bookmarks.txt', 'state.txt', 'state (1).json']) {
      const { positions, unused } = await open(of(three), of(names), [bookmark, states(3)]);
      expect(positions?.data, bookmark).toEqual(Float32Array.of(0, 0, 1, -1, 2, -2));
      expect(unused).toBeUndefined();
    }
    const other = await open(of(three), of(names), ['state.txt', states(2)]);
    expect(other.positions).toBeUndefined();
    expect(other.unused).toEqual(['state.txt']);
    const placed = named('metadata.tsv', utf8('text\tx\ty\na\t1\t2\nb\t3\t4\nc\t5\t6\n'));
    expect((await open(of(three), of(placed), ['state.txt', states(3)])).unused).toEqual(['state.txt']);
  });

  it('have their names and shape from the configuration', async () => {
    const labels = named('words.tsv', utf8('a\nb\nc\n'));
    const config = { tensorPath: 'data/vectors.bytes', tensorShape: [3, 2], metadataPath: 'words.tsv' };
    for (const name of ['projector_config.json', 'config.json']) {
      const found = await open(of(labels), of(raw), of(configOf(config, name)));
      expect(found.items).toEqual([{ text: 'a' }, { text: 'b' }, { text: 'c' }]);
      expect(found.vectors).toEqual({ data: numbers, rows: 3, dim: 2 });
      expect(found.space?.modelId).toBe('m');
      expect(found.unused).toBeUndefined();
    }
    expect(await open(of(raw), of(configOf(config)))).toMatchObject({ numbered: true, vectors: { data: numbers } });
    await expect(openFile(raw)).rejects.toMatchObject({ code: 'projectorShape' });
    await expect(open(of(raw), of(configOf({ ...config, tensorShape: [4, 2] })))).rejects.toMatchObject({
      code: 'projectorBytes',
    });
    await expect(open(of(raw), ['config.json', utf8('{')])).rejects.toMatchObject({ code: 'projectorConfig' });
    const three = named('tensors.tsv', utf8('1\t2\n3\t4\n5\t6\n'));
    expect((await open(of(three), of(configOf(config)))).unused).toEqual(['projector_config.json']);
  });
});

describe('a zip of a bundle', () => {
  it('may call its configuration config.json, and may have no metadata', async () => {
    const config = JSON.stringify({ embeddings: [{ tensorPath: 'v.bytes', tensorShape: [3, 2] }] });
    const bytes = zipSync({ 'a/config.json': utf8(config), 'a/v.bytes': new Uint8Array(numbers.buffer) });
    const { items, vectors } = await openFile(named('a.zip', bytes));
    expect(items).toEqual([{ text: '1' }, { text: '2' }, { text: '3' }]);
    expect(vectors?.data).toEqual(numbers);
    const other = zipSync({ 'config.json': utf8('{}'), 'a.txt': utf8('x') });
    await expect(openFile(named('a.zip', other))).rejects.toMatchObject({ code: 'zipContent' });
  });
});

describe('files that are dropped together', () => {
  const groupsOf = async (...files: (string | [string, string | Uint8Array<ArrayBuffer>])[]) => {
    const all = files.map((file) =>
      typeof file === 'string'
        ? named(file, utf8('cat\n'))
        : named(file[0], typeof file[1] === 'string' ? utf8(file[1]) : file[1]),
    );
    return (await groupFiles(all)).map((group) => group.map((i) => all[i]!.name));
  };

  it('a matrix takes the file that is called like it, or else the next, or the first', async () => {
    expect(await groupsOf('a.txt', 'b.txt', ['b.npy', npy])).toEqual([['a.txt'], ['b.npy', 'b.txt']]);
    expect(await groupsOf('labels.csv', ['m.npy.gz', gzip(npy)])).toEqual([['m.npy.gz', 'labels.csv']]);
    expect(await groupsOf('a.txt', ['m.npy', npy], 'b.txt')).toEqual([['a.txt'], ['m.npy', 'b.txt']]);
    expect(await groupsOf(['m.npy', npy], ['n.npy', npy])).toEqual([['m.npy'], ['n.npy']]);
    expect(await groupsOf('a.txt', 'b.txt')).toEqual([['a.txt'], ['b.txt']]);
  });

  it('an archive with texts takes none', async () => {
    const whole = zipSync({ 'texts.npy': npyOfTexts(['a', 'b', 'c'], [3]), 'vectors.npy': npy });
    expect(await groupsOf(['m.npz', whole], 'labels.txt')).toEqual([['m.npz'], ['labels.txt']]);
    expect(await groupsOf(['m.npz', 'no archive'], 'labels.txt')).toEqual([['m.npz'], ['labels.txt']]);
  });

  it('bundles in two folders stay apart, and what belongs to none is opened alone', async () => {
    const groups = await groupsOf(
      'a/metadata.tsv',
      ['a/tensors.tsv', '1\t2\n'],
      'b/metadata.tsv',
      ['b/tensors.tsv', '1\t2\n'],
      'c/metadata.tsv',
    );
    expect(groups).toEqual([
      ['a/tensors.tsv', 'a/metadata.tsv'],
      ['b/tensors.tsv', 'b/metadata.tsv'],
      ['c/metadata.tsv'],
    ]);
  });
});
