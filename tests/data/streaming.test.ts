/** Files that come in pieces: whatever the pieces are, what is read is the same, and no more is read than is wanted. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { ByteLines } from '../../src/data/byteLines';
import { Lines } from '../../src/data/lines';
import type { NamedPieces } from '../../src/data/namedFiles';
import { openFile, parseFile } from '../../src/data/open';
import { RowSplitter } from '../../src/data/rowSplitter';
import { groupFiles } from '../../src/data/together';
import type { ReadingOptions } from '../../src/reading';
import type { Dataset, ExportFormat } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { expectSameNumbers } from './arbitrary';
import { workbook } from './workbooks';
import { writeWhole } from './whole';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A file whose pieces have these lengths, over and over. */
function inPieces(name: string, bytes: Uint8Array<ArrayBuffer>, lengths: readonly number[]): NamedPieces {
  async function* pieces() {
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const length = lengths[i % lengths.length]!;
      yield bytes.slice(at, at + length);
      at += length;
    }
  }
  const range = (begin: number, end: number) => bytes.subarray(begin, end);
  return { name, size: bytes.length, pieces, range, whole: () => Promise.resolve(bytes) };
}

/** The outcome of a reading, errors included. */
const outcome = async (work: () => unknown) => {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const cell = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '🎉', '日', '"', ',', ';', '\t', '\n', '\r', '\r\n', ' ', '1', '-'),
  maxLength: 6,
});
const plain = fc.string({ unit: fc.constantFrom('a', 'ç', '🎻', ' ', '7', '.'), maxLength: 8 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
/** So long that several pieces follow the one that tells delimiter and encoding. */
const filler = 'some words that fill the beginning of a file,group\n'.repeat(6000);

describe('whatever the pieces are', () => {
  it('rows and cells are those of the reference, with quotes and line ends in cells, and any line end between rows', () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), lineEnd, lengths, (rows, delimiter, newline, sizes) => {
        const text = Papa.unparse(rows, { delimiter, newline }) + newline;
        const expected = Papa.parse<string[]>(text, { delimiter, newline }).data;
        const found: string[][] = [];
        const splitter = new RowSplitter('a', delimiter, true, (cells) => found.push(cells) > 0);
        for (let at = 0, i = 0; at < text.length; at += sizes[i++ % sizes.length]!)
          splitter.push(text.slice(at, at + sizes[i % sizes.length]!));
        splitter.end();
        // The reference has a blank row behind the last line end.
        expect(found).toEqual(expected.slice(0, -1));
      }),
      { numRuns: 300 },
    );
  });

  it('lines of bytes are those of the text, and what is invalid in them is found', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '🎉'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(line, lineEnd), { maxLength: 6 }), line, lengths, (parts, last, sizes) => {
        const text = parts.map(([line, end]) => line + end).join('') + last;
        const bytes = utf8(`\uFEFF${text}`);
        const found: [string, number][] = [];
        const keep = (kept: [string, number][], line: string, number: number) =>
          line === '' || kept.push([line, number]) > 0;
        const lines: ByteLines = new ByteLines('a', (line, number) => keep(found, lines.decode(line), number));
        const foundOfText: [string, number][] = [];
        const linesOfText = new Lines('a', (line, number) => keep(foundOfText, line, number));
        for (let at = 0, i = 0; at < bytes.length; at += sizes[i++ % sizes.length]!)
          lines.push(bytes.subarray(at, at + sizes[i % sizes.length]!));
        lines.end();
        for (let at = 0, i = 0; at < text.length; at += sizes[i++ % sizes.length]!)
          linesOfText.push(text.slice(at, at + sizes[i % sizes.length]!));
        linesOfText.end();
        // Empty lines are counted, and need not be told of.
        const expected = text.split(/\r\n?|\n/).flatMap((one, i) => (one === '' ? [] : [[one, i + 1]]));
        expect(found).toEqual(expected);
        expect(foundOfText).toEqual(expected);
      }),
      { numRuns: 300 },
    );
    const decoding: ByteLines = new ByteLines('a', (line) => decoding.decode(line) !== '');
    expect(() => decoding.push(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0x62, 0xff, 0x0a))).toThrow(
      'at byte 7, in line 2',
    );
    const nul: ByteLines = new ByteLines('a', (line) => nul.decode(line) !== '');
    expect(() => nul.push(utf8('a\nb\0\n'))).toThrow('line 2 has a NUL character');
  });

  it.each(['csv', 'tsv', 'txt', 'jsonl'])('a .%s reads as it does whole, errors included', async (ending) => {
    const line =
      ending === 'jsonl'
        ? fc.oneof(
            plain.map((text) => JSON.stringify({ text, n: text.length })),
            fc.constant('{"no'),
          )
        : plain;
    const row =
      ending === 'csv' || ending === 'tsv'
        ? fc.oneof(
            cell,
            fc.tuple(plain, plain).map((cells) => cells.join(',')),
          )
        : line;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(row, lineEnd), { maxLength: 8 }), lengths, async (rows, sizes) => {
        const bytes = utf8(rows.map(([text, end]) => text + end).join(''));
        const name = `a.${ending}`;
        const whole = await outcome(() => parseFile(name, bytes));
        expect(await outcome(() => openFile(inPieces(name, bytes, sizes)))).toEqual(whole);
        const half = bytes.length >> 1;
        const packed = new Uint8Array([...gzipSync(bytes.subarray(0, half)), ...gzipSync(bytes.subarray(half))]);
        expect(await outcome(() => openFile(inPieces(`${name}.gz`, packed, sizes)))).toEqual(
          bytes.length === 0 ? expect.stringContaining('0 bytes') : whole,
        );
      }),
      { numRuns: 80 },
    );
  });

  it('characters and CRLF may be cut behind the beginning too', async () => {
    const text = `text,group\r\n${'olá 🎉 日本,a\r\n"two\r\nlines, ""so""",b\r\n'.repeat(4000)}`;
    for (const bytes of [utf8(text), new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))]) {
      const whole = parseFile('a.csv', bytes);
      expect(whole.items).toHaveLength(8000);
      for (const size of [1021, 4099, 65537]) expect(await openFile(inPieces('a.csv', bytes, [size]))).toEqual(whole);
    }
  });

  it.each([1000, 65536, 70001])('an invalid byte has its place, in pieces of %i', async (size) => {
    const before = utf8(filler);
    const bytes = new Uint8Array([...before, ...utf8('caf'), 0xe9, ...utf8('\nchá\n')]);
    const error = { code: 'textInvalidUtf8', params: { offset: before.length + 3, line: 6001 } };
    await expect(openFile(inPieces('a.txt', bytes, [size]))).rejects.toMatchObject(error);
    const cut = new Uint8Array([...before, 0xf0, 0x9f, 0x8e]);
    const end = { code: 'textInvalidUtf8', params: { offset: before.length, line: 6001 } };
    await expect(openFile(inPieces('a.txt', cut, [size]))).rejects.toMatchObject(end);
  });

  it('a quote that is never closed is an error; a TSV in which that happens late has no quoting', async () => {
    const csv = utf8(`text,group\n${filler}"open,a\ncat,b\n`);
    const error = { code: 'csvQuote', params: { row: 6002 } };
    await expect(openFile(inPieces('a.csv', csv, [8192]))).rejects.toMatchObject(error);
    const tsv = utf8(`text\tgroup\n${filler.replaceAll(',', '\t')}"open\ta\ncat\tb\n`);
    const { items } = await openFile(inPieces('a.tsv', tsv, [8192]));
    expect(items.slice(-2)).toEqual([
      { text: '"open', group: 'a' },
      { text: 'cat', group: 'b' },
    ]);
  });

  it('a first cell that is longer than any piece is one cell', async () => {
    const text = 'a "quoted" word '.repeat(100_000);
    const bytes = utf8(`text,group\n"${text.replaceAll('"', '""')}",a\n`);
    expect((await openFile(inPieces('a.csv', bytes, [65536]))).items).toEqual([{ text, group: 'a' }]);
  });
});

describe('no more is read than is wanted', () => {
  /** A file without an end. */
  function endless(name: string, line: string, head = ''): NamedPieces & { taken: number } {
    const piece = utf8(line.repeat(10_000));
    const file = {
      name,
      size: 1e12,
      taken: 0,
      async *pieces() {
        yield utf8(head);
        for (; ; file.taken++) yield piece;
      },
      range: () => {
        throw new Error('it is read from its beginning');
      },
      whole: () => Promise.reject(new Error('it has no end')),
    };
    return file;
  }

  it.each([
    ['a.csv', 'cat,a\n', 'text,group\n'],
    ['a.txt', 'cat\n'],
    ['a.jsonl', '{"text":"cat"}\n'],
    ['a.json', '{"text":"cat"},', '['],
    ['a.json', '{"text":"cat"},', '{"version":1,"items":['],
    ['a.vec', 'cat 1 2\n'],
  ])('the first rows of an endless %s', async (name, line, head?: string) => {
    const file = endless(name, line, head);
    const filter = { column: 'text', test: 'equals', value: 'CAT' } as const;
    const { items, reading } = await openFile(file, [], { limit: { count: 1, take: 'first' }, filter });
    expect(items).toHaveLength(1);
    expect(reading).toMatchObject({ filtered: 0, limited: true });
    expect(file.taken).toBeLessThan(10);
  });

  it('says how far it is, and ends with the signal', async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const reading = openFile(
      endless('a.csv', 'cat,a\n', 'text,group\n'),
      undefined,
      { limit: { count: 9, take: 'sample' } } as ReadingOptions,
      {
        signal: controller.signal,
        onProgress: ({ stage, done, total }) => {
          expect([stage, total]).toEqual(['reading', 1e12]);
          told.push(done);
          if (told.length === 3) controller.abort();
        },
      },
    );
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  describe('of an archive', () => {
    const rows = 1500;
    const items = Array.from({ length: rows }, (_, i) => ({ text: `text ${i}`, group: `g${i % 3}` }));
    const random = (length: number) => Float32Array.from({ length }, (_, i) => Math.fround(Math.sin(i)));
    const dataset: Dataset = {
      items,
      vectors: createMatrix(random(rows * 200), 200),
      positions: { data: random(rows * 3), rows, dim: 3 },
    };
    const cells = items.map(({ text }, i) => `<row r="${i + 1}"><c t="inlineStr"><is><t>${text}</t></is></c></row>`);
    const write = (format: ExportFormat) => writeWhole(format, dataset, { vectors: true, spreadsheetSafe: false });
    const archives: readonly (readonly [name: string, bytes: () => Promise<Uint8Array<ArrayBuffer>>])[] = [
      ['a.npz', () => write('npz')],
      ['a.npz', () => write('npz').then((bytes) => zipSync(unzipSync(bytes)))],
      ['a.constela', () => write('capsule')],
      ['a.zip', () => write('projector')],
      ['a.xlsx', () => Promise.resolve(workbook({ sheets: { one: cells.join('') } }))],
    ];

    it.each(archives)('%s in parts, hardly any of them twice', async (name, made) => {
      const bytes = await made();
      const asked: number[] = [];
      const fail = () => {
        throw new Error('it is never whole');
      };
      const range = (begin: number, end: number) => {
        asked.push(end - begin);
        // Nobody relies on parts being parts of one memory.
        return bytes.slice(begin, end);
      };
      const file: NamedPieces = { name, size: bytes.length, pieces: fail, range, whole: fail };
      const found = await openFile(file);
      const expected = await openFile({ name, bytes });
      expect(found.items).toEqual(expected.items);
      expectSameNumbers(found, expected);
      expect(found.items).toHaveLength(rows);
      // Of a small one its end is all of it.
      expect(Math.max(...asked)).toBeLessThan(Math.max(bytes.length, 70_000));
      expect(asked.reduce((sum, length) => sum + length)).toBeLessThan(bytes.length + 300_000);
    });

    it('that may hold texts or not, hardly anything', async () => {
      const wide = { ...dataset, vectors: createMatrix(random(rows * 1000), 1000) };
      const bytes = await writeWhole('npz', wide, { vectors: true, spreadsheetSafe: false });
      let taken = 0;
      const range = (begin: number, end: number) => {
        taken += end - begin;
        return bytes.slice(begin, end);
      };
      const file: NamedPieces = { ...inPieces('a.npz', bytes, [1]), range };
      expect(await groupFiles([file, inPieces('a.txt', utf8('cat\n'), [1])])).toEqual([[0], [1]]);
      expect(taken).toBeLessThan(bytes.length / 2);
    });
  });
});
