/** Bytes to text, piece by piece: a character may be cut by the end of a piece. */
import { InputError } from '../errors';
import type { Encoding } from '../reading';
import { looksLike } from './magic';
import { invalidUtf8Offset } from './text';

/** No sequence of UTF-8 is longer than four bytes, so three may be waiting for their end. */
const longestWait = 3;

export class Decoding {
  readonly #decoder: TextDecoder;
  /** The last bytes of the piece before, and where they stand in the file: an invalid sequence may begin there. */
  #tail: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #line = 1;

  /**
   * @param head the first bytes of the file, which tell what it is
   * Throws an InputError when they are those of a binary format.
   */
  constructor(
    private readonly file: string,
    head: Uint8Array,
    private readonly encoding: Encoding,
  ) {
    const kind = looksLike(head);
    if (kind !== undefined) throw new InputError('fileBinary', { file, kind });
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  /** The text of the next piece, without a byte order mark. Throws an InputError that says where it is invalid. */
  next(bytes: Uint8Array): string {
    const text = this.#decode(bytes, true);
    const nul = text.indexOf('\0');
    if (nul >= 0) throw new InputError('fileNul', { file: this.file, line: this.#line + lineEnds(text.slice(0, nul)) });
    this.#line += lineEnds(text);
    this.#offset += bytes.length;
    this.#tail = bytes.slice(-longestWait);
    return text;
  }

  /** Throws an InputError when the file ended within a character. */
  end(): void {
    this.#decode(new Uint8Array(0), false);
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream });
    } catch {
      const { file, encoding } = this;
      if (encoding !== 'utf-8') throw new InputError('textInvalidUtf16', { file });
      // What ended well before is no part of it: a sequence begins at the first byte that continues none.
      const begun = this.#tail.findIndex((byte) => byte < 0x80 || byte >= 0xc0);
      const tail = begun < 0 ? new Uint8Array(0) : this.#tail.subarray(begun);
      const joined = new Uint8Array(tail.length + bytes.length);
      joined.set(tail);
      joined.set(bytes, tail.length);
      const at = invalidUtf8Offset(joined);
      let line = this.#line;
      for (let i = tail.length; i < at; i++) if (joined[i] === 0x0a) line++;
      // A line feed among the last bytes of the piece before has been counted.
      throw new InputError('textInvalidUtf8', { file, offset: this.#offset - tail.length + at, line });
    }
  }
}

function lineEnds(text: string): number {
  let count = 0;
  // Of line ends alone, looking for each takes longer than all else that is done with them.
  for (let at = text.indexOf('\n'); at >= 0; at = text[at] === '\n' ? at : text.indexOf('\n', at)) {
    count++;
    at++;
  }
  return count;
}
