/** Rows and columns of a dataset that was read whole, as they are chosen: `TableReader` does it while it reads. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Cell, Dataset, NewItem } from '../types';
import { takeRows } from '../vectors';
import { Rows, testOf } from './rows';

/**
 * The dataset with the rows and own columns that are wanted, and their vectors and positions; itself where nothing is chosen. A
 * collection's settings are of all its texts, so they stay behind where rows do. Throws where a column is not there, or no row is left.
 */
export function chooseRows(file: string, dataset: Dataset, options: ReadingOptions): Dataset {
  const { filter, keep, limit } = options;
  if (!filter && !keep && !limit) return dataset;
  checkColumns(file, dataset, [...(filter ? [filter.column] : []), ...(keep ?? [])]);
  const rows = new Rows(file, options);
  const passes = filterOf(options);
  const at: number[] = [];
  dataset.items.every((item, row) => {
    if (!rows.begin()) return false;
    if (!passes(item)) rows.passOver();
    else {
      const slot = rows.keep();
      if (slot >= 0) at[slot] = row;
    }
    return true;
  });
  const order = rows.order().map((slot) => at[slot]!);
  const { vectors, positions, settings, reading, ...rest } = dataset;
  const told = rows.told.reading;
  const isWhole = order.length === dataset.items.length;
  return {
    ...rest,
    items: order.map((row) => withColumns(dataset.items[row]!, keep)),
    ...(vectors && { vectors: takeRows(vectors, order) }),
    ...(positions && { positions: takeRows(positions, order) }),
    ...(settings && isWhole && { settings }),
    ...((told ?? reading) && {
      reading: {
        rows: reading?.rows ?? told?.rows ?? dataset.items.length,
        leftOut: reading?.leftOut ?? [],
        filtered: told?.filtered ?? 0,
        limited: told?.limited ?? false,
        ...(reading?.unplaced && { unplaced: reading.unplaced }),
      },
    }),
  };
}

/** Whether an item passes the filter, if there is one. */
export function filterOf({ filter }: ReadingOptions): (item: NewItem) => boolean {
  if (!filter) return () => true;
  const passes = testOf(filter);
  return (item) => passes(cellOf(item, filter.column));
}

function checkColumns(file: string, { items }: Dataset, asked: readonly string[]): void {
  if (asked.length === 0) return;
  const names = ['text', ...(items.some(({ group }) => group !== undefined) ? ['group'] : [])];
  const known = new Set([...names, ...items.flatMap(({ columns }) => Object.keys(columns ?? {}))]);
  const missing = asked.find((name) => !known.has(name));
  if (missing !== undefined)
    throw new InputError('columnMissing', { file, column: missing, columns: [...known].join(', ') });
}

function cellOf({ text, group, columns = {} }: NewItem, column: string): Cell | undefined {
  if (Object.hasOwn(columns, column)) return columns[column];
  return column === 'text' ? text : column === 'group' ? group : undefined;
}

function withColumns(item: NewItem, keep: readonly string[] | undefined): NewItem {
  if (!keep || !item.columns) return item;
  const { columns, ...rest } = item;
  const kept = Object.entries(columns).filter(([name]) => keep.includes(name));
  return { ...rest, ...(kept.length > 0 && { columns: Object.fromEntries(kept) }) };
}
