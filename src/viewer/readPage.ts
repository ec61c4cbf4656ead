/** The data of the page, checked: a file may have been cut or edited on its way. */
import type { PageData } from '../standalone';
import type { Cell, Item } from '../types';

/** What `json` holds, or undefined where it is no data of a page. */
export function readPage(json: string): PageData | undefined {
  try {
    const data: unknown = JSON.parse(json);
    return isPageData(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** The texts with their groups and columns; ids are their rows. */
export function itemsOf({ texts, groups, columns }: PageData): Item[] {
  return texts.map((text, row) => {
    const group = groups?.[row];
    const cells = columns?.names.flatMap((name, i): [string, Cell][] => {
      const cell = columns.rows[row]?.[i] ?? null;
      return cell === null ? [] : [[name, cell]];
    });
    return {
      id: String(row),
      text,
      ...(typeof group === 'string' && { group }),
      ...(cells && { columns: Object.fromEntries(cells) }),
    };
  });
}

function isPageData(value: unknown): value is PageData {
  if (typeof value !== 'object' || value === null) return false;
  const { title, language, model, texts, groups, columns, dims, positions, k, neighbours, cosines } = value as Readonly<
    Record<string, unknown>
  >;
  if (typeof title !== 'string' || (language !== 'en' && language !== 'pt-BR')) return false;
  if (model !== undefined && typeof model !== 'string') return false;
  if (!isList(texts, (text) => typeof text === 'string') || (dims !== 2 && dims !== 3) || typeof k !== 'number')
    return false;
  const rows = texts.length;
  const isRow = (row: unknown) => Number.isInteger(row) && Number(row) >= 0 && Number(row) < rows;
  return (
    (groups === undefined || isList(groups, (group) => group === null || typeof group === 'string', rows)) &&
    (columns === undefined || isColumns(columns, rows)) &&
    isList(positions, Number.isFinite, rows * dims) &&
    isList(neighbours, isRow, rows * k) &&
    isList(cosines, Number.isFinite, rows * k)
  );
}

function isColumns(value: unknown, rows: number): boolean {
  if (typeof value !== 'object' || value === null || !('names' in value) || !('rows' in value)) return false;
  const { names, rows: cells } = value;
  return (
    isList(names, (name) => typeof name === 'string') &&
    isList(cells, (row) => isList(row, (cell) => typeof cell !== 'object' || cell === null, names.length), rows)
  );
}

function isList(value: unknown, is: (entry: unknown) => boolean, length?: number): value is readonly unknown[] {
  return Array.isArray(value) && value.every(is) && (length === undefined || value.length === length);
}
