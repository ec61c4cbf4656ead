/** A dataset as a table, to be written. */
import type { Dataset } from '../types';
import { writeOwnColumn } from './columns';
import { formatFloat32 } from './float32';

/** The columns of a dataset without its vectors: text, group and positions where there are any, then the items' own. */
export function tableOfDataset({ items, positions }: Dataset): {
  names: string[];
  row: (index: number) => string[];
} {
  const hasGroups = items.some((item) => item.group !== undefined);
  const own = [...new Set(items.flatMap((item) => Object.keys(item.columns ?? {})))];
  const axes = positions ? ['x', 'y', 'z'].slice(0, positions.dim) : [];
  return {
    names: ['text', ...(hasGroups ? ['group'] : []), ...axes, ...own.map((name) => writeOwnColumn(name, hasGroups))],
    row: (index) => {
      const { text, group = '', columns = {} } = items[index]!;
      const at = axes.map((_, axis) => formatFloat32(positions!.data[index * axes.length + axis]!));
      const cells = own.map((name) => (Object.hasOwn(columns, name) ? String(columns[name] ?? '') : ''));
      return [text, ...(hasGroups ? [group] : []), ...at, ...cells];
    },
  };
}
