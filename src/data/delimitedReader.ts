/** Reading CSV and TSV (RFC 4180), piece by piece. */
import Papa from 'papaparse';
import { InputError } from '../errors';
import type { ReadingOptions } from '../reading';
import type { Dataset } from '../types';
import { beginDelimited, type Dialect, isBlank, namesOf } from './delimitedHead';
import { longestRow } from './lines';
import type { TextReader } from './reader';
import { RowSplitter } from './rowSplitter';
import { readTextCell } from './table';
import { TableReader } from './tableReader';

/** The beginning that tells delimiter and header, in characters. */
const headLength = 1 << 18;

/**
 * Reads CSV (`usual` is `,`) or TSV (tab). Line ends may be LF, CRLF or CR; blank lines are skipped.
 *
 * Delimiter and header: see `beginDelimited`. Looser than RFC 4180 in one thing: a tab-separated file whose quotes do not match is read
 * as one that has no quoting, as many such files are.
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

  again(error: unknown): TextReader | undefined {
    const { delimiter, quoted } = this.#dialect;
    const isOfQuotes = error instanceof InputError && (error.code === 'csvQuote' || error.code === 'rowTooLong');
    if (delimiter !== '\t' || !quoted || !isOfQuotes) return undefined;
    return new DelimitedReader(this.file, this.usual, { ...this.options, delimiter }, false);
  }

  /** Decides by the beginning how the file is cut, and goes on so. */
  #begin(isWhole: boolean): boolean {
    const text = this.#head;
    const { file, usual, options } = this;
    const beginning = text.slice(0, this.#needed);
    const isAll = isWhole && beginning.length === text.length;
    const head = beginDelimited(file, beginning, isAll, usual, options, this.#dialect.quoted);
    // A first row that has not ended says nothing.
    if (head.rows.length === 0 && !isWhole && text.length <= longestRow) {
      this.#needed = 2 * text.length;
      return true;
    }
    this.#dialect = head;
    this.#head = '';
    this.#splitter = new RowSplitter(file, head.delimiter, head.quoted, (cells, row) =>
      this.#take(cells, row, head.header),
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
    const names = namesOf(first, hasHead);
    const write = (cells: readonly unknown[]) => Papa.unparse([[...cells]], { delimiter });
    return new TableReader(this.file, { names, readCell: readTextCell, write }, this.options);
  }
}
