/** Excel workbooks (.xlsx). */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { hasHeader, uniqueNames } from './columns';
import { datasetOfTable, readColumnarCell } from './table';
import { readWorkbook, type SheetCell } from './workbook';

/**
 * Reads the first visible sheet that has a text, as `parseDelimited` reads a table: blank rows are skipped, a first row of names is told
 * in the same way, and columns without a name are called `column 1`, `column 2`, ... Cells keep their kinds (see `SheetCell`). Throws as
 * `readWorkbook` and `datasetOfTable` do, and when no sheet has a text.
 */
export async function parseXlsx(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadingOptions = {},
): Promise<Dataset> {
  const sheets = readWorkbook(file, bytes);
  for (const { read } of sheets) {
    const rows = read();
    if (!rows.some((row) => row.some((cell) => typeof cell === 'string' && cell.trim() !== ''))) continue;
    return datasetOfSheet(file, rows, options);
  }
  throw new InputError('xlsxNoTexts', { file, sheets: sheets.map(({ name }) => name).join(', ') || '0' });
}

function datasetOfSheet(file: string, rows: readonly (readonly SheetCell[])[], options: ReadingOptions): Dataset {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const blank: SheetCell[] = new Array<null>(width).fill(null);
  const table = rows.map((row) => (isBlank(row) ? blank : Array.from(blank, (_, column) => row[column] ?? null)));
  const start = table.findIndex((row) => row !== blank);
  const header = options.header ?? hasHeader(table.filter((row) => row !== blank));
  const nameOf = (column: number) => {
    const given = header ? String(table[start]![column] ?? '').trim() : '';
    return given === '' ? `column ${column + 1}` : given;
  };
  const firstRow = header ? start + 1 : start;
  return datasetOfTable(
    file,
    {
      names: uniqueNames(blank.map((_, column) => nameOf(column))),
      rows: table.slice(firstRow),
      firstRow: firstRow + 1,
      readCell: readColumnarCell,
    },
    options,
  );
}

function isBlank(row: readonly SheetCell[]): boolean {
  return row.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}
