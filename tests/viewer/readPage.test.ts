/** The data of a standalone page: what was cut or edited on its way is refused, not shown. */
import { expect, test } from 'vitest';
import { itemsOf, readPage } from '../../src/viewer/readPage';
import { catalogues } from '../../src/viewer/messages';

const data = {
  title: 'Words',
  language: 'en',
  texts: ['cat', 'dog'],
  groups: ['animals', null],
  columns: {
    names: ['__proto__', 'legs'],
    rows: [
      [null, 4],
      ['x', true],
    ],
  },
  dims: 2,
  positions: [0, 1, 2, 3],
  k: 1,
  neighbours: [1, 0],
  cosines: [0.5, 0.5],
};

test('texts with their groups and columns become items', () => {
  const page = readPage(JSON.stringify(data));
  expect(page).toEqual(data);
  const items = itemsOf(page!);
  expect(items[0]).toEqual({ id: '0', text: 'cat', group: 'animals', columns: { legs: 4 } });
  expect(Object.entries(items[1]?.columns ?? {})).toEqual([
    ['__proto__', 'x'],
    ['legs', true],
  ]);
  expect(Object.hasOwn(items[1] ?? {}, 'group')).toBe(false);
});

test.each([
  ['cut', JSON.stringify(data).slice(0, -9)],
  ['another language', JSON.stringify({ ...data, language: 'xx' })],
  ['a text that is none', JSON.stringify({ ...data, texts: ['cat', 1] })],
  ['too few positions', JSON.stringify({ ...data, positions: [0, 1, 2] })],
  ['a position that is none', JSON.stringify({ ...data, positions: [0, 1, 2, null] })],
  ['a neighbour that is not there', JSON.stringify({ ...data, neighbours: [1, 2] })],
  ['a column too few', JSON.stringify({ ...data, columns: { names: ['a'], rows: [[1]] } })],
  ['four dimensions', JSON.stringify({ ...data, dims: 4 })],
  ['no object', 'null'],
])('damaged data is refused: %s', (_what, json) => expect(readPage(json)).toBeUndefined());

test('both languages have the same places to fill', () => {
  const places = (text: string) => text.match(/\{\w+\}/g)?.sort() ?? [];
  for (const [key, text] of Object.entries(catalogues.en)) {
    const other = Object.entries(catalogues['pt-BR']).find(([name]) => name === key)?.[1] ?? '';
    expect([key, places(other)]).toEqual([key, places(text)]);
    expect(other).not.toBe('');
  }
});
