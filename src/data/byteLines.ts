/** UTF-8 to lines, piece by piece, as bytes: what is made of a line decides what of it becomes a text. */
import { InputError } from '../errors';
import { longestRow } from './lines';
import { joinBytes } from './bytes';
import { invalidUtf8Offset } from './text';

const [lineFeed, carriageReturn] = [0x0a, 0x0d];
const byteOrderMark = [0xef, 0xbb, 0xbf];

export class ByteLines {
  /** The parts of a line that has not ended. */
  #parts: Uint8Array[] = [];
  #waiting = 0;
  /** Whether a line feed may follow that belongs to the last line's end. */
  #isAfterReturn = false;
  #number = 0;
  #done = false;
  /** Where the next piece, and the line that is taken, begin in the file. */
  #offset = 0;
  #lineOffset = 0;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  /**
   * @param onLine takes a line without its end (LF, CRLF or CR) and a byte order mark, and its number, 1 for the first; whether more are
   * wanted. Empty lines are counted alone.
   */
  constructor(
    private readonly file: string,
    private readonly onLine: (line: Uint8Array, number: number) => boolean,
  ) {}

  /** Whether more is wanted. */
  push(bytes: Uint8Array): boolean {
    const from = (end: number, at: number) => (bytes[at] === end ? at : bytes.indexOf(end, at));
    let at = this.#isAfterReturn && bytes[0] === lineFeed ? 1 : 0;
    if (bytes.length > 0) this.#isAfterReturn = false;
    let feed = from(lineFeed, at);
    let back = from(carriageReturn, at);
    while (!this.#done && (feed >= 0 || back >= 0)) {
      const isBack = back >= 0 && (feed < 0 || back < feed);
      const end = isBack ? back : feed;
      if (end > at || this.#waiting > 0) this.#take(bytes.subarray(at, end), this.#offset + at);
      else this.#number++;
      at = end + 1;
      if (isBack && feed === at) at++;
      else this.#isAfterReturn = isBack && at === bytes.length;
      if (feed >= 0 && feed < at) feed = from(lineFeed, at);
      if (isBack) back = from(carriageReturn, at);
    }
    if (at < bytes.length) {
      if (this.#waiting === 0) this.#lineOffset = this.#offset + at;
      this.#parts.push(bytes.subarray(at));
      this.#waiting += bytes.length - at;
    }
    this.#offset += bytes.length;
    if (this.#waiting > longestRow)
      throw new InputError('rowTooLong', { file: this.file, row: this.#number + 1, limit: longestRow });
    return !this.#done;
  }

  /** The last line, which may have no end. */
  end(): void {
    if (!this.#done && this.#waiting > 0) this.#take(new Uint8Array(0), this.#offset);
  }

  /** The text of the line that is being taken. Throws an InputError where it is none. */
  decode(line: Uint8Array): string {
    const { file } = this;
    let text: string;
    try {
      text = this.#decoder.decode(line);
    } catch {
      const offset = this.#lineOffset + invalidUtf8Offset(line);
      throw new InputError('textInvalidUtf8', { file, offset, line: this.#number });
    }
    if (text.includes('\0')) throw new InputError('fileNul', { file, line: this.#number });
    return text;
  }

  #take(bytes: Uint8Array, offset: number): void {
    let line = bytes;
    if (this.#waiting > 0) {
      line = joinBytes([...this.#parts, bytes]);
      this.#parts = [];
      this.#waiting = 0;
    } else this.#lineOffset = offset;
    if (++this.#number === 1 && byteOrderMark.every((byte, i) => line[i] === byte)) {
      line = line.subarray(byteOrderMark.length);
      this.#lineOffset += byteOrderMark.length;
    }
    this.#done = !this.onLine(line, this.#number);
  }
}
