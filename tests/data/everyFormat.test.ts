/** Arbitrary datasets through every format that can be read back. Where a format loses something, the property says what. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/data/open';
import type { Cell, Dataset, ExportFormat } from '../../src/types';
import { anyText, datasets, expectSameNumbers, textColumns } from './arbitrary';
import { nameFor, writeWhole } from './whole';

const dataset = datasets(anyText, { min: 1, max: 4 });
const forProjector = datasets(anyText, { min: 2, max: 4 });
const options = { vectors: true, spreadsheetSafe: false };
const runs = { numRuns: 100 };

async function through(format: ExportFormat, value: Dataset): Promise<Dataset> {
  return openFile({ name: nameFor(format), bytes: await writeWhole(format, value, options) });
}

/** UTF-8 has no halves of surrogate pairs: U+FFFD stands for each. */
const asUtf8 = (text: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
/** Readers of Parquet and Arrow, others' too, take a byte order mark at the beginning of a text for one. */
const asTyped = (text: string) => asUtf8(text).replace(/^\uFEFF/, '');
/** Text files have no U+0000 either. */
const asTextFile = (text: string) => asUtf8(text).replaceAll('\0', '\uFFFD');
const same = (text: string) => text;

function expectTexts(found: Dataset, value: Dataset, map: (text: string) => string) {
  const held = ({ items }: Dataset, as: (text: string) => string) =>
    items.map(({ text, group }) => [as(text), group === undefined ? undefined : as(group)]);
  expect(held(found, same)).toEqual(held(value, map));
  expectSameNumbers(found, value);
}

/** Cells as a column of one type has them: those of several kinds are texts, null is nothing. */
function typedColumns({ items }: Dataset): [string, Cell][][] {
  const kinds = new Map<string, Set<string>>();
  const all = items.map(({ columns = {} }) => Object.entries(columns).filter(([, cell]) => cell !== null));
  for (const [name, cell] of all.flat()) kinds.set(name, (kinds.get(name) ?? new Set()).add(typeof cell));
  const typed = (name: string, cell: Cell) =>
    kinds.get(name)?.size === 1 && typeof cell !== 'string' ? cell : asTyped(String(cell));
  return all.map((cells) =>
    cells.map(([name, cell]): [string, Cell] => [asTyped(name), typed(name, cell)]).sort(byName),
  );
}

/** No two names that are one without a byte order mark. */
function hasClearNames({ items }: Dataset): boolean {
  const names = new Set(items.flatMap(({ columns = {} }) => Object.keys(columns)));
  return new Set([...names].map(asTyped)).size === names.size;
}

const byName = ([a]: readonly [string, Cell], [b]: readonly [string, Cell]) => (a < b ? -1 : Number(a > b));
const sortedColumns = ({ items }: Dataset) => items.map(({ columns = {} }) => Object.entries(columns).sort(byName));

describe('an arbitrary dataset comes back', () => {
  it.each(['csv', 'tsv'] as const)(
    'from %s: cells as texts, without halves of surrogate pairs and U+0000',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(dataset, async (value) => {
          const found = await through(format, value);
          expectTexts(found, value, asTextFile);
          expect(found.items.map((item) => textColumns(item, same))).toEqual(
            value.items.map((item) => textColumns(item, asTextFile)),
          );
        }),
        runs,
      );
    },
  );

  it('from json: all of it', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, async (value) => {
        const found = await through('json', value);
        expect(found).toEqual(value);
        expectSameNumbers(found, value);
      }),
      runs,
    );
  });

  it('from jsonl: all but what made the vectors', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, async ({ space: _, ...value }) => {
        const found = await through('jsonl', value);
        expect(found).toEqual(value);
        expectSameNumbers(found, value);
      }),
      runs,
    );
  });

  it('from npz: all but U+0000 at the end of a text', async () => {
    const cut = (text: string) => text.replace(/\0+$/, '');
    const isKept = ({ items }: Dataset) =>
      items.every(({ text, group = 'a' }) => cut(text).trim() !== '' && cut(group).trim() !== '');
    await fc.assert(
      fc.asyncProperty(dataset.filter(isKept), async (value) => {
        const found = await through('npz', value);
        expectTexts(found, value, cut);
        expect(found.items.map(({ columns }) => columns)).toEqual(value.items.map(({ columns }) => columns));
        expect(found.space).toEqual(value.space);
      }),
      runs,
    );
  });

  it.each(['parquet', 'arrow', 'capsule'] as const)(
    'from %s: all, in columns of one type, without a byte order mark before a text',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(dataset.filter(hasClearNames), async (value) => {
          const found = await through(format, value);
          expectTexts(found, value, asTyped);
          expect(sortedColumns(found)).toEqual(typedColumns(value));
          expect(found.space).toEqual(value.space);
        }),
        runs,
      );
    },
  );

  it('from a capsule: its settings too', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, fc.dictionary(fc.string(), fc.jsonValue()), async (value, settings) => {
        const whole = JSON.parse(JSON.stringify(settings)) as Readonly<Record<string, unknown>>;
        expect((await through('capsule', { ...value, settings: whole })).settings).toEqual(whole);
      }),
      runs,
    );
  });

  it('from a Projector bundle: without tabs, line ends and byte order marks', async () => {
    const flat = (text: string) => asTextFile(text.replace(/\uFEFF/g, '').replace(/[\t\n\r]+/g, ' '));
    await fc.assert(
      fc.asyncProperty(forProjector, async (value) => {
        const found = await through('projector', value);
        expect(found.items.map(({ text }) => text)).toEqual(value.items.map(({ text }) => flat(text)));
        expect(found.items.map(({ group = '' }) => group)).toEqual(value.items.map(({ group = '' }) => flat(group)));
        expect(found.space).toEqual(value.space);
        expectSameNumbers(found, value);
      }),
      runs,
    );
  });

  it.each([
    ['vec', asTextFile],
    ['bin', asUtf8],
  ] as const)(
    'from word2vec’s %s: words without blanks, the first of equal ones, and their vectors',
    async (format, map) => {
      const wordOf = (text: string) => map(text.trim().replace(/\s+/g, '_'));
      await fc.assert(
        fc.asyncProperty(dataset, async ({ items, vectors }) => {
          const { data, dim } = vectors!;
          const words = items.map(({ text }) => wordOf(text));
          const first = words.flatMap((word, row) => (words.indexOf(word) === row ? [row] : []));
          const found = await through(format, { items, vectors: vectors! });
          expect(found.items).toEqual(first.map((row) => ({ text: words[row] })));
          const kept = first.flatMap((row) => [...data.subarray(row * dim, (row + 1) * dim)]);
          expectSameNumbers(found, { items: [], vectors: { data: Float32Array.from(kept), rows: first.length, dim } });
        }),
        runs,
      );
    },
  );

  it.each(['json', 'npz', 'parquet', 'bin'] as const)('from gzip of %s as from itself', async (format) => {
    await fc.assert(
      fc.asyncProperty(dataset, async (value) => {
        const bytes = await writeWhole(format, value, options);
        const name = nameFor(format);
        const read = async (file: string, content: Uint8Array<ArrayBuffer>) =>
          openFile({ name: file, bytes: content }).catch((error: unknown) => String(error).replaceAll('.gz', ''));
        expect(await read(`${name}.gz`, Uint8Array.from(gzipSync(bytes)))).toEqual(await read(name, bytes));
      }),
      { numRuns: 25 },
    );
  });
});
