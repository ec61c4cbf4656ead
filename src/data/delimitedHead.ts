/** The beginning of a CSV or TSV: how it is cut into cells, and what its columns are called. */
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import { hasHeader, uniqueNames } from './columns';
import { RowSplitter } from './rowSplitter';

const delimiters = [',', ';', '\t', '|'];
/** Rows that tell. */
const headRows = 1000;

/** How a file is cut into cells. */
export interface Dialect {
  readonly delimiter: string;
  readonly quoted: boolean;
}

/** The first rows, as a dialect cuts them, without blank ones. */
interface Cut extends Dialect {
  readonly rows: readonly string[][];
  /** Rows that have another number of cells than the first. */
  readonly ragged: number;
  /** Whether its quotes do not match. */
  readonly broken: boolean;
}

export interface DelimitedHead extends Dialect {
  /** The first rows, the header among them. */
  readonly rows: readonly string[][];
  readonly header: boolean;
  /** Empty where there are no rows. */
  readonly names: readonly string[];
}

/**
 * The first rows of a text, which is all of the file or its beginning, by the best dialect; none where the first row has not ended.
 *
 * The delimiter is the chosen one; or the usual one, if with it all of the first rows have one number of cells, at least two; or else
 * the first other one of which that is true; or else the one of which it is true of most, at least half of them. A header is a first row
 * that holds a known column name, or one that has a word above a column of numbers.
 */
export function beginDelimited(
  file: string,
  text: string,
  isWhole: boolean,
  usual: ',' | '\t',
  { delimiter, header }: ReadingOptions,
  quoted = true,
): DelimitedHead {
  const cut = bestCut(file, text, isWhole, usual, delimiter, quoted);
  const named = header ?? hasHeader(cut.rows);
  return { ...cut, header: named, names: namesOf(cut.rows[0] ?? [], named) };
}

/** Names of the columns: what the first row says, or where it is no header, `column 1`, `column 2`, ... */
export function namesOf(first: readonly string[], header: boolean): string[] {
  return header ? uniqueNames(first) : first.map((_, column) => `column ${column + 1}`);
}

/** As a blank line is read. */
export function isBlank(row: readonly string[]): boolean {
  return row.length === 1 && row[0]!.trim() === '';
}

function bestCut(
  file: string,
  text: string,
  isWhole: boolean,
  usual: string,
  chosen: string | undefined,
  quoted: boolean,
): Cut {
  const readBy = (delimiter: string): Cut => {
    const head = cutHead(file, text, isWhole, { delimiter, quoted });
    return head.broken && delimiter === '\t' ? cutHead(file, text, isWhole, { delimiter, quoted: false }) : head;
  };
  const first = readBy(chosen ?? usual);
  if (chosen !== undefined || (isTable(first) && first.ragged === 0)) return first;
  const all = [first, ...delimiters.filter((delimiter) => delimiter !== usual).map(readBy)].filter(isTable);
  return all.sort((a, b) => a.ragged - b.ragged)[0] ?? first;
}

function cutHead(file: string, text: string, isWhole: boolean, dialect: Dialect): Cut {
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
function isTable({ rows, ragged, broken }: Cut): boolean {
  return !broken && (rows[0]?.length ?? 0) > 1 && ragged * 2 <= rows.length;
}
