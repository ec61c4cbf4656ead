/** Which category each item has, by its group or by one of its own columns. */
import type { Cell, ColourBy, Item, SizeBy, Supervision } from './types';

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
  const labels = Int32Array.from(categoryNames(items, supervision), (name) => {
    if (name === undefined) return -1;
    labelled++;
    const known = numberOf.get(name) ?? numberOf.size;
    numberOf.set(name, known);
    return known;
  });
  return { labels, count: numberOf.size, labelled };
}

/** Each item's category by its name, as `categoriesOf` tells them; undefined where it has none. */
export function categoryNames(items: readonly Item[], supervision: Supervision): (string | undefined)[] {
  return items.map((item) => {
    const value = valueOf(item, supervision);
    return value.trim() === '' ? undefined : value;
  });
}

/** Whether there are too many categories for their number of items to shape a map. */
export function areTooMany({ count, labelled }: Categories): boolean {
  return count * fewestItems > labelled;
}

/** The items' own columns, in order of first appearance. */
export function columnNames(items: readonly Item[]): string[] {
  const names = new Set<string>();
  for (const { columns } of items) for (const name of Object.keys(columns ?? {})) names.add(name);
  return [...names];
}

/** The column that supervises, colours or sizes; undefined where none does. */
export function columnOf(chosen: Supervision | ColourBy | SizeBy): string | undefined {
  return chosen.startsWith(columnPrefix) ? chosen.slice(columnPrefix.length) : undefined;
}

const columnPrefix = 'column:';

/** An item's own cell of a column; undefined where it has none. A column called `__proto__` is only a column. */
export function cellOf({ columns }: Item, name: string): Cell | undefined {
  return columns && Object.hasOwn(columns, name) ? columns[name] : undefined;
}

function valueOf(item: Item, supervision: Supervision): string {
  if (supervision === 'group') return item.group ?? '';
  const name = columnOf(supervision);
  return String((name === undefined ? undefined : cellOf(item, name)) ?? '');
}
