/** JSON of vectors: lists of numbers without texts, and objects of them by word. `JSON.parse` says what is right. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedPieces } from '../../src/data/namedFiles';
import { openFile, parseFile } from '../../src/data/open';
import { previewFile } from '../../src/data/preview';
import type { ReadingOptions } from '../../src/reading';
import { codeOf } from './codeOf';

const utf8 = (text: string) => new TextEncoder().encode(text);
const open = (text: string, options?: ReadingOptions, name = 'a.json') => parseFile(name, utf8(text), options);

/** A file in pieces of `size` bytes; `taken` counts those that were asked for. */
function inPieces(text: string, size: number) {
  const bytes = utf8(text);
  const counted = { taken: 0 };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) {
      counted.taken++;
      yield bytes.subarray(at, at + size);
    }
  }
  const range = (begin: number, end: number) => bytes.subarray(begin, end);
  const file: NamedPieces = { name: 'a.json', size: bytes.length, pieces, range, whole: () => Promise.resolve(bytes) };
  return { file, counted };
}

const numbers = fc.float({ noNaN: true, noDefaultInfinity: true });
const rows = fc
  .integer({ min: 1, max: 4 })
  .chain((dim) => fc.array(fc.array(numbers, { minLength: dim, maxLength: dim }), { minLength: 1, maxLength: 6 }));
// -0 has no sign in JSON.
const float32 = (lists: readonly (readonly number[])[]) => Float32Array.from(lists.flat(), (value) => value + 0);

describe('number arrays', () => {
  it('are vectors that are named by their number, to the bit, in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 1), async (lists, size, space) => {
        const { file } = inPieces(JSON.stringify(lists, null, space), size);
        const { items, vectors, numbered } = await openFile(file);
        expect(items).toEqual(lists.map((_, i) => ({ text: String(i + 1) })));
        expect(vectors).toEqual({ data: float32(lists), rows: lists.length, dim: lists[0]!.length });
        expect(numbered).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(open('[1, 2]\n\n[3, 4]\n', {}, 'a.jsonl').vectors?.data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('that are none are left out with their entry, and the names of the others stay', () => {
    const { items, vectors, reading } = open(
      '[[1,2],[3],[4,"x"],[5,null],7,[],[8,9],[1,1],[2,2],[3,3],[4,4],[5,5],[6,6]]',
    );
    expect(items.map(({ text }) => text)).toEqual(['1', '7', '8', '9', '10', '11', '12', '13']);
    expect(vectors?.data.slice(0, 4)).toEqual(Float32Array.of(1, 2, 8, 9));
    expect(reading).toEqual({
      rows: 13,
      leftOut: [
        { row: 2, reason: 'vectorLength', excerpt: '[3]' },
        { row: 3, reason: 'vectorNumber', excerpt: '[4,"x"]' },
        { row: 4, reason: 'vectorNumber', excerpt: '[5,null]' },
        { row: 5, reason: 'notAnObject', excerpt: '7' },
        { row: 6, reason: 'noVector', excerpt: '[]' },
      ],
      filtered: 0,
      limited: false,
    });
    expect(() => open('[[1,2],[3],[4]]')).toThrow('the vector of row 2 has 1 numbers; the first has 2');
    for (const other of ['[["a",1],["b",2]]', '[[[1,2]]]', '[[]]', '[[null,1]]'])
      expect(
        codeOf(() => open(other)),
        other,
      ).toBe('jsonShape');
    expect(codeOf(() => open('[[1,2],[3,4]', {}))).toBe('jsonSyntax');
  });

  it('are read no further than they are wanted', async () => {
    const { file, counted } = inPieces(JSON.stringify(Array.from({ length: 20_000 }, (_, i) => [i, -i])), 1 << 16);
    const { items, reading } = await openFile(file, [], { limit: { count: 3, take: 'first' } });
    expect(items).toHaveLength(3);
    expect(reading?.limited).toBe(true);
    expect(counted.taken).toBe(1);
  });
});

describe('an object of number arrays', () => {
  it('holds vectors by word, in any pieces', async () => {
    const words = fc.uniqueArray(
      fc.oneof(fc.string({ minLength: 1, maxLength: 5 }), fc.constantFrom('items', '__proto__', '7', 'a"b', '🎻')),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: 1, max: 40 }), numbers, async (keys, size, number) => {
        const kept = keys.filter((word) => word.trim() !== '');
        fc.pre(kept.length > 0);
        const written = `{${keys.map((word, i) => `${JSON.stringify(word)}: [${i}, ${JSON.stringify(number)}]`).join(', ')}}`;
        const { items, vectors, numbered } = await openFile(inPieces(written, size).file);
        // By word: where one is called as the entries of an export, the whole is parsed, and JSON has its own order of numbers.
        const rowOf = new Map(items.map(({ text }, row) => [text, row]));
        expect([...rowOf.keys()].sort()).toEqual([...kept].sort());
        for (const [i, word] of keys.entries())
          if (word.trim() !== '')
            expect(vectors!.data.slice(2 * rowOf.get(word)!, 2 * rowOf.get(word)! + 2)).toEqual(float32([[i, number]]));
        expect(numbered).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('may have members that are none, which are listed', () => {
    const { items, reading } = open(
      '{"model": "m", "a": [1, 2], "b": [3], "a": [4, 5], "c": [6, 7], "d": [8, 9], "e": [0, 1]}',
    );
    expect(items.map(({ text }) => text)).toEqual(['a', 'c', 'd', 'e']);
    expect(reading?.leftOut).toEqual([
      { row: 1, reason: 'noVector', excerpt: '"model": "m"' },
      { row: 3, reason: 'vectorLength', excerpt: '"b": [3]' },
      { row: 4, reason: 'repeated', excerpt: '"a": [4,5]' },
    ]);
    expect(open('{"items": [1, 2], "b": [3, 4]}').items.map(({ text }) => text)).toEqual(['items', 'b']);
  });

  it('that holds something else keeps its meaning, or is refused as it was', () => {
    for (const other of [
      '{"colour": "red"}',
      '{"rgb": [1,2,3], "name": "x", "of": "y"}',
      '{}',
      '{"a": [[1,2]]}',
      '{"a": ["b"]}',
    ])
      expect(
        codeOf(() => open(other)),
        other,
      ).toBe('jsonShape');
    expect(open('{"shape": [1, 2], "items": [{"text": "cat"}]}').items).toEqual([{ text: 'cat' }]);
    expect(() => open('{"a": [1, 2], "b": [3], "c": [4]}')).toThrow('the vector of row 2 has 1 numbers');
    expect(codeOf(() => open('{"a": [1, 2], "b": [3, 4'))).toBe('jsonSyntax');
    expect(codeOf(() => open('{"a": [1, 2], "b": [3, x]}'))).toBe('jsonSyntax');
  });
});

it('nothing is asked of a file of vectors before it is opened', async () => {
  for (const text of ['[[1,2],[3,4]]', '{"a":[1,2]}'])
    expect(await previewFile('a.json', new Blob([text]))).toBeUndefined();
});
