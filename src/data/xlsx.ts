/** Excel workbooks (.xlsx). */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset, OnProgress } from '../types';
import type { RangedBytes } from './bytes';
import { hasHeader, uniqueNames } from './columns';
import type { ReadingHooks } from './reader';
import { readColumnarCell, writeColumnarRow } from './table';
import type { ColumnarBeginning } from './tableColumns';
import { TableReader } from './tableReader';
import { readWorkbook, type SheetCell } from './workbook';

/** What is chosen of a workbook. */
type SheetChoice = Pick<ReadingOptions, 'header' | 'sheet'>;

/** A sheet's rows under the names of its columns. */
interface SheetTable {
  readonly sheet: string;
  /** The visible sheets. */
  readonly sheets: readonly string[];
  readonly names: readonly string[];
  /** As many cells each as there are names; undefined for a blank one. */
  readonly rows: readonly (readonly SheetCell[] | undefined)[];
  /** Number of the first of `rows` in the sheet. */
  readonly firstRow: number;
}

/**
 * Reads the visible sheet that is chosen, or the first that has a text, as CSV is read: blank rows are skipped, a first row of names is told in the same way, and
 * columns without a name are called `column 1`, `column 2`, ... Cells keep their kinds (see `SheetCell`). Throws as `readWorkbook` and
 * `TableReader` do, when there is no such sheet, and when none has a text.
 */
export async function parseXlsx(
  file: string,
  bytes: RangedBytes,
  options: ReadingOptions = {},
  { onProgress }: ReadingHooks = {},
): Promise<Dataset> {
  const { names, rows, firstRow } = readSheet(file, bytes, options, onProgress);
  const shape = { names, readCell: readColumnarCell, write: writeColumnarRow(names), expected: rows.length };
  const reader = new TableReader(file, shape, options);
  rows.every((row, i) => !row || reader.add(i + firstRow, row));
  return reader.end();
}

/** The first rows of the sheet that `parseXlsx` reads, `most` at most. Throws as it does. */
export function beginXlsx(file: string, bytes: RangedBytes, most: number, choice: SheetChoice): ColumnarBeginning {
  const { names, rows, sheet, sheets } = readSheet(file, bytes, choice);
  const filled = rows.filter((row) => row !== undefined);
  return { names, rows: filled.slice(0, most), total: filled.length, vectors: false, sheet, sheets };
}

function readSheet(
  file: string,
  bytes: RangedBytes,
  { header, sheet }: SheetChoice,
  onProgress?: OnProgress,
): SheetTable {
  const all = readWorkbook(file, bytes);
  const sheets = all.map(({ name }) => name);
  const may = sheet === undefined ? all : all.filter(({ name }) => name === sheet);
  if (sheet !== undefined && may.length === 0)
    throw new InputError('sheetMissing', { file, sheet, sheets: sheets.join(', ') || '0' });
  for (const { name, read } of may) {
    const rows = read(onProgress);
    if (rows.some((row) => row.some((cell) => typeof cell === 'string' && cell.trim() !== '')))
      return { ...tableOf(rows, header), sheet: name, sheets };
  }
  throw new InputError('xlsxNoTexts', { file, sheets: may.map(({ name }) => name).join(', ') || '0' });
}

function tableOf(
  sheet: readonly (readonly SheetCell[])[],
  header: boolean | undefined,
): Pick<SheetTable, 'names' | 'rows' | 'firstRow'> {
  const width = sheet.reduce((most, row) => Math.max(most, row.length), 0);
  const rows = sheet.map((row) =>
    isBlank(row) ? undefined : Array.from({ length: width }, (_, column) => row[column] ?? null),
  );
  const start = rows.findIndex((row) => row !== undefined);
  const named = header ?? hasHeader(rows.filter((row) => row !== undefined));
  const nameOf = (column: number) => {
    const given = named ? String(rows[start]![column] ?? '').trim() : '';
    return given === '' ? `column ${column + 1}` : given;
  };
  const names = uniqueNames(Array.from({ length: width }, (_, column) => nameOf(column)));
  const first = named ? start + 1 : start;
  return { names, rows: rows.slice(first), firstRow: first + 1 };
}

function isBlank(row: readonly SheetCell[]): boolean {
  return row.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}
