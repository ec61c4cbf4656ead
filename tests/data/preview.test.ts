/** What a file looks like before it is read, and how its encoding is found. */
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openFile, parseFile } from '../../src/data/open';
import { previewFile } from '../../src/data/preview';
import { detectEncoding } from '../../src/data/text';
import { InputError } from '../../src/errors';
import type { Encoding, ReadingOptions } from '../../src/reading';
import { createMatrix } from '../../src/vectors';
import { codeOf } from './codeOf';
import { writeWhole } from './whole';

const utf8 = (text: string) => new TextEncoder().encode(text);
const preview = (name: string, content: string | Uint8Array<ArrayBuffer>, options?: ReadingOptions) =>
  previewFile(name, new Blob([content]), options);

/** UTF-16 of ASCII and further characters, as Node writes it. */
function utf16(text: string, order: 'le' | 'be'): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(Buffer.from(text, 'utf16le'));
  return order === 'le' ? bytes : bytes.map((_, i) => bytes[i ^ 1]!);
}

/** windows-1252 of characters up to U+00FF, which are one byte each. */
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('the encoding', () => {
  it.each<[string, Uint8Array, Encoding]>([
    ['a byte order mark', utf16('\uFEFF雨', 'le'), 'utf-16le'],
    ['a mark the other way round', utf16('\uFEFF雨', 'be'), 'utf-16be'],
    ['NULs in second place', utf16('text;group\ncafé;bebida', 'le'), 'utf-16le'],
    ['NULs in first place', utf16('text;group\ncafé;bebida', 'be'), 'utf-16be'],
    ['no NULs', utf8('café'), 'utf-8'],
    ['NULs between words', utf8('dog\0cat\0owl\0'), 'utf-8'],
    ['NULs in both places', Uint8Array.of(0, 0, 0, 97, 0, 0), 'utf-8'],
    ['nothing', new Uint8Array(0), 'utf-8'],
  ])('is known by %s', (_, bytes, encoding) => {
    expect(detectEncoding(bytes)).toBe(encoding);
  });

  it('is honoured by every text format, detected or chosen', () => {
    const text = 'maçã';
    for (const [name, content] of [
      ['a.txt', text],
      ['a.csv', `text\n${text}`],
      ['a.tsv', `text\tn\n${text}\t1`],
      ['a.json', `["${text}"]`],
      ['a.jsonl', `{"text":"${text}"}\n`],
    ] as const) {
      for (const order of ['le', 'be'] as const)
        expect(parseFile(name, utf16(content, order)).items[0]!.text, name).toBe(text);
      expect(codeOf(() => parseFile(name, latin1(content)))).toBe('textInvalidUtf8');
      expect(parseFile(name, latin1(content), { encoding: 'windows-1252' }).items[0]!.text, name).toBe(text);
      expect(parseFile(name, utf16(content, 'be'), { encoding: 'utf-16be' }).items[0]!.text, name).toBe(text);
    }
    expect(codeOf(() => parseFile('a.txt', utf8('dog'), { encoding: 'utf-16le' }))).toBe('textInvalidUtf16');
  });
});

describe('the preview', () => {
  it('has the columns and first rows of a table, and takes for text and group what reading it takes', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},item ${i},A,${i / 2}`);
    const csv = ['id,species,class,weight', ...rows].join('\n');
    const found = (await preview('a.csv', csv))!;
    expect(found).toMatchObject({
      names: ['id', 'species', 'class', 'weight'],
      encoding: 'utf-8',
      delimiter: ',',
      header: true,
      text: 1,
      group: 2,
      own: [0, 3],
      certain: false,
      vectors: false,
      total: 30,
      estimated: false,
    });
    expect(found.rows).toHaveLength(20);
    expect(found.rows[2]).toEqual(['2', 'item 2', 'A', '1']);
    const { items } = parseFile('a.csv', utf8(csv));
    expect(items[2]).toMatchObject({ text: found.rows[2]![found.text], group: found.rows[2]![found.group] });
  });

  it('follows what is chosen', async () => {
    const content = 'a;b\n1,2;3\n4,5;6\n';
    expect(await preview('a.csv', content)).toMatchObject({ delimiter: ';', names: ['a', 'b'] });
    expect(await preview('a.csv', content, { delimiter: ',' })).toMatchObject({ delimiter: ',', names: ['column 1'] });
    expect(await preview('a.csv', content, { header: false })).toMatchObject({
      names: ['column 1', 'column 2'],
      total: 3,
      header: false,
    });
    const chosen = await preview('a.csv', 'text,group\ndog,animals\n', { textColumn: 'group', groupColumn: null });
    expect(chosen).toMatchObject({ text: 1, group: -1, own: [0], certain: true });
    await expect(preview('a.csv', content, { textColumn: 'c' })).rejects.toThrow('no column “c”');
  });

  it('shows rows of other lengths, which reading refuses', async () => {
    const ragged = 'text,group\ndog,animals\ncat,animals,pets\nowl\n';
    expect(codeOf(() => parseFile('a.csv', utf8(ragged)))).toBe('csvRagged');
    expect((await preview('a.csv', ragged))!.rows).toEqual([
      ['dog', 'animals'],
      ['cat', 'animals'],
      ['owl', ''],
    ]);
  });

  it('reads the beginning of a large file alone, up to its last whole row, and estimates how many rows there are', async () => {
    const count = 100_000;
    const csv = `text,note\n${Array.from({ length: count }, (_, i) => `"word\n${i}",${i}\n`).join('')}`;
    const json = JSON.stringify(Array.from({ length: count }, (_, i) => ({ text: `a "b" [${i}`, n: i })));
    const lines = Array.from({ length: count }, (_, i) => `{"text":"word ${i}"}`).join('\n');
    for (const [name, content, first] of [
      ['a.csv', csv, ['word\n0', '0']],
      ['a.json', json, ['a "b" [0', '0']],
      ['a.jsonl', lines, ['word 0']],
      ['a.txt', 'café\n'.repeat(count), ['café']],
      ['a.csv.gz', gzipSync(utf8(csv)), ['word\n0', '0']],
    ] as const) {
      const found = (await preview(name, content))!;
      expect(found.rows[0], name).toEqual(first);
      expect(found.estimated, name).toBe(true);
      expect(found.total / count, name).toBeGreaterThan(0.8);
      expect(found.total / count, name).toBeLessThan(1.25);
    }
  });

  it('says where a text is invalid in its encoding, unless a character is cut by the end of the beginning', async () => {
    const bytes = latin1('text,group\ncafé,bebida\n');
    await expect(preview('a.csv', bytes)).rejects.toThrow(InputError);
    expect((await preview('a.csv', bytes, { encoding: 'windows-1252' }))!.rows).toEqual([['café', 'bebida']]);
    // 2-byte characters, so that one is cut at 256 KB whatever stands before.
    for (const before of ['', 'a']) expect(await preview('a.txt', before + 'é'.repeat(200_000))).toBeDefined();
  });

  it('of Parquet and Arrow has names, first rows and the number of all', async () => {
    const items = Array.from({ length: 50 }, (_, i) => ({ text: `t${i}`, group: 'g', columns: { n: i } }));
    const vectors = createMatrix(
      Float32Array.from({ length: 100 }, (_, i) => i),
      2,
    );
    for (const format of ['parquet', 'arrow'] as const) {
      const bytes = await writeWhole(format, { items, vectors }, { vectors: true, spreadsheetSafe: false });
      for (const [name, content] of [
        [`a.${format}`, bytes],
        [`a.${format}.gz`, gzipSync(bytes)],
      ] as const) {
        const found = (await preview(name, content))!;
        expect(found, name).toMatchObject({ names: ['text', 'group', 'n'], text: 0, group: 1, own: [2], total: 50 });
        expect(found, name).toMatchObject({ vectors: true, encoding: null, delimiter: null, header: null });
        expect(found.rows, name).toHaveLength(20);
        expect(found.rows[7], name).toEqual(['t7', 'g', '7']);
      }
      const dataset = await openFile({ name: `a.${format}`, bytes });
      expect(dataset.items[7]).toEqual(items[7]);
    }
  });

  it('takes no positions and vectors for own columns', async () => {
    const found = await preview('a.csv', 'text,x,y,v0,v1,note\ndog,1,2,0.1,0.2,hm\n');
    expect(found).toMatchObject({ own: [5], vectors: true, certain: true });
    expect(await preview('a.json', '[{"word":"dog","vector":[1,2],"n":3}]')).toMatchObject({ own: [2], vectors: true });
  });

  it('of lines without columns is one column', async () => {
    for (const [name, content] of [
      ['a.txt', 'dog\n\ncat\n'],
      ['a.json', '["dog","cat"]'],
      ['a.jsonl', '"dog"\n"cat"\n'],
    ] as const)
      expect(await preview(name, content, { textColumn: 'elsewhere' }), name).toMatchObject({
        names: ['text'],
        rows: [['dog'], ['cat']],
        own: [],
        certain: true,
      });
  });

  it('is none of what has no columns, or cannot be read', async () => {
    const glove = `${['dog', 'cat', 'owl'].map((word) => `${word} ${'0.5 '.repeat(50).trim()}`).join('\n')}\n`;
    for (const [name, content] of [
      ['a.npz', 'PK'],
      ['a.constela', 'PK'],
      ['a.txt', glove],
      ['a.csv', ''],
      ['a.csv', ' \n'],
      ['a.csv', '%PDF-1.7'],
      ['a.json', '{"items":[{"text":"dog"}]}'],
      ['a.json', '["dog"'],
      ['a.jsonl', '{"a":\n'],
      ['a.parquet', 'PAR1 and no more'],
      ['a.arrow', 'ARROW1'],
      ['a.csv.gz', 'no gzip'],
      ['sound.mp3', 'la'],
    ] as const)
      expect(await preview(name, content), name).toBeUndefined();
  });
});
