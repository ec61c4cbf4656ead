/** Which category each item has, by what a person chose to supervise the map. */
import type { Item, Supervision } from './types';

export interface Categories {
  /** Each item's category, numbered in order of first appearance; -1 where it has none. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** How many there are. */
  readonly count: number;
  /** Items that have one. */
  readonly labelled: number;
}

/** Fewer items a category than this on average, and hardly any would draw its like: an own number or name each, perhaps. */
export const fewestItems = 3;

/** Values are alike if they are written alike: 1 and "1" are one category. A blank one is none. */
export function categoriesOf(items: readonly Item[], supervision: Supervision): Categories {
  const numberOf = new Map<string, number>();
  let labelled = 0;
  const labels = Int32Array.from(items, (item) => {
    const value = valueOf(item, supervision);
    if (value.trim() === '') return -1;
    labelled++;
    const known = numberOf.get(value) ?? numberOf.size;
    numberOf.set(value, known);
    return known;
  });
  return { labels, count: numberOf.size, labelled };
}

/** Whether there are too many categories for their number of items to shape a map. */
export function areTooMany({ count, labelled }: Categories): boolean {
  return count * fewestItems > labelled;
}

/** The items' own columns, in order of first appearance. */
export function columnNames(items: readonly Item[]): string[] {
  return [...new Set(items.flatMap(({ columns }) => Object.keys(columns ?? {})))];
}

/** The column that supervises; undefined where none does. */
export function columnOf(supervision: Supervision): string | undefined {
  return supervision.startsWith(columnPrefix) ? supervision.slice(columnPrefix.length) : undefined;
}

const columnPrefix = 'column:';

function valueOf({ group, columns }: Item, supervision: Supervision): string {
  if (supervision === 'group') return group ?? '';
  const name = columnOf(supervision);
  // A column called `__proto__` is only a column.
  const cell = name !== undefined && columns && Object.hasOwn(columns, name) ? columns[name] : undefined;
  return String(cell ?? '');
}
