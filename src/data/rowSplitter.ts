/** CSV and TSV (RFC 4180) to rows of cells, piece by piece. */
import { InputError } from '../errors';
import { longestRow } from './lines';

const quoteCode = 0x22;
const lfCode = 0x0a;
const crCode = 0x0d;
/** A row of more cells belongs to no table. */
const mostCells = 1_000_000;

export class RowSplitter {
  /** The beginning of a row that has not ended. */
  #rest = '';
  /** How long that was when its end was looked for: next when it is twice as long, so that a long row costs no square of it. */
  #searched = 0;
  #row = 0;
  #done = false;

  /**
   * Line ends may be LF, CRLF and CR, mixed; blanks after a closing quote are taken out, as many writers put some there.
   * @param quoted whether a quote at a cell's beginning opens a quoted cell
   * @param onRow takes the cells and the row's number, 1 for the first, blank lines counted; whether more are wanted. Empty lines are
   * counted alone.
   */
  constructor(
    private readonly file: string,
    private readonly delimiter: string,
    private readonly quoted: boolean,
    private readonly onRow: (cells: string[], row: number) => boolean,
  ) {}

  /** Whether more is wanted. Throws an InputError at a quote that does not match, at a row that never ends, and at one of too many cells. */
  push(text: string): boolean {
    this.#rest += text;
    if (this.#rest.length >= 2 * this.#searched) this.#split(false);
    return !this.#done;
  }

  /** The last row, which may have no end. Throws an InputError when its quote is not closed. */
  end(): void {
    if (!this.#done) this.#split(true);
  }

  #split(last: boolean): void {
    const text = this.#rest;
    const { delimiter, quoted } = this;
    let quote = quoted ? text.indexOf('"') : -1;
    let lf = text.indexOf('\n');
    let cr = text.indexOf('\r');
    let at = 0;
    while (at < text.length && !this.#done) {
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      if (lf >= 0 && lf < at) lf = text[at] === '\n' ? at : text.indexOf('\n', at);
      if (cr >= 0 && cr < at) cr = text[at] === '\r' ? at : text.indexOf('\r', at);
      const end = cr < 0 || (lf >= 0 && lf < cr) ? lf : cr;
      if (end === at) {
        const next = afterLine(text, end, last);
        if (next < 0) break;
        at = next;
        this.#row++;
        continue;
      }
      let cells: string[];
      let next: number;
      if (quote >= 0 && (end < 0 || quote < end)) {
        cells = [];
        next = this.#readQuoted(text, at, last, cells);
        if (next < 0) break;
      } else {
        next = end < 0 ? (last ? text.length : -1) : afterLine(text, end, last);
        if (next < 0) break;
        cells = text.slice(at, end < 0 ? next : end).split(delimiter, mostCells + 1);
      }
      at = next;
      this.#row++;
      if (cells.length > mostCells)
        throw new InputError('tableTooLarge', { file: this.file, rows: this.#row, columns: cells.length });
      this.#done = !this.onRow(cells, this.#row);
    }
    this.#rest = text.slice(at);
    this.#searched = this.#rest.length;
    if (this.#searched > longestRow)
      throw new InputError('rowTooLong', { file: this.file, row: this.#row + 1, limit: longestRow });
  }

  /** Fills `cells` with those of a row in which there are quotes. Where the next row begins; -1 where this one has not ended. */
  #readQuoted(text: string, start: number, last: boolean, cells: string[]): number {
    const { delimiter } = this;
    for (let at = start; ; at++) {
      if (text.charCodeAt(at) === quoteCode) {
        const close = this.#findClose(text, at, last);
        if (close < 0) return -1;
        const cell = text.slice(at + 1, close);
        cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
        for (at = close + 1; (text[at] === ' ' || text[at] === '\t') && text[at] !== delimiter;) at++;
      } else {
        const begin = at;
        while (at < text.length && text[at] !== delimiter && !isLineEnd(text.charCodeAt(at))) at++;
        cells.push(text.slice(begin, at));
      }
      if (at >= text.length) return last ? at : -1;
      if (isLineEnd(text.charCodeAt(at))) return afterLine(text, at, last);
      if (text[at] !== delimiter) this.#refuse();
    }
  }

  /** The quote that closes the cell which begins at `open`; -1 where it has not come. */
  #findClose(text: string, open: number, last: boolean): number {
    for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
      // Another one may follow.
      if (at + 1 === text.length && !last) return -1;
      if (text.charCodeAt(at + 1) !== quoteCode) return at;
    }
    return last ? this.#refuse() : -1;
  }

  #refuse(): never {
    throw new InputError('csvQuote', { file: this.file, row: this.#row + 1 });
  }
}

function isLineEnd(code: number): boolean {
  return code === lfCode || code === crCode;
}

/** Where the line after the line end at `end` begins; -1 where a CR may be the half of a CRLF. */
function afterLine(text: string, end: number, last: boolean): number {
  if (text.charCodeAt(end) === lfCode) return end + 1;
  if (end + 1 === text.length && !last) return -1;
  return text.charCodeAt(end + 1) === lfCode ? end + 2 : end + 1;
}
