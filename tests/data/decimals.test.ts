/** Numbers and lists of numbers that are read from bytes: held against the engine's own reading of the same text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecimalReader } from '../../src/data/decimals';
import { NumberList } from '../../src/data/numberList';
import { parseFile } from '../../src/data/open';
import { VectorField } from '../../src/data/vectorField';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => {
  const reader = new DecimalReader();
  const value = reader.next(utf8(text), 0);
  return { value, end: reader.end };
};
const isJson = (text: string) => {
  try {
    return typeof JSON.parse(text) === 'number';
  } catch {
    return false;
  }
};

/** Half way between a float32 and the next one up, in all its digits. */
function midpoint(bits: number): string {
  const [at, next] = new Float32Array(Uint32Array.of(bits, bits + 1).buffer);
  return ((at! + next!) / 2).toPrecision(60);
}

const digits = (most: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most });
const written = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: -1, max: 1, noNaN: true }).map((value) => value.toFixed(20)),
  fc
    .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 40 }))
    .map(([value, places]) => value.toPrecision(places)),
  fc.tuple(digits(25), digits(25)).map(([whole, part]) => `${BigInt(whole)}.${part}`),
  fc.tuple(digits(3), fc.integer({ min: -50, max: 50 })).map(([whole, power]) => `-${Number(whole)}e${power}`),
  fc.integer({ min: 0x20000000, max: 0x50000000 }).map(midpoint),
  fc.integer({ min: 0x20000000, max: 0x50000000 }).map((bits) => `${midpoint(bits)}1`),
  fc
    .integer({ min: 0x20000000, max: 0x50000000 })
    .map((bits) => midpoint(bits).replace(/\d(?=0*$)/, (digit) => String(Math.max(0, Number(digit) - 1)))),
);

describe('a decimal in bytes', () => {
  it('is the float32 that its text is, to the bit, and ends where it ends', () => {
    fc.assert(
      fc.property(written, fc.constantFrom('', ',', ']', ' 1'), (text, rest) => {
        const { value, end } = read(text + rest);
        expect(value).toBe(Math.fround(Number(text)));
        expect(end).toBe(text.length);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '-0',
    '-0.0',
    '0e99',
    '1E5',
    '3.4028235e38',
    '3.5e38',
    '1e-46',
    '0.00000000000000000000000000000000001',
    '9007199254740993',
  ])('reads %s', (text) => expect(read(text).value).toBe(Math.fround(Number(text))));

  it('is no number where JSON has none', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123.-+eE'), maxLength: 7 });
    fc.assert(
      fc.property(text, (text) => {
        const { value, end } = read(text);
        // What follows a number is not its matter.
        if (isJson(text)) expect(value).toBe(Math.fround(Number(text)));
        else expect(Number.isNaN(value) || end < text.length).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a list of numbers in bytes', () => {
  it('is the array that JSON makes of it, as float32', () => {
    const space = fc.constantFrom('', '', ' ', '\t ', '\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(space, written, space), { minLength: 1, maxLength: 5 }), (parts) => {
        const text = `[${parts.map((part) => part.join('')).join(',')}]`;
        const list = new NumberList();
        const end = list.read(utf8(`x${text},`), 1);
        const expected = (JSON.parse(text) as number[]).map(Math.fround);
        const isFinite = expected.every(Number.isFinite);
        expect(end).toBe(isFinite ? text.length + 1 : -1);
        if (isFinite) expect([...list.numbers]).toEqual(expected);
        if (isFinite) expect(JSON.stringify(list)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('may be longer than any before', () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => i / 8);
    const list = new NumberList();
    list.read(utf8(JSON.stringify(numbers)), 0);
    expect([...list.numbers]).toEqual(numbers);
  });

  it.each([
    '[]',
    '[1,]',
    '[1 2]',
    '[01]',
    '[1',
    '[1,null]',
    '[[1]]',
    '[1e39]',
    '["1"]',
    '[NaN]',
    '[1.]',
    '[.5]',
    '[+1]',
    '{}',
  ])('leaves %s to the engine', (text) => expect(new NumberList().read(utf8(text), 0)).toBe(-1));
});

describe('the vector of a JSON object', () => {
  const field = () => new VectorField('vector');

  it('stands in the object as a list, beside what else is there', () => {
    const object = field().read(utf8('{ "text": "olá [1]", "tags": [1, 2], "vector" : [1, 2.5], "__proto__": 3 }'));
    expect(Object.keys(object!)).toEqual(['text', 'tags', 'vector', '__proto__']);
    expect(object!['text']).toBe('olá [1]');
    expect([...(object!['vector'] as NumberList).numbers]).toEqual([1, 2.5]);
  });

  it.each([
    ['of an object within', '{"a":{"vector":[1]},"vector":null}'],
    ['of the same name that comes later', '{"vector":[1],"vector":[2,3]}'],
    ['in a text', String.raw`{"text":"\"vector\":[1]","vector":"x"}`],
    ['beside the mark', String.raw`{"vector":[1],"a":"\u0000"}`],
    ['within, beside the mark', String.raw`{"a":{"vector":[1]},"vector":["\u0000"]}`],
    ['in no JSON', '{"vector":[1],}'],
    ['behind another text', '{"a":"b"vector":[1]}'],
    ['in a list', '[{"vector":[1]}]'],
    ['that is none', '{"vector":[1,"2"]}'],
  ])('is left to the engine %s', (_, json) => expect(field().read(utf8(json))).toBeUndefined());

  it('reads as in a file that the engine reads as a whole', () => {
    // The first thousand tell what the columns are.
    const head = Array.from({ length: 1000 }, (_, i) => ({ text: `t${i}`, vector: [i, 1 / (i + 1), -0.1] }));
    const vector = fc.oneof(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 }),
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 3 }),
      fc.constantFrom(null, [], 'x', [1, null, 2], { vector: [1, 2, 3] }),
    );
    const object = fc.record(
      {
        text: fc.string({ unit: 'grapheme', maxLength: 4 }),
        vector,
        more: fc.jsonValue(),
        tags: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })),
      },
      { requiredKeys: ['text'] },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(object, fc.constantFrom('a', 3)), { maxLength: 6 }),
        fc.constantFrom(undefined, 1),
        (rest, indent) => {
          const entries = [...head, ...rest];
          const lines = entries.map((entry) => JSON.stringify(entry, null, indent).replaceAll('\n', ' '));
          const found = parseFile('a.jsonl', utf8(lines.join('\n')));
          expect(found).toEqual(parseFile('a.json', utf8(`[${lines.join(',')}]`)));
        },
      ),
      { numRuns: 50 },
    );
  });
});
