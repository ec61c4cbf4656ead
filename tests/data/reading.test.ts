/** Which rows and columns are taken, and what is told of the others. */
import { describe, expect, it } from 'vitest';
import { parseFile, openFile } from '../../src/data/open';
import { mostRows, Rows } from '../../src/data/rows';
import type { ReadingOptions, RowFilter } from '../../src/reading';
import { codeOf } from './codeOf';
import { writeWhole } from './whole';
import { npyOfNumbers } from './npys';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (name: string, content: string, options?: ReadingOptions) => parseFile(name, utf8(content), options);
const texts = (name: string, content: string, options?: ReadingOptions) =>
  read(name, content, options).items.map(({ text }) => text);
const options = { vectors: true, spreadsheetSafe: false };

const csv = 'text,year,topic\nCat,1999,Pets\ndog,2005,pets\nfern,2010,plants\noak,,plants\n';
const jsonl = csv
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([text, year, topic]) => JSON.stringify({ text, ...(year && { year: Number(year) }), topic }))
  .join('\n');

describe('a filter', () => {
  it.each<[RowFilter['test'], string, string, string[]]>([
    ['contains', 'topic', 'PET', ['Cat', 'dog']],
    ['equals', 'topic', 'pets', ['Cat', 'dog']],
    ['equals', 'text', 'cat', ['Cat']],
    ['atLeast', 'year', '2005', ['dog', 'fern']],
    ['atMost', 'year', '2005.5', ['Cat', 'dog']],
    ['equals', 'year', '', ['oak']],
  ])('%s on %s of %j', async (test, column, value, expected) => {
    const chosen = { filter: { column, test, value } };
    expect(texts('a.csv', csv, chosen)).toEqual(expected);
    expect(texts('a.jsonl', jsonl, chosen)).toEqual(expected);
    expect(texts('a.json', `[${jsonl.replaceAll('\n', ',')}]`, chosen)).toEqual(expected);
    expect(read('a.csv', csv, chosen).reading).toEqual({
      rows: 4,
      leftOut: [],
      filtered: 4 - expected.length,
      limited: false,
    });
    const dataset = read('a.csv', csv);
    for (const format of ['json', 'npz', 'parquet', 'arrow'] as const) {
      const bytes = await writeWhole(format, dataset, { ...options, vectors: false });
      // A group is called group in these.
      const own = column === 'topic' ? 'group' : column;
      const found = await openFile({ name: `a.${format}`, bytes }, undefined, { filter: { column: own, test, value } });
      expect(found.items.map(({ text }) => text)).toEqual(expected);
      expect(found.reading?.filtered).toBe(4 - expected.length);
    }
  });

  it('that nothing passes, or of a column that is not there, is an error that says so', () => {
    const filter = (column: string) => ({ filter: { column, test: 'equals', value: 'x' } }) as const;
    for (const [name, content] of [
      ['a.csv', csv],
      ['a.jsonl', jsonl],
      ['a.txt', 'cat\n'],
      ['a.json', '["cat"]'],
      ['a.json', '{"items":[{"text":"cat"}]}'],
    ] as const) {
      expect(codeOf(() => read(name, content, filter('text')))).toBe('noRowsPass');
      expect(codeOf(() => read(name, content, filter('nome')))).toBe('columnMissing');
    }
    expect(() => read('a.csv', csv, { keep: ['nome'] })).toThrow('Its columns: text, year, topic');
  });

  it('of JSON lines may name a column that comes late', () => {
    const lines = `${'{"text":"a"}\n'.repeat(1500)}{"text":"b","late":1}\n`;
    expect(texts('a.jsonl', lines, { filter: { column: 'late', test: 'atLeast', value: '1' } })).toEqual(['b']);
    expect(read('a.jsonl', lines).items.at(-1)).toEqual({ text: 'b', columns: { late: 1 } });
  });
});

it('keeps the own columns that are wanted, and what else has a meaning', () => {
  const table = 'text,a,b,v0,v1,x,y\ncat,1,2,3,4,5,6\n';
  expect(read('a.csv', table, { keep: ['b'] })).toEqual({
    items: [{ text: 'cat', columns: { b: 2 } }],
    vectors: { data: Float32Array.of(3, 4), rows: 1, dim: 2 },
    positions: { data: Float32Array.of(5, 6), rows: 1, dim: 2 },
  });
  expect(read('a.csv', table, { keep: [] }).items).toEqual([{ text: 'cat' }]);
  expect(read('a.json', '{"items":[{"text":"cat","columns":{"a":1,"b":2}}]}', { keep: ['a'] }).items).toEqual([
    { text: 'cat', columns: { a: 1 } },
  ]);
});

describe('a limit', () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => i);
  const table = `text,v0,v1,x,y\n${numbers.map((n) => `n${n},${n},1,${n},2`).join('\n')}\n`;

  it('takes the first rows, and says that there are more only if so', () => {
    expect(texts('a.csv', csv, { limit: { count: 2, take: 'first' } })).toEqual(['Cat', 'dog']);
    expect(read('a.csv', csv, { limit: { count: 2, take: 'first' } }).reading).toEqual({
      rows: 2,
      leftOut: [],
      filtered: 0,
      limited: true,
    });
    expect(read('a.csv', csv, { limit: { count: 4, take: 'first' } }).reading).toBeUndefined();
    expect(texts('a.csv', 'text,b\n,1\ncat,1\ndog,1\n', { limit: { count: 1, take: 'first' } })).toEqual(['cat']);
  });

  it('takes a sample in order, the same each time, each row with its vector and position', () => {
    const chosen = { limit: { count: 50, take: 'sample' } } as const;
    const { items, vectors, positions, reading } = read('a.csv', table, chosen);
    expect(read('a.csv', table, chosen).items).toEqual(items);
    const rows = items.map(({ text }) => Number(text.slice(1)));
    expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
    expect(rows).toHaveLength(50);
    expect(rows.map((row) => [row, 1]).flat()).toEqual([...vectors!.data]);
    expect(rows.map((row) => [row, 2]).flat()).toEqual([...positions!.data]);
    expect(reading).toEqual({ rows: 1000, leftOut: [], filtered: 0, limited: true });
    expect(texts('a.csv', csv, chosen)).toHaveLength(4);
    expect(read('a.csv', csv, chosen).reading).toBeUndefined();
  });

  it('samples evenly: each tenth of the rows has about a tenth of the sample', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => String(i)).join('\n');
    const sample = texts('a.txt', lines, { limit: { count: 5000, take: 'sample' } }).map(Number);
    const tenths = Array.from({ length: 10 }, (_, i) => sample.filter((row) => Math.floor(row / 2000) === i).length);
    // 500 expected, with a standard deviation of 19.
    for (const count of tenths) expect(Math.abs(count - 500)).toBeLessThan(80);
  });

  it('of Parquet reads no further row group, and of vectors their own rows', async () => {
    const bytes = await writeWhole('parquet', read('a.csv', table), options);
    const first = await openFile({ name: 'a.parquet', bytes }, undefined, { limit: { count: 3, take: 'first' } });
    expect(first.items.map(({ text }) => text)).toEqual(['n0', 'n1', 'n2']);
    expect([...first.vectors!.data]).toEqual([0, 1, 1, 1, 2, 1]);
    expect(first.reading?.limited).toBe(true);
  });

  it('is the way into a file of too many rows', () => {
    const rows = new Rows('a.txt', {});
    for (let i = 0; i < mostRows; i++) rows.keep();
    expect(codeOf(() => rows.keep())).toBe('rowsTooMany');
  });
});

describe('rows that cannot be used', () => {
  const leftOut = (name: string, content: string) => read(name, content).reading?.leftOut;

  it('are left out and told, each with its row, reason and beginning', () => {
    expect(leftOut('a.csv', 'text,b\ncat,1\n\n ,2\ndog\n"a, b",3\nx,4,5\nowl,6\n')).toEqual([
      { row: 4, reason: 'noText', excerpt: '" ",2' },
      { row: 5, reason: 'otherLength', excerpt: 'dog' },
      { row: 7, reason: 'otherLength', excerpt: 'x,4,5' },
    ]);
    expect(texts('a.csv', 'text,b\ncat,1\ndog\nowl,6\n')).toEqual(['cat', 'owl']);
    expect(leftOut('a.csv', 'text,v0,v1\na,1,2\nb,x,2\nc,3,4\nd,,1\ne,1,1\n')).toMatchObject([
      { row: 3, reason: 'vectorNumber' },
      { row: 5, reason: 'vectorNumber' },
    ]);
    expect(leftOut('a.jsonl', '{"text":"a"}\n[1]\n{"text":\n{"text":"b"}\n{"text":"c"}\n')).toEqual([
      { row: 2, reason: 'notAnObject', excerpt: '[1]' },
      { row: 3, reason: 'notAnObject', excerpt: '{"text":' },
    ]);
    expect(
      leftOut(
        'a.json',
        '[{"text":"a","vector":[1]},{"text":"b","vector":[1,2]},{"text":"c","vector":[3]},{"text":"d"},{"text":"e","vector":[4]}]',
      ),
    ).toMatchObject([
      { row: 2, reason: 'vectorLength' },
      { row: 4, reason: 'noVector' },
    ]);
    expect(
      leftOut('a.vec', '5 2\ncat 1 2\ndog 1\nowl 1 nan\ncat 3 4\nfox 5 6\nelk 7 8\n'.replace('5 2', '6 2')),
    ).toMatchObject([
      { row: 3, reason: 'vectorLength' },
      { row: 4, reason: 'vectorNumber' },
      { row: 5, reason: 'repeated' },
    ]);
  });

  it('are told of other formats too', async () => {
    expect(
      leftOut(
        'a.json',
        '{"items":[{"text":"a","vector":[1]},{"text":" "},{"text":"c","vector":[null]},{"text":"d","vector":[2]},{"text":"e","vector":[3]}]}',
      ),
    ).toMatchObject([
      { row: 2, reason: 'noText' },
      { row: 3, reason: 'vectorNumber' },
    ]);
    const vectors = { data: Float32Array.of(1, 2, 3), rows: 3, dim: 1 };
    const dataset = { items: [{ text: 'a' }, { text: ' ' }, { text: 'a' }], vectors };
    const npz = await openFile({ name: 'a.npz', bytes: await writeWhole('npz', dataset, options) });
    expect(npz.reading?.leftOut).toMatchObject([{ row: 2, reason: 'noText' }]);
    expect([...npz.vectors!.data]).toEqual([1, 3]);
    const bin = await openFile({ name: 'a.bin', bytes: await writeWhole('bin', dataset, options) });
    expect(bin.reading?.leftOut).toMatchObject([{ row: 3, reason: 'repeated' }]);
  });

  it('keep their vectors with them', () => {
    const { items, vectors } = read('a.csv', 'text,v0\na,1\n,2\nc,x\nd,4\ne,5\n');
    expect(items.map(({ text }) => text)).toEqual(['a', 'd', 'e']);
    expect([...vectors!.data]).toEqual([1, 4, 5]);
  });

  it('are an error where they are half of all or more, which names the first', () => {
    expect(() => read('a.csv', 'text,b\ncat,1\ndog\n')).toThrow('row 3 has 1 cells; the first row has 2');
    expect(() => read('a.jsonl', '{"text":"a"}\n{"text"\n')).toThrow('line 2');
    expect(() => read('a.jsonl', '"a"\n7\n')).toThrow('entry 2 is 7');
    expect(codeOf(() => read('a.vec', 'cat 1 2\ndog 1 x\n'))).toBe('vectorNumber');
  });

  it('have a beginning of at most 200 characters, none cut in two', () => {
    const [row] = leftOut('a.csv', `text,b\n${'🎉'.repeat(300)}\ncat,1\ndog,2\n`)!;
    expect(row!.excerpt).toBe('🎉'.repeat(100));
    const [odd] = leftOut('a.csv', `text,b\na${'🎉'.repeat(300)}\ncat,1\ndog,2\n`)!;
    expect(odd!.excerpt).toBe(`a${'🎉'.repeat(99)}`);
  });
});

it('a delimiter that most rows share is found though some are ragged', () => {
  const { items, reading } = read('a.csv', 'text;group\ncat;a\ndog, or so;b\nowl\nfox;c\n');
  expect(items).toEqual([
    { text: 'cat', group: 'a' },
    { text: 'dog, or so', group: 'b' },
    { text: 'fox', group: 'c' },
  ]);
  expect(reading?.leftOut).toEqual([{ row: 4, reason: 'otherLength', excerpt: 'owl' }]);
});

it('a matrix takes its rows once each has its text', async () => {
  const bytes = npyOfNumbers(Float32Array.of(1, 2, 3), [3, 1]);
  const labels = { name: 'l.csv', bytes: utf8('text,b\ncat,1\ndog,2\nowl,3\n') };
  const filter = { column: 'b', test: 'atLeast', value: '2' } as const;
  const found = await openFile({ name: 'm.npy', bytes }, [labels], { filter });
  expect(found.items.map(({ text }) => text)).toEqual(['dog', 'owl']);
  expect([...found.vectors!.data]).toEqual([2, 3]);
});
