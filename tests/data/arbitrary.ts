/** Arbitrary datasets for properties of the formats, and what of them can be compared. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Cell, Dataset, NewItem } from '../../src/types';

/** Cells and names that mean something to a parser, a spreadsheet, a page, a file system or JavaScript. */
const hostile = [
  ...['=1+1', '+A1', '-3', '@SUM(A1)', "'", '<script>alert(1)</script>', '../../etc/passwd', 'CON', 'C:\\x'],
  ...['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'length'],
  ...[
    'text',
    'Text',
    'group',
    'label',
    'category',
    'x',
    'y',
    'z',
    'X ',
    'v0',
    'v1',
    'V0',
    'vector',
    'embedding',
    'word',
  ],
  ...[
    'column:x',
    'column:',
    'a,b',
    'a;b',
    'a\tb',
    'a|b',
    'a\nb',
    'a\r\nb',
    'a\rb',
    '"',
    '""',
    'a"b',
    '"a"',
    ' a ',
    '\uFEFFa',
  ],
  ...[
    '007',
    '7',
    '1e3',
    'true',
    'null',
    '[1,2]',
    '{"a":1}',
    'http://x',
    '\u2028',
    'olá',
    '日本',
    '🎉',
    'e\u0301',
    '\u0001',
  ],
];
const raw = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string());
const isText = (one: string) => one.trim() !== '';
/** U+0000 is the one character that text files cannot hold (and NumPy drops at the end of a text). */
const textWithoutNul = raw.map((one) => one.replaceAll('\0', '')).filter(isText);
/** Halves of surrogate pairs, which no UTF-8 holds, and U+0000 too. */
export const anyText = fc
  .array(fc.oneof(raw, fc.constantFrom('\0', '\ud83d', '\udc00', 'a')), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''))
  .filter(isText);
const float = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.float({ min: -1, max: 1, noNaN: true }));
const matrix = (rows: number, dim: number) =>
  fc.array(float, { minLength: rows * dim, maxLength: rows * dim }).map((data) => Float32Array.from(data));

/** Datasets of such texts: with groups or without, cells of all kinds in columns of any name, vectors of `dims` dimensions, positions, a space. */
export function datasets(text: fc.Arbitrary<string>, dims = { min: 2, max: 5 }): fc.Arbitrary<Dataset> {
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    fc.boolean(),
    fc.constant(null),
    fc.constant(''),
  );
  const columns = fc
    .array(fc.tuple(fc.oneof(textWithoutNul, fc.constant('')), cell), { maxLength: 6, minLength: 1 })
    .map((entries) => Object.fromEntries(entries));
  const item: fc.Arbitrary<NewItem> = fc.record({ text, group: text, columns }, { requiredKeys: ['text'] });
  return fc
    .record({
      items: fc.array(item, { minLength: 1, maxLength: 6 }),
      dim: fc.integer(dims),
      axes: fc.constantFrom(2 as const, 3 as const),
    })
    .chain(({ items, dim, axes }) => {
      const rows = items.length;
      return fc.record(
        {
          items: fc.constant(items),
          vectors: matrix(rows, dim).map((data) => ({ data, rows, dim })),
          positions: matrix(rows, axes).map((data) => ({ data, rows, dim: axes })),
          space: fc.record(
            { modelId: textWithoutNul, prompt: textWithoutNul, layer: fc.nat(99), adapter: textWithoutNul },
            { requiredKeys: ['modelId', 'prompt'] },
          ),
        },
        { requiredKeys: ['items', 'vectors'] },
      );
    });
}

/** A cell as delimited text knows it: numbers are their text, and empty, missing and null are one. */
const asText = (value: Cell): string => (value === null ? '' : String(value));
export function textColumns(value: NewItem, map: (text: string) => string): [string, string][] {
  const cells = Object.entries(value.columns ?? {}).map(([name, one]): [string, string] => [
    map(name),
    map(asText(one)),
  ]);
  return cells.filter(([, one]) => one !== '').sort();
}
const bits = (data: Float32Array | undefined) => data && new Uint32Array(data.buffer, data.byteOffset, data.length);

export function expectSameNumbers(found: Dataset, value: Dataset) {
  expect(bits(found.vectors?.data)).toEqual(bits(value.vectors?.data));
  expect(found.vectors?.dim).toBe(value.vectors?.dim);
  expect(bits(found.positions?.data)).toEqual(bits(value.positions?.data));
  expect(found.positions?.dim).toBe(value.positions?.dim);
}
