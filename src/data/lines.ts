/** Text to lines, piece by piece. */
import { InputError } from '../errors';

/** A longer row is no row: a file without line ends, or a quote that is never closed, would fill the memory. In characters. */
export const longestRow = 1 << 26;

export class Lines {
  #rest = '';
  #number = 0;
  #done = false;

  /**
   * @param onLine takes a line without its end, and its number, 1 for the first; whether more are wanted. Empty lines are counted alone:
   * of nothing but line ends a small packed file makes a hundred million.
   * @param lineEnd any of LF, CRLF and CR, or LF alone
   */
  constructor(
    private readonly file: string,
    private readonly onLine: (line: string, number: number) => boolean,
    private readonly lineEnd: 'any' | 'LF' = 'any',
  ) {}

  /** Whether more is wanted. */
  push(text: string): boolean {
    // Nothing ends here: a long line is looked through once, when it ends.
    const ends = text.includes('\n') || this.#rest.endsWith('\r') || (this.lineEnd === 'any' && text.includes('\r'));
    this.#rest += text;
    if (ends) this.#rest = this.#take(this.#rest);
    if (this.#rest.length > longestRow)
      throw new InputError('rowTooLong', { file: this.file, row: this.#number + 1, limit: longestRow });
    return !this.#done;
  }

  /** The last line, which may have no end. */
  end(): void {
    if (!this.#done && this.#rest !== '') this.#give(this.#rest.replace(/\r$/, ''));
  }

  /** Hands out the lines that have ended. What comes after them. */
  #take(text: string): string {
    const from = (end: '\n' | '\r', at: number) => (text[at] === end ? at : text.indexOf(end, at));
    let at = 0;
    let feed = from('\n', at);
    let back = this.lineEnd === 'any' ? from('\r', at) : -1;
    while (!this.#done && (feed >= 0 || back >= 0)) {
      const isBack = back >= 0 && (feed < 0 || back < feed);
      const end = isBack ? back : feed;
      // It may be the half of a CRLF, and waits with its line.
      if (isBack && end === text.length - 1) break;
      this.#give(text.slice(at, end));
      at = isBack && feed === end + 1 ? end + 2 : end + 1;
      if (feed >= 0 && feed < at) feed = from('\n', at);
      if (isBack) back = from('\r', at);
    }
    return text.slice(at);
  }

  #give(line: string): void {
    this.#number++;
    if (line !== '') this.#done = !this.onLine(line, this.#number);
  }
}
