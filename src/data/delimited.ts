/** CSV and TSV (RFC 4180). */
import Papa from 'papaparse';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { CellTable, Dataset } from '../types';
import { isHeader, uniqueNames } from './columns';
import { formatRow } from './float32';
import { makeSpreadsheetSafe } from './spreadsheet';
import { datasetOfTable, readTextCell, tableOfDataset } from './table';
import { decodeText, encodeLines } from './text';

interface Rows {
  readonly rows: string[][];
  readonly delimiter: string;
  /** Index of the first row that has another number of cells than the first, if any. */
  readonly ragged: number | undefined;
  /** Index of a row whose quotes do not match, if any. */
  readonly badQuote: number | undefined;
}

/** A line of so many cells is no table; a hundred thousand are read. */
const mostColumns = 1_000_000;
const delimiters = [',', ';', '\t', '|'];

/**
 * Reads CSV (`usual` is `,`) or TSV (tab). Line ends may be LF, CRLF or CR; blank lines are skipped.
 *
 * The delimiter is the usual one, if with it all rows have one number of cells, at least two; or else the first other one of
 * which that is true. A header is a first row that holds a known column name, or one that has a word above a column of
 * numbers; without a header the columns are called `column 1`, `column 2`, ... Looser than RFC 4180 in one thing: a
 * tab-separated file whose quotes do not match is read as one that has no quoting, as many such files are.
 *
 * Columns: see `datasetOfTable`. Throws at the first row that has another number of cells than the first row, at a quote that
 * is not closed, and as `decodeText` and `datasetOfTable` do.
 */
export function parseDelimited(
  file: string,
  bytes: Uint8Array,
  usual: ',' | '\t',
  options: ReadingOptions = {},
): Dataset {
  const { rows, delimiter, ragged, badQuote } = parseRows(decodeText(file, bytes), usual, options.delimiter);
  if (badQuote !== undefined) throw new InputError('csvQuote', { file, row: badQuote + 1 });
  if (ragged !== undefined) {
    throw new InputError('csvRagged', {
      file,
      row: ragged + 1,
      found: rows[ragged]!.length,
      expected: rows.find((row) => !isBlank(row))!.length,
      delimiter: delimiter === '\t' ? 'tab' : delimiter,
    });
  }
  const start = rows.findIndex((row) => !isBlank(row));
  if (start < 0) throw new InputError('noTexts', { file });
  const header = options.header ?? hasHeader(rows.filter((row) => !isBlank(row)));
  const first = rows[start]!;
  if (first.length > mostColumns)
    throw new InputError('tableTooLarge', { file, rows: rows.length, columns: first.length });
  const names = header ? uniqueNames(first) : first.map((_, column) => `column ${column + 1}`);
  const firstRow = header ? start + 1 : start;
  // A blank line gives one empty cell: no text, so it is skipped with the rows that lack one.
  return datasetOfTable(
    file,
    { names, rows: rows.slice(firstRow), firstRow: firstRow + 1, readCell: readTextCell },
    options,
  );
}

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

function parseRows(text: string, usual: string, chosen: string | undefined): Rows {
  const first = parseWith(text, chosen ?? usual);
  if (chosen !== undefined || isTable(first)) return first;
  const others = delimiters.filter((delimiter) => delimiter !== usual).map((delimiter) => parseWith(text, delimiter));
  return others.find(isTable) ?? first;
}

function isTable({ rows, ragged, badQuote }: Rows): boolean {
  return ragged === undefined && badQuote === undefined && (rows.find((row) => !isBlank(row))?.length ?? 0) > 1;
}

function parseWith(text: string, delimiter: string): Rows {
  const unified = unifyLineEnds(text, delimiter);
  let { data, errors } = Papa.parse<string[]>(unified, { delimiter, newline: '\n' });
  if (delimiter === '\t' && errors.some(({ type }) => type === 'Quotes')) {
    ({ data, errors } = Papa.parse<string[]>(text.replace(/\r\n?/g, '\n'), {
      delimiter,
      newline: '\n',
      quoteChar: '\0',
    }));
  }
  const badQuote = errors.find(({ type }) => type === 'Quotes')?.row;
  const expected = data.find((row) => !isBlank(row))?.length;
  const ragged = data.findIndex((row) => !isBlank(row) && row.length !== expected);
  return { rows: data, delimiter, ragged: ragged < 0 ? undefined : ragged, badQuote };
}

/** Makes line ends outside quoted cells LF, because the parser takes one kind only and files mix them. */
function unifyLineEnds(text: string, delimiter: string): string {
  if (!text.includes('\r')) return text;
  if (!text.includes('"')) return text.replace(/\r\n?/g, '\n');
  // A quoted cell opens after a delimiter, a line end or (a doubled quote inside a cell) another quote.
  const quotedOrEnd = new RegExp(`(?<=^|["\\r\\n${delimiter}])"[^"]*"|\\r\\n?`, 'g');
  return text.replace(quotedOrEnd, (match) => (match.startsWith('"') ? match : '\n'));
}

function isBlank(row: readonly string[]): boolean {
  return row.length === 1 && row[0]!.trim() === '';
}

function hasHeader([first = [], ...rest]: readonly string[][]): boolean {
  if (isHeader(first)) return true;
  const isNumber = (cell: string) => cell.trim() !== '' && Number.isFinite(Number(cell));
  if (rest.length === 0 || first.some(isNumber)) return false;
  return first.some((cell, column) => cell.trim() !== '' && rest.every((row) => isNumber(row[column]!)));
}
