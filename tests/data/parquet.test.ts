/** Parquet files, those of pyarrow (fixtures/parquet.py) and our own. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/data/open';
import type { Dataset } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { writeWhole } from './whole';

const folder = new URL('fixtures/parquet/', import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`${name}.parquet`, folder)));
const open = (name: string) => openFile({ name: `${name}.parquet`, bytes: bytesOf(name) });
const options = { vectors: true, spreadsheetSafe: false };
const through = async (dataset: Dataset) =>
  openFile({ name: 'a.parquet', bytes: await writeWhole('parquet', dataset, options) });

/** VECTORS of fixtures/parquet.py: exact in each of its types. */
const vectors = [0.5, -1, 2, 0.25, 0, -8, 1.5, 3, 4];
const broken = ['ragged', 'null-list', 'null-number', 'infinite'];
const whole = readdirSync(folder)
  .map((name) => name.replace('.parquet', ''))
  .filter((name) => !broken.includes(name) && name !== 'atlas');

describe('what pyarrow writes', () => {
  it.each(whole)('%s', async (name) => {
    const found = await open(name);
    expect(found.items).toEqual([{ text: 'cat' }, { text: 'olá' }, { text: '🎻' }]);
    expect([...found.vectors!.data]).toEqual(vectors);
  });

  it('with Embedding Atlas’s names, dates, large and missing values', async () => {
    const { items, positions, vectors: none } = await open('atlas');
    expect(none).toBeUndefined();
    expect([...positions!.data]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(items.map(({ columns }) => columns)).toEqual([
      { when: '1970-01-01T00:00:00.000Z', big: 1, ok: true },
      { when: '1970-01-01T00:00:00.001Z', big: '1152921504606846976' },
      { ok: false },
    ]);
  });

  it.each([
    ['null-list', 'noVector'],
    ['null-number', 'noVector'],
    ['infinite', 'vectorNumber'],
  ])('of %s the row without a vector of the others’ kind is left out', async (name, reason) => {
    const { items, vectors: read, reading } = await open(name);
    expect(reading?.leftOut).toMatchObject([{ row: 2, reason }]);
    expect(items).toHaveLength(2);
    expect([...read!.data]).toEqual([1, 2, 3, 4]);
  });

  it('vectors of many lengths are refused with the first of another', async () => {
    const params = { place: '2', found: 1, expected: 2 };
    await expect(open('ragged')).rejects.toMatchObject({ code: 'vectorLength', params });
  });
});

describe('a damaged file', () => {
  const bytes = bytesOf('plain');

  it('ends in an error wherever it is cut', async () => {
    for (let end = 1; end < bytes.length; end += 7) {
      await expect(openFile({ name: 'a.parquet', bytes: bytes.slice(0, end) })).rejects.toMatchObject({
        code: 'parquetDamaged',
      });
    }
  });

  it('ends in an error or in a reading whichever byte is another', async () => {
    for (let at = 0; at < bytes.length; at++) {
      const bent = bytes.slice();
      bent[at]! ^= 0xff;
      const end = await openFile({ name: 'a.parquet', bytes: bent }).then(
        ({ items }) => items.length <= 3,
        (error: unknown) => error instanceof Error && error.name === 'InputError',
      );
      expect(end, `byte ${at}`).toBe(true);
    }
  }, 30_000);
});

describe('what is written', () => {
  const cell = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
  const dataset = fc.integer({ min: 1, max: 4 }).chain((dim) =>
    fc
      .array(
        fc.record({
          text: fc
            .string({ minLength: 1, unit: 'binary' })
            .filter((text) => text.trim() !== '' && !/\p{Surrogate}/u.test(text)),
          numbers: fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: dim, maxLength: dim }),
          cell,
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((rows) => ({ dim, rows })),
  );

  it('comes back: texts, vectors to the bit, cells of one kind', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, async ({ dim, rows }) => {
        const data = Float32Array.from(rows.flatMap(({ numbers }) => numbers));
        const kinds = new Set(rows.map(({ cell: value }) => typeof value));
        const value: Dataset = {
          items: rows.map(({ text, cell: mark }) => ({ text, columns: { mark } })),
          vectors: createMatrix(data, dim),
          positions: { data: new Float32Array(rows.length * 3).fill(0.5), rows: rows.length, dim: 3 },
          space: { modelId: 'm', prompt: 'a {text}', layer: 2 },
        };
        const found = await through(value);
        expect(found.items.map(({ text }) => text)).toEqual(rows.map(({ text }) => text));
        expect(new Uint32Array(found.vectors!.data.buffer)).toEqual(new Uint32Array(data.buffer));
        expect(found.positions).toEqual(value.positions);
        expect(found.space).toEqual(value.space);
        if (kinds.size === 1)
          expect(found.items.map(({ columns }) => columns?.mark)).toEqual(rows.map((row) => row.cell));
      }),
    );
  });

  it('is read by hyparquet’s own list reader too, over several pages', async () => {
    const [rows, dim] = [3000, 400];
    const data = Float32Array.from({ length: rows * dim }, (_, i) => i);
    const items = Array.from({ length: rows }, (_, i) => ({ text: `text ${i}` }));
    const bytes = await writeWhole('parquet', { items, vectors: createMatrix(data, dim) }, options);
    const found = await parquetReadObjects({ file: bytes.slice().buffer, rowStart: 2999, rowEnd: 3000 });
    expect(found).toEqual([{ text: 'text 2999', vector: [...data.subarray(2999 * dim)] }]);
  });
});
