import { describe, expect, it } from 'vitest';
import { areTooMany, categoriesOf, columnNames, columnOf } from '../src/categories';
import type { Cell, Item } from '../src/types';

function item(id: string, group?: string, columns?: Record<string, Cell>): Item {
  return { id, text: id, ...(group !== undefined && { group }), ...(columns && { columns }) };
}

const items = [
  item('a', 'birds', { size: 3, wild: true }),
  item('b', 'fish', { size: '3', wild: false }),
  item('c', 'birds', { size: null }),
  item('d', undefined, { size: ' ', colour: 'red' }),
  item('e', '', undefined),
];

describe('categoriesOf', () => {
  it('numbers groups in order of first appearance, and none -1', () => {
    const found = categoriesOf(items, 'group');
    expect(found).toEqual({ labels: Int32Array.of(0, 1, 0, -1, -1), count: 2, labelled: 3 });
  });

  it('takes values that are written alike for one category, and blank ones for none', () => {
    expect(categoriesOf(items, 'column:size')).toEqual({
      labels: Int32Array.of(0, 0, -1, -1, -1),
      count: 1,
      labelled: 2,
    });
    expect(categoriesOf(items, 'column:wild').labels).toEqual(Int32Array.of(0, 1, -1, -1, -1));
  });

  it('has no category where nothing supervises, and by a column that nobody has', () => {
    const none = { labels: new Int32Array(5).fill(-1), count: 0, labelled: 0 };
    expect(categoriesOf(items, 'none')).toEqual(none);
    expect(categoriesOf(items, 'column:gone')).toEqual(none);
    // Every object inherits these two.
    expect(categoriesOf(items, 'column:__proto__')).toEqual(none);
    expect(categoriesOf(items, 'column:constructor')).toEqual(none);
    expect(categoriesOf([], 'group')).toEqual({ labels: new Int32Array(0), count: 0, labelled: 0 });
  });

  it('reads a column of any name', () => {
    const odd = [item('a', undefined, Object.fromEntries([['__proto__', 'x']])), item('b', undefined, { 'a:b': 'y' })];
    expect(categoriesOf(odd, 'column:__proto__').labels).toEqual(Int32Array.of(0, -1));
    expect(categoriesOf(odd, 'column:a:b').labels).toEqual(Int32Array.of(-1, 0));
    expect(columnOf('column:a:b')).toBe('a:b');
    expect(columnOf('group')).toBeUndefined();
  });
});

it('areTooMany where a category has fewer than three texts on average', () => {
  const of = (sizes: number[]) =>
    categoriesOf(
      sizes.flatMap((size, group) => Array.from({ length: size }, (_, i) => item(`${group} ${i}`, `g${group}`))),
      'group',
    );
  expect(areTooMany(of([3, 3]))).toBe(false);
  expect(areTooMany(of([3, 2]))).toBe(true);
  expect(areTooMany(of([5, 1]))).toBe(false);
  expect(areTooMany(of([1, 1, 1]))).toBe(true);
});

it('columnNames in order of first appearance', () => {
  expect(columnNames(items)).toEqual(['size', 'wild', 'colour']);
  expect(columnNames([item('a')])).toEqual([]);
});
