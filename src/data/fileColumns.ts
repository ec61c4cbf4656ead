/** The columns of a dataset for formats whose columns have types: Parquet and Arrow. */
import type { Cell, Dataset } from '../types';
import { writeOwnColumn } from './columns';

/** Under which a file's metadata say what made the vectors, as JSON. */
export const spaceKeyOfFiles = 'constela';

/** A column; `undefined` where a row has nothing. */
export type FileColumn = { readonly name: string } & (
  | { readonly kind: 'text'; readonly values: readonly (string | undefined)[] }
  | { readonly kind: 'number'; readonly values: readonly (number | undefined)[] }
  | { readonly kind: 'boolean'; readonly values: readonly (boolean | undefined)[] }
  | { readonly kind: 'float32'; readonly values: Float32Array<ArrayBuffer> }
);

const axes = ['projection_x', 'projection_y', 'projection_z'];

/**
 * `text`, `group`, `projection_x`, `projection_y`, `projection_z` (Embedding Atlas's names) and the items' own columns, named as in
 * `writeDelimited`: numbers, booleans, or where their kinds are mixed texts. The vectors are none of them. What reads such columns may take
 * a byte order mark before a text or a name away.
 */
export function fileColumns({ items, positions }: Dataset): FileColumn[] {
  const hasGroups = items.some(({ group }) => group !== undefined);
  const own = [...new Set(items.flatMap(({ columns = {} }) => Object.keys(columns)))];
  const columns: FileColumn[] = [{ name: 'text', kind: 'text', values: items.map(({ text }) => text) }];
  if (hasGroups) columns.push({ name: 'group', kind: 'text', values: items.map(({ group }) => group) });
  if (positions) {
    const { data, dim } = positions;
    for (let axis = 0; axis < dim; axis++) {
      const values = Float32Array.from(items, (_, row) => data[row * dim + axis]!);
      columns.push({ name: axes[axis]!, kind: 'float32', values });
    }
  }
  for (const name of own) {
    const cells = items.map(({ columns: cells = {} }) => (Object.hasOwn(cells, name) ? cells[name] : undefined));
    columns.push(ownColumn(writeOwnColumn(name, hasGroups), cells));
  }
  return columns;
}

function ownColumn(name: string, cells: readonly (Cell | undefined)[]): FileColumn {
  const values = cells.map((cell) => cell ?? undefined);
  if (isAll(values, (cell) => typeof cell === 'number')) return { name, kind: 'number', values };
  if (isAll(values, (cell) => typeof cell === 'boolean')) return { name, kind: 'boolean', values };
  return { name, kind: 'text', values: values.map((cell) => (cell === undefined ? undefined : String(cell))) };
}

function isAll<T extends Cell>(
  values: readonly (Cell | undefined)[],
  is: (cell: Cell) => cell is T,
): values is readonly (T | undefined)[] {
  const known = values.filter((cell) => cell !== undefined);
  return known.length > 0 && known.every(is);
}
