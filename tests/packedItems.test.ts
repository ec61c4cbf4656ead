import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewItem } from '../src/types';
import { packItems, unpackItems } from '../src/packedItems';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const name = fc.oneof(fc.constantFrom('__proto__', 'constructor', '0', '', 'year'), text);
const cell = fc.oneof(text, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const columns = fc.array(fc.tuple(name, cell), { maxLength: 4 }).map((cells) => Object.fromEntries(cells));
const items: fc.Arbitrary<NewItem[]> = fc.array(
  fc
    .record({ text, group: fc.option(text), columns: fc.option(columns) })
    .map(({ text, group, columns }) => ({ text, ...(group !== null && { group }), ...(columns && { columns }) })),
);

/** As `toStrictEqual`, with the order of the columns, and `__proto__` among them as one. */
const told = ({ columns, ...rest }: NewItem) => ({ ...rest, ...(columns && { columns: Object.entries(columns) }) });

test('items come out as they went in, columns in their order', () => {
  fc.assert(
    fc.property(items, (given) => {
      const found = unpackItems(structuredClone(packItems(given)));
      expect(found.map(told)).toStrictEqual(given.map(told));
      for (const { columns } of found) if (columns) expect(Object.getPrototypeOf(columns)).toBe(Object.prototype);
    }),
  );
});

test('ids go with them where all have one', () => {
  const given = [
    { id: 'a', text: 'cat', columns: { year: 1999 } },
    { id: '', text: 'dog' },
  ];
  expect(unpackItems(packItems(given))).toStrictEqual(given);
  expect(unpackItems(packItems([...given, { text: 'bird' }])).map(({ text }) => text)).toEqual(['cat', 'dog', 'bird']);
});

test('texts of more than a block come in several, and one that is larger is whole', () => {
  const given = [1, 900_000, 200_000, 3_000_000, 0, 5].map((length, i) => ({ text: String(i).repeat(length) }));
  const packed = packItems(given);
  expect(packed.texts.blocks.map(({ count }) => count)).toEqual([3, 1, 2]);
  expect(unpackItems(packed)).toEqual(given);
});
