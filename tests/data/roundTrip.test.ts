import { strFromU8, unzipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/data/open';
import { hasRiskyCells } from '../../src/data/spreadsheet';
import { exportFileName, exportFormatOf, type PlainFormat, writePlain } from '../../src/data/write';
import type { Cell, Dataset, NewItem } from '../../src/types';
import { codeOf } from './codeOf';

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
/** U+0000 is the one character that text files cannot hold (and NumPy drops at the end of a text). */
const text = raw.map((one) => one.replaceAll('\0', '')).filter((one) => one.trim() !== '');
const cell: fc.Arbitrary<Cell> = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.boolean(),
  fc.constant(null),
  fc.constant(''),
);
const columns = fc
  .array(fc.tuple(fc.oneof(text, fc.constant('')), cell), { maxLength: 6, minLength: 1 })
  .map((entries) => Object.fromEntries(entries));
const item: fc.Arbitrary<NewItem> = fc.record({ text, group: text, columns }, { requiredKeys: ['text'] });
const float = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.float({ min: -1, max: 1, noNaN: true }));
const matrix = (rows: number, dim: number) =>
  fc.array(float, { minLength: rows * dim, maxLength: rows * dim }).map((data) => Float32Array.from(data));

const dataset: fc.Arbitrary<Dataset> = fc
  .record({
    items: fc.array(item, { minLength: 1, maxLength: 6 }),
    dim: fc.integer({ min: 2, max: 5 }),
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
          { modelId: text, prompt: text, layer: fc.nat(99), adapter: text },
          { requiredKeys: ['modelId', 'prompt'] },
        ),
      },
      { requiredKeys: ['items', 'vectors'] },
    );
  });

const through = (format: PlainFormat, value: Dataset): Dataset =>
  parseFile(exportFileName(format), writePlain(format, value, { vectors: true, spreadsheetSafe: false }));

/** A cell as delimited text knows it: numbers are their text, and empty, missing and null are one. */
const asText = (value: Cell): string => (value === null ? '' : String(value));
function textColumns(value: NewItem, map: (text: string) => string): [string, string][] {
  const cells = Object.entries(value.columns ?? {}).map(([name, one]): [string, string] => [
    map(name),
    map(asText(one)),
  ]);
  return cells.filter(([, one]) => one !== '').sort();
}
const bits = (data: Float32Array | undefined) => data && new Uint32Array(data.buffer, data.byteOffset, data.length);

function expectSameNumbers(found: Dataset, value: Dataset) {
  expect(bits(found.vectors?.data)).toEqual(bits(value.vectors?.data));
  expect(found.vectors?.dim).toBe(value.vectors?.dim);
  expect(bits(found.positions?.data)).toEqual(bits(value.positions?.data));
  expect(found.positions?.dim).toBe(value.positions?.dim);
}

describe('writing and opening again gives the same', () => {
  it.each(['csv', 'tsv'] as const)('%s: texts, groups, cells as text, numbers to the bit', (format) => {
    fc.assert(
      fc.property(dataset, (value) => {
        const found = through(format, value);
        expect(found.items.map(({ text, group }) => [text, group])).toEqual(
          value.items.map(({ text, group }) => [text, group]),
        );
        const same = (one: string) => one;
        expect(found.items.map((one) => textColumns(one, same))).toEqual(
          value.items.map((one) => textColumns(one, same)),
        );
        expectSameNumbers(found, value);
        // What a CSV gave, a CSV keeps: the second round changes nothing, types included.
        expect(through(format, found)).toEqual(found);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['json', 'npz'] as const)('%s: everything', (format) => {
    fc.assert(
      fc.property(dataset, (value) => {
        const found = through(format, value);
        expect(found).toEqual(value);
        expectSameNumbers(found, value);
      }),
      { numRuns: 200 },
    );
  });

  it('jsonl: everything but what made the vectors', () => {
    fc.assert(
      fc.property(dataset, ({ space: _, ...value }) => {
        const found = through('jsonl', value);
        expect(found).toEqual(value);
        expectSameNumbers(found, value);
      }),
      { numRuns: 200 },
    );
  });

  it('projector: the same, with tabs and line ends as blanks and without byte order marks', () => {
    const flat = (one: string) => one.replace(/\uFEFF/g, '').replace(/[\t\r\n]+/g, ' ');
    fc.assert(
      fc.property(dataset, (value) => {
        const found = through('projector', value);
        expect(found.items.map(({ text }) => text)).toEqual(value.items.map(({ text }) => flat(text)));
        expect(found.items.map(({ group = '' }) => group)).toEqual(value.items.map(({ group = '' }) => flat(group)));
        expect(found.space).toEqual(value.space);
        expectSameNumbers(found, value);
      }),
      { numRuns: 150 },
    );
    const own = { items: [{ text: 'a', columns: { 'n\t1': 'b\nc', __proto__: null, x: 5 } }] };
    const vectors = { data: Float32Array.of(1, 2), rows: 1, dim: 2 };
    expect(through('projector', { ...own, vectors }).items[0]!.columns).toEqual({ 'n 1': 'b c', x: 5 });
  });

  it('leaves the vectors out of CSV, TSV and JSON unless asked', () => {
    const value: Dataset = { items: [{ text: 'a' }], vectors: { data: Float32Array.of(1), rows: 1, dim: 1 } };
    for (const format of ['csv', 'tsv', 'json'] as const) {
      const bytes = writePlain(format, value, { vectors: false, spreadsheetSafe: false });
      expect(parseFile(exportFileName(format), bytes)).toEqual({ items: [{ text: 'a' }] });
    }
  });
});

describe('the Projector bundle, by the rules of its readers', () => {
  const value: Dataset = {
    items: [{ text: 'cat\tor\ndog', group: 'pets' }, { text: '\uFEFF\n' }, { text: 'fish' }],
    vectors: { data: Float32Array.of(0.1, -0, 1e-7, 3, 4, 5), rows: 3, dim: 2 },
    positions: { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, dim: 2 },
    space: { modelId: 'm', prompt: '{text}' },
  };
  const write = (one: Dataset) => unzipSync(writePlain('projector', one, { vectors: false, spreadsheetSafe: false }));

  it('has numbers only in the tensors, LF ends, and no blank line', () => {
    expect(strFromU8(write(value)['tensors.tsv']!)).toBe('0.1\t-0.0\n1e-7\t3\n4\t5\n');
    expect(strFromU8(write(value)['metadata.tsv']!)).toBe(
      'text\tgroup\tx\ty\ncat or dog\tpets\t1\t2\n(blank)\t\t3\t4\nfish\t\t5\t6\n',
    );
  });

  it('has a header if and only if there is more than one column', () => {
    const { vectors } = value;
    const alone = write({ items: [{ text: 'a\tb' }, { text: 'c' }, { text: 'd' }], ...(vectors && { vectors }) });
    expect(strFromU8(alone['metadata.tsv']!)).toBe('a b\nc\nd\n');
  });

  it('has a config of the files and their shape', () => {
    expect(JSON.parse(strFromU8(write(value)['projector_config.json']!))).toEqual({
      embeddings: [{ tensorName: 'm', tensorShape: [3, 2], tensorPath: 'tensors.tsv', metadataPath: 'metadata.tsv' }],
      space: { modelId: 'm', prompt: '{text}' },
    });
  });

  it('refuses what the Projector would', () => {
    expect(codeOf(() => write({ items: [{ text: 'a' }] }))).toBe('projectorNeedsVectors');
    const vectors = { data: Float32Array.of(1), rows: 1, dim: 1 };
    expect(codeOf(() => write({ items: [{ text: 'a' }], vectors }))).toBe('projectorDims');
  });
});

describe('spreadsheets', () => {
  const csv = (items: NewItem[], spreadsheetSafe: boolean) =>
    new TextDecoder().decode(writePlain('csv', { items }, { vectors: false, spreadsheetSafe }));

  it('prefixes risky cells and names only when asked, and never numbers', () => {
    const items = [
      { text: '=1+1', columns: { '@n': -3, b: '-3.5e2' } },
      { text: '-dash', columns: { '@n': '\tx', b: 'a=b' } },
    ];
    expect(csv(items, false)).toBe('text,@n,b\n=1+1,-3,-3.5e2\n-dash,\tx,a=b\n');
    expect(csv(items, true)).toBe("text,'@n,b\n'=1+1,-3,-3.5e2\n'-dash,'\tx,a=b\n");
  });

  it('says beforehand whether there are any', () => {
    for (const one of ['=a', '+a', '-a', '@a', '\ta', '\ra']) {
      expect(hasRiskyCells({ items: [{ text: 'a' }, { text: one }] })).toBe(true);
      expect(hasRiskyCells({ items: [{ text: 'a', group: one }] })).toBe(true);
      expect(hasRiskyCells({ items: [{ text: 'a', columns: { [one]: 1 } }] })).toBe(true);
    }
    expect(hasRiskyCells({ items: [{ text: '-3', group: '+1.5', columns: { n: -1e-7 } }] })).toBe(false);
  });
});

describe('exports', () => {
  it('refuse what cannot be written', () => {
    const options = { vectors: true, spreadsheetSafe: false };
    for (const format of ['csv', 'tsv', 'json', 'npz', 'projector'] as const) {
      expect(codeOf(() => writePlain(format, { items: [] }, options))).toBe('exportEmpty');
    }
    expect(codeOf(() => writePlain('csv', { items: [{ text: 'a' }] }, options))).toBe('exportNeedsVectors');
    const vectors = { data: new Float32Array(4), rows: 2, dim: 2 };
    expect(() => writePlain('npz', { items: [{ text: 'a' }], vectors }, options)).toThrow(RangeError);
  });

  it('have names that are no paths, and formats by ending', () => {
    expect(exportFileName('projector')).toBe('constela.zip');
    expect(exportFileName('csv', '../../Minhas palavras: ção')).toBe('Minhas palavras- ção.csv');
    expect(exportFileName('json', '...')).toBe('constela.json');
    expect(exportFormatOf('A.CSV')).toBe('csv');
    expect(exportFormatOf('a.zip')).toBe('projector');
    expect(() => exportFormatOf('a.xlsx')).toThrow('.csv .tsv .json .jsonl .npz');
  });

  it('give the same bytes each time', () => {
    const value = { items: [{ text: 'a' }], vectors: { data: Float32Array.of(1, 2), rows: 1, dim: 2 } };
    for (const format of ['npz', 'projector'] as const) {
      const once = writePlain(format, value, { vectors: true, spreadsheetSafe: false });
      expect(writePlain(format, value, { vectors: true, spreadsheetSafe: false })).toEqual(once);
    }
  });
});
