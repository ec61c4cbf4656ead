/** Arrow and Feather files, those of pyarrow (fixtures/arrow.py) and our own. */
import { readdirSync, readFileSync } from 'node:fs';
import { tableFromIPC } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/data/open';
import type { Dataset } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { writeWhole } from './whole';

const folder = new URL('fixtures/arrow/', import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const open = (name: string) => openFile({ name, bytes: bytesOf(name) });
const options = { vectors: true, spreadsheetSafe: false };

/** VECTORS of fixtures/arrow.py: exact in each of its types. */
const vectors = [0.5, -1, 2, 0.25, 0, -8, 1.5, 3, 4];
const others = ['ragged', 'null-list', 'null-number', 'long'];
const whole = readdirSync(folder).filter((name) => !others.some((other) => name.startsWith(other)));

describe('what pyarrow writes', () => {
  it.each(whole)('%s', async (name) => {
    const found = await open(name);
    expect(found.items).toEqual([{ text: 'cat' }, { text: 'olá' }, { text: '🎻' }]);
    expect([...found.vectors!.data]).toEqual(vectors);
  });

  it('in many LZ4 blocks', async () => {
    const { items } = await open('long.feather');
    expect(items).toHaveLength(6000);
    expect(items.every(({ text }, i) => text === `text ${i % 7} of ${i}`)).toBe(true);
  });

  it.each([
    ['ragged', 'vectorLength'],
    ['null-list', 'noVector'],
    ['null-number', 'vectorNumber'],
  ])('of %s the row without a vector of the others’ kind is left out', async (name, reason) => {
    const { items, vectors, reading } = await open(`${name}.feather`);
    expect(reading?.leftOut).toMatchObject([{ row: 2, reason }]);
    expect(vectors?.rows).toBe(items.length);
  });
});

it.each(['uncompressed.feather', 'lz4.feather', 'stream.arrow'])(
  '%s ends in an error or in a reading whichever byte is another',
  async (name) => {
    const bytes = bytesOf(name);
    for (let at = 0; at < bytes.length; at += 7) {
      const bent = bytes.slice();
      bent[at]! ^= 0xff;
      const end = await openFile({ name, bytes: bent }).then(
        ({ items }) => items.length <= 3,
        (error: unknown) => error instanceof Error && error.name === 'InputError',
      );
      expect(end, `byte ${at}`).toBe(true);
    }
  },
);

it('what is written comes back, and says what made the vectors', async () => {
  const dataset: Dataset = {
    items: [
      { text: 'cat', group: 'a', columns: { size: 1.5, ok: true, mixed: 1, vector: 'own' } },
      { text: 'olá', columns: { ok: false, mixed: 'x' } },
    ],
    vectors: createMatrix(Float32Array.of(1, 2, 3, -0), 2),
    positions: { data: Float32Array.of(1, 2, 3, 4), rows: 2, dim: 2 },
    space: { modelId: 'm', prompt: '{text}', adapter: 'abc' },
  };
  const bytes = await writeWhole('arrow', dataset, options);
  const found = await openFile({ name: 'a.arrow', bytes });
  expect(found).toEqual({
    ...dataset,
    items: [
      { text: 'cat', group: 'a', columns: { size: 1.5, ok: true, mixed: '1', vector: 'own' } },
      { text: 'olá', columns: { ok: false, mixed: 'x' } },
    ],
  });
  expect(tableFromIPC(bytes).names).toEqual([
    'text',
    'group',
    'projection_x',
    'projection_y',
    'size',
    'ok',
    'mixed',
    'column:vector',
    'vector',
  ]);
});
