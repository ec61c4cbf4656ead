/** Writing CSV and TSV (RFC 4180). */
import Papa from 'papaparse';
import type { CellTable, Dataset } from '../types';
import { rowOf } from '../vectors';
import { tableOfDataset } from './datasetTable';
import { encodeLines, type Line } from './encodeLines';
import type { Pieces } from './pieces';
import { makeSpreadsheetSafe } from './spreadsheet';

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
): Pieces {
  const table = tableOfDataset(dataset);
  const matrix = vectors ? dataset.vectors : undefined;
  const write = (cells: string[]): string =>
    Papa.unparse([spreadsheetSafe ? cells.map(makeSpreadsheetSafe) : cells], { delimiter });
  function* lines(): Generator<Line> {
    const columns = Array.from({ length: matrix?.dim ?? 0 }, (_, i) => `v${i}`);
    yield [write(table.names), ...columns].join(delimiter);
    for (let i = 0; i < dataset.items.length; i++) {
      const cells = write(table.row(i));
      yield matrix ? [cells, delimiter, { numbers: rowOf(matrix, i), separator: delimiter }] : cells;
    }
  }
  return encodeLines(lines());
}

/** A table as CSV, with a head and LF line ends; cells as in `writeDelimited`, line by line so that a large one is no one string. */
export function writeTable({ names, rows }: CellTable, spreadsheetSafe: boolean): Pieces {
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
