/** Reading CSV and TSV (RFC 4180), piece by piece. */
import Papa from 'papaparse';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { isHeader, uniqueNames } from './columns';
import { longestRow } from './lines';
import type { TextReader } from './reader';
import { RowSplitter } from './rowSplitter';
import { readTextCell } from './table';
import { TableReader } from './tableReader';

const delimiters = [',', ';', '\t', '|'];
/** The beginning that tells delimiter and header: so many characters, and so many rows of them. */
const headLength = 1 << 18;
const headRows = 1000;

/** How a file is cut into cells. */
interface Dialect {
  readonly delimiter: string;
  readonly quoted: boolean;
}

/** The first rows, as a dialect cuts them, without blank ones. */
interface Head extends Dialect {
  readonly rows: readonly string[][];
  /** Rows that have another number of cells than the first. */
  readonly ragged: number;
  /** Whether its quotes do not match. */
  readonly broken: boolean;
}

/**
 * Reads CSV (`usual` is `,`) or TSV (tab). Line ends may be LF, CRLF or CR; blank lines are skipped.
 *
 * The delimiter is the usual one, if with it all of the first rows have one number of cells, at least two; or else the first other one
 * of which that is true; or else the one of which it is true of most, at least half of them. A header is a first row that holds a known
 * column name, or one that has a word above a column of numbers; without a header the columns are called `column 1`, `column 2`, ...
 * Looser than RFC 4180 in one thing: a tab-separated file whose quotes do not match is read as one that has no quoting, as many such
 * files are.
 *
 * Columns: see `TableReader`. Rows that have another number of cells than the first are left out. Throws at a quote that is not closed,
 * at a row that never ends, and as `TableReader` does.
 */
export class DelimitedReader implements TextReader {
  #head = '';
  #needed = headLength;
  #splitter: RowSplitter | undefined;
  #table: TableReader | undefined;
  #dialect: Dialect;
  /** Cells of the first row. */
  #width = 0;

  /** @param quoted false for a tab-separated file that has no quoting */
  constructor(
    private readonly file: string,
    private readonly usual: ',' | '\t',
    private readonly options: ReadingOptions,
    quoted = true,
  ) {
    this.#dialect = { delimiter: options.delimiter ?? usual, quoted };
  }

  push(text: string): boolean {
    if (this.#splitter) return this.#splitter.push(text);
    this.#head += text;
    return this.#head.length < this.#needed || this.#begin(false);
  }

  end(): Dataset {
    if (!this.#splitter) this.#begin(true);
    this.#splitter?.end();
    if (!this.#table) throw new InputError('noTexts', { file: this.file });
    return this.#table.end();
  }

  again({ code }: InputError): TextReader | undefined {
    const { delimiter, quoted } = this.#dialect;
    if (delimiter !== '\t' || !quoted || (code !== 'csvQuote' && code !== 'rowTooLong')) return undefined;
    return new DelimitedReader(this.file, this.usual, { ...this.options, delimiter }, false);
  }

  /** Decides by the beginning how the file is cut, and goes on so. */
  #begin(isWhole: boolean): boolean {
    const text = this.#head;
    const { file, usual, options } = this;
    const beginning = text.slice(0, this.#needed);
    const isAll = isWhole && beginning.length === text.length;
    const head = readHead(file, beginning, isAll, usual, options.delimiter, this.#dialect.quoted);
    // A first row that has not ended says nothing.
    if (head.rows.length === 0 && !isWhole && text.length <= longestRow) {
      this.#needed = 2 * text.length;
      return true;
    }
    this.#dialect = head;
    this.#head = '';
    const hasHead = options.header ?? hasHeader(head.rows);
    this.#splitter = new RowSplitter(file, head.delimiter, head.quoted, (cells, row) =>
      this.#take(cells, row, hasHead),
    );
    return this.#splitter.push(text);
  }

  #take(cells: string[], row: number, hasHead: boolean): boolean {
    if (isBlank(cells)) return true;
    const table = this.#table;
    if (!table) {
      this.#table = this.#open(cells, hasHead);
      this.#width = cells.length;
      return hasHead || this.#table.add(row, cells);
    }
    if (cells.length === this.#width) return table.add(row, cells);
    const { delimiter } = this.#dialect;
    const params = { file: this.file, row, found: cells.length, expected: this.#width };
    const error = () => new InputError('csvRagged', { ...params, delimiter: delimiter === '\t' ? 'tab' : delimiter });
    return table.leaveOut(row, { reason: 'otherLength', error }, cells);
  }

  #open(first: readonly string[], hasHead: boolean): TableReader {
    const { delimiter } = this.#dialect;
    const names = hasHead ? uniqueNames(first) : first.map((_, column) => `column ${column + 1}`);
    const write = (cells: readonly unknown[]) => Papa.unparse([[...cells]], { delimiter });
    return new TableReader(this.file, { names, readCell: readTextCell, write }, this.options);
  }
}

/** The first rows by the best dialect; none where the first row has not ended. */
function readHead(
  file: string,
  text: string,
  isWhole: boolean,
  usual: string,
  chosen: string | undefined,
  quoted: boolean,
): Head {
  const readBy = (delimiter: string): Head => {
    const head = cutHead(file, text, isWhole, { delimiter, quoted });
    return head.broken && delimiter === '\t' ? cutHead(file, text, isWhole, { delimiter, quoted: false }) : head;
  };
  const first = readBy(chosen ?? usual);
  if (chosen !== undefined || (isTable(first) && first.ragged === 0)) return first;
  const all = [first, ...delimiters.filter((delimiter) => delimiter !== usual).map(readBy)].filter(isTable);
  return all.sort((a, b) => a.ragged - b.ragged)[0] ?? first;
}

function cutHead(file: string, text: string, isWhole: boolean, dialect: Dialect): Head {
  const rows: string[][] = [];
  const splitter = new RowSplitter(file, dialect.delimiter, dialect.quoted, (cells) => {
    if (!isBlank(cells)) rows.push(cells);
    return rows.length < headRows;
  });
  try {
    splitter.push(text);
    // Of a longer text, the last row may be cut.
    if (isWhole) splitter.end();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...dialect, rows, ragged: 0, broken: true };
  }
  const ragged = rows.filter((row) => row.length !== rows[0]!.length).length;
  return { ...dialect, rows, ragged, broken: false };
}

/** Whether at least half of the rows have as many cells as the first, at least two. */
function isTable({ rows, ragged, broken }: Head): boolean {
  return !broken && (rows[0]?.length ?? 0) > 1 && ragged * 2 <= rows.length;
}

function isBlank(row: readonly string[]): boolean {
  return row.length === 1 && row[0]!.trim() === '';
}

function hasHeader([first = [], ...rest]: readonly string[][]): boolean {
  if (isHeader(first)) return true;
  const isNumber = (cell: string) => cell.trim() !== '' && Number.isFinite(Number(cell));
  if (rest.length === 0 || first.some(isNumber)) return false;
  return first.some((cell, column) => cell.trim() !== '' && rest.every((row) => isNumber(row[column] ?? '')));
}
