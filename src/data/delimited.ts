/** Writing CSV and TSV (RFC 4180). */
import Papa from 'papaparse';
import type { CellTable, Dataset } from '../types';
import { formatRow } from './float32';
import { makeSpreadsheetSafe } from './spreadsheet';
import { tableOfDataset } from './table';
import { encodeLines } from './text';

/**
 * Writes CSV or TSV with a header and LF line ends: `text`, `group`, `x`, `y`, `z`, the items' own columns, and with `vectors`
 * one column a dimension, `v0`, `v1`, ... (pandas: `df.filter(regex=r'^v\d+$').to_numpy('float32')`). An own column whose name
 * means something else to a reader is written as `column:` and its name. Empty, missing and null cells are one; booleans are
 * `true` and `false`. The model and the prompt are not in it: JSON and NumPy carry them.
 */
export function writeDelimited(
  dataset: Dataset,
  delimiter: ',' | '\t',
  { vectors, spreadsheetSafe }: { vectors: boolean; spreadsheetSafe: boolean },
): Uint8Array<ArrayBuffer> {
  const table = tableOfDataset(dataset);
  const matrix = vectors ? dataset.vectors : undefined;
  const line = (cells: string[], numbers: string[]): string =>
    [Papa.unparse([spreadsheetSafe ? cells.map(makeSpreadsheetSafe) : cells], { delimiter }), ...numbers].join(
      delimiter,
    );
  function* lines(): Generator<string> {
    yield line(table.names, matrix ? Array.from({ length: matrix.dim }, (_, i) => `v${i}`) : []);
    for (let i = 0; i < dataset.items.length; i++) {
      yield line(table.row(i), matrix ? formatRow(matrix.data, matrix.dim, i) : []);
    }
  }
  return encodeLines(lines());
}

/** A table as CSV, with a head and LF line ends; cells as in `writeDelimited`, line by line so that a large one is no one string. */
export function writeTable({ names, rows }: CellTable, spreadsheetSafe: boolean): Uint8Array<ArrayBuffer> {
  const line = (cells: readonly string[]) => Papa.unparse([spreadsheetSafe ? cells.map(makeSpreadsheetSafe) : cells]);
  function* lines(): Generator<string> {
    yield line(names);
    for (const row of rows) yield line(row.map((cell) => (cell === null ? '' : String(cell))));
  }
  return encodeLines(lines());
}

/** A text as a cell of CSV. */
export function csvCell(text: string, spreadsheetSafe: boolean): string {
  return Papa.unparse([[spreadsheetSafe ? makeSpreadsheetSafe(text) : text]]);
}
