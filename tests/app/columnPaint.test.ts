import { describe, expect, it } from 'vitest';
import { colouringColumn, columnChoices, paintColumn } from '../../src/app/state/columnPaint';
import { createTheme } from '../../src/scene/theme';

const theme = createTheme({});
const items = [
  { id: 'a', text: 'a', group: 'x', columns: { kind: 'red', stars: 1, note: '' } },
  { id: 'b', text: 'b', group: 'y', columns: { kind: 'blue', stars: 3 } },
  { id: 'c', text: 'c', columns: { kind: 'red', stars: null } },
];

describe('columns that colour', () => {
  it('are all, in order, and those of few whole numbers may be names', () => {
    const choices = columnChoices(items);
    expect(choices.map(({ name }) => name)).toEqual(['kind', 'stars', 'note']);
    expect(choices.map(({ numbers }) => numbers?.few)).toEqual([undefined, true, undefined]);
    expect([...(choices[1]?.numbers?.values ?? [])]).toEqual([1, 3, NaN]);
  });

  it('are told by their name, with or without numbers as categories', () => {
    expect(colouringColumn('column:stars')).toBe('stars');
    expect(colouringColumn('categories:stars')).toBe('stars');
    expect(colouringColumn('group')).toBeUndefined();
  });

  it('give their words or numbers, and anything else the groups', () => {
    const groups = (by: Parameters<typeof paintColumn>[1]) => {
      const paint = paintColumn(items, by, theme);
      return paint.kind === 'categories' ? [paint.entries.map(({ group }) => group), paint.none] : paint.extent;
    };
    expect(groups('group')).toEqual([['x', 'y'], 1]);
    expect(groups('column:kind')).toEqual([['red', 'blue'], 0]);
    expect(groups('column:stars')).toEqual({ low: 1, high: 3, absent: 1 });
    expect(groups('categories:stars')).toEqual([['1', '3'], 1]);
    expect(groups('column:note')).toEqual([[], 3]);
    expect(groups('column:gone')).toEqual([[], 3]);
  });
});
