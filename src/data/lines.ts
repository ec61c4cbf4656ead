/** Text to lines, piece by piece. */
import { InputError } from '../errors';

/** A longer row is no row: a file without line ends, or a quote that is never closed, would fill the memory. In characters. */
export const longestRow = 1 << 26;

export class Lines {
  #rest = '';
  #number = 0;
  #done = false;

  /**
   * @param onLine takes a line without its end, and its number, 1 for the first; whether more are wanted
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
    if (!ends) this.#rest += text;
    const lines = ends ? this.#split(this.#rest + text) : [this.#rest];
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestRow)
      throw new InputError('rowTooLong', { file: this.file, row: this.#number + 1, limit: longestRow });
    return this.#take(lines);
  }

  /** The last line, which may have no end. */
  end(): void {
    if (!this.#done && this.#rest !== '') this.#take([this.#rest.replace(/\r$/, '')]);
  }

  #take(lines: readonly string[]): boolean {
    for (const line of lines) {
      if (this.#done) break;
      this.#done = !this.onLine(line, ++this.#number);
    }
    return !this.#done;
  }

  #split(text: string): string[] {
    if (this.lineEnd === 'LF' || !text.includes('\r')) return text.split('\n');
    // A CR at the end may be the half of a CRLF: it waits with its line.
    if (!text.endsWith('\r')) return text.split(/\r\n?|\n/);
    const lines = text.slice(0, -1).split(/\r\n?|\n/);
    lines.push(`${lines.pop() ?? ''}\r`);
    return lines;
  }
}
