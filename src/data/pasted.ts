/** What is pasted from a spreadsheet: rows at line ends, cells at tabs, a cell with either of them or with quotes in quotes. */
import type { NewItem } from '../types';
import { textKey } from './typed';

const cell = /(?:"([^"]*(?:""[^"]*)*)"(?=\t|\n|$)|([^\t\n]*))(\t|\n|$)/gy;

/** The rows of cells of pasted text; the last line end ends no row, and blank lines are none. A quote that nothing closes is a quote. */
export function splitCells(pasted: string): string[][] {
  const text = pasted.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(cell)) {
    rows.at(-1)!.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end === '\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0]!.trim() !== '');
}

/** Whether pasted text is a table: at least two columns, and as many cells in every row, as a spreadsheet gives them. */
export function isTable(rows: readonly (readonly string[])[]): boolean {
  const columns = rows[0]?.length ?? 0;
  return columns > 1 && rows.every((row) => row.length === columns);
}

/** One text of each line, or cell of a column, as it stands; blank ones are skipped. */
export function textsOf(rows: readonly (readonly string[])[]): NewItem[] {
  const texts = rows.map((row) => textKey(row.join('\t')));
  return texts.filter((text) => text !== '').map((text) => ({ text }));
}
