/** word2vec, fastText and GloVe files, as their own writers lay them out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/data/open';
import { parseWordVectorsBinary } from '../../src/data/wordVectors';
import { createMatrix } from '../../src/vectors';
import { codeOf } from './codeOf';
import { writePlainWhole } from './whole';

const utf8 = (text: string) => new TextEncoder().encode(text);
const options = { vectors: true, spreadsheetSafe: false };
const texts = (name: string, bytes: Uint8Array) => parseFile(name, bytes).items.map(({ text }) => text);
const numbers = (name: string, bytes: Uint8Array) => [...parseFile(name, bytes).vectors!.data];

/** Rows as Google's word2vec.c writes them in binary: a line feed after each row, so before the next word. */
function binary(rows: readonly (readonly [string, ...number[]])[], between = ''): Uint8Array {
  const dim = rows[0]!.length - 1;
  const parts = rows.map(([word, ...values], i) =>
    Buffer.concat([Buffer.from(`${i > 0 ? between : ''}${word} `), Buffer.from(Float32Array.from(values).buffer)]),
  );
  return new Uint8Array(Buffer.concat([Buffer.from(`${rows.length} ${dim}\n`), ...parts]));
}

describe('word vectors as text', () => {
  it('reads word2vec’s, whose first line counts, and words with blanks by their last fields', () => {
    const file = utf8('3 2\ncat 0.5 -1\nNew York 1 2\nca\u0301t 3 4 \n');
    expect(texts('a.vec', file)).toEqual(['cat', 'New York', 'ca\u0301t']);
    expect(numbers('a.vec', file)).toEqual([0.5, -1, 1, 2, 3, 4]);
  });

  it('knows GloVe’s, which end in .txt, from a list of texts', () => {
    const row = (word: string, from: number) => [word, ...Array.from({ length: 12 }, (_, i) => from + i / 4)].join(' ');
    const file = utf8(`${row('the', 0)}\n${row('1999', 1)}\n${row('at home', 2)}\n`);
    expect(texts('glove.txt', file)).toEqual(['the', '1999', 'at home']);
    expect(parseFile('glove.txt', file).vectors?.dim).toBe(12);
    const list = utf8('buy 1 2 3 4 5 6 7 8 9 10 of them\nthe first 12 of 1999\n');
    expect(parseFile('list.txt', list).vectors).toBeUndefined();
    expect(parseFile('list.txt', utf8('10 20\ncat\n')).items).toHaveLength(2);
  });

  it('keeps the first of equal words', () => {
    expect(numbers('a.vec', utf8('3 1\ncat 1\ncat 2\ndog 3\n'))).toEqual([1, 3]);
  });

  it.each([
    ['3 2\ncat 1 2\n', 'wordVectorsCount', { expected: 3, found: 1 }],
    ['2 2\ncat 1 2\ndog 1\n', 'vectorLength', { place: '3', found: 1, expected: 2 }],
    ['2 2\ncat 1 2\ndog 1 nan\n', 'vectorNumber', { place: '3', column: 2 }],
    ['1 2\ncat 1 1e99\n', 'vectorNumber', { place: '2', column: 2 }],
    ['0 2\n', 'noTexts', {}],
  ])('refuses %j, saying where', (text, code, params) => {
    expect(() => parseFile('a.vec', utf8(text))).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining(params) }),
    );
  });
});

describe('word vectors in binary', () => {
  const rows = [
    ['cat', 0.5, -1],
    ['olá', 1e-30, 3],
  ] as const;

  it('reads them with and without a line feed before each word', () => {
    for (const between of ['', '\n']) {
      expect(texts('a.bin', binary(rows, between))).toEqual(['cat', 'olá']);
      expect(numbers('a.bin', binary(rows, between))).toEqual([0.5, -1, Math.fround(1e-30), 3]);
    }
  });

  it('reads a large file block by block, each part of it once or nearly so', () => {
    const many = Array.from({ length: 6000 }, (_, row): readonly [string, ...number[]] => {
      // Some words are longer than what is usual, one than two blocks.
      const word = `word ${row}`.replace(' ', '_') + 'x'.repeat(row === 3000 ? 9e6 : row % 700 === 0 ? 5000 : 0);
      return [word, ...Array.from({ length: 300 }, (_, i) => row + i / 512)];
    });
    const bytes = binary(many, '\n');
    const asked: number[] = [];
    const ranges = {
      length: bytes.length,
      subarray: (begin: number, end: number) => {
        const part = bytes.slice(begin, end);
        asked.push(part.length);
        return part;
      },
    };
    const { items, vectors } = parseWordVectorsBinary('a.bin', ranges);
    expect(items.map(({ text }) => text)).toEqual(many.map(([word]) => word));
    expect(vectors!.data).toEqual(Float32Array.from(many.flatMap(([, ...values]) => values)));
    const usual = asked.filter((size) => size <= 1 << 22).reduce((sum, size) => sum + size, 0);
    expect(usual).toBeLessThan(bytes.length);
    expect(Math.max(...asked)).toBeLessThan(2.5 * 9e6);
  });

  it('refuses what its first line does not fit, before anything is read', () => {
    expect(codeOf(() => parseFile('a.bin', utf8('999999999 300\ncat ')))).toBe('wordVectorsShort');
    expect(codeOf(() => parseFile('a.bin', utf8('not word vectors')))).toBe('wordVectorsHead');
    expect(codeOf(() => parseFile('a.bin', utf8('-1 -1\n')))).toBe('wordVectorsHead');
    const cut = binary(rows).slice(0, -2);
    expect(codeOf(() => parseFile('a.bin', cut))).toBe('wordVectorsCount');
    expect(codeOf(() => parseFile('a.bin', binary([['cat', NaN]])))).toBe('vectorNumber');
    const bad = binary([['cat', 1]]);
    bad[bad.indexOf(0x63)] = 0xff;
    expect(codeOf(() => parseFile('a.bin', bad))).toBe('wordVectorsWord');
  });
});

describe('writing', () => {
  const word = fc.stringMatching(/^[a-z0-9ç🎻]{1,8}$/u);
  const table = fc
    .tuple(fc.uniqueArray(word, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 4 }))
    .chain(([words, dim]) =>
      fc
        .array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
          minLength: words.length * dim,
          maxLength: words.length * dim,
        })
        .map((data) => ({
          items: words.map((text) => ({ text })),
          vectors: createMatrix(Float32Array.from(data), dim),
        })),
    );

  it.each(['vec', 'bin'] as const)('%s gives words and numbers back, numbers to the bit', (format) => {
    fc.assert(
      fc.property(table, (value) => {
        const found = parseFile(`a.${format}`, writePlainWhole(format, value, options));
        expect(found.items).toEqual(value.items);
        expect(new Uint32Array(found.vectors!.data.buffer)).toEqual(new Uint32Array(value.vectors.data.buffer));
      }),
    );
  });

  it('has no blanks in a word, and needs vectors', () => {
    const value = { items: [{ text: ' New  York\n' }], vectors: createMatrix(Float32Array.of(1, 2), 2) };
    expect(new TextDecoder().decode(writePlainWhole('vec', value, options))).toBe('1 2\nNew_York 1 2\n');
    expect(codeOf(() => writePlainWhole('bin', { items: value.items }, options))).toBe('exportNeedsVectors');
  });
});
