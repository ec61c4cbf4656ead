/** Text files as they are written: lines of strings, and of numbers, as pieces of UTF-8. */
import { mostDecimals, writeDecimals } from '../kernels/decimals';
import { pieceBytes, type Bytes } from './pieces';

/** Numbers of a line: the shortest decimals that read back to the bit, as `formatFloat32` has them. */
export interface Decimals {
  readonly numbers: Float32Array;
  /** Between two of them. */
  readonly separator: ',' | '\t' | ' ';
}

/** A line without its end; its parts follow each other. */
export type Line = string | readonly (string | Decimals)[];

/** Characters that are encoded at once, where no numbers come before. */
const pendingCharacters = 1 << 16;
const encoder = new TextEncoder();

/**
 * UTF-8 of lines, each ended by a line feed, in pieces (`Pieces`). U+0000 becomes U+FFFD, because a text file with NUL characters is taken
 * for a binary one, here and elsewhere.
 */
export function* encodeLines(lines: Iterable<Line>): Generator<Bytes> {
  const piece = new Piece();
  for (const line of lines) {
    if (typeof line === 'string') piece.pending += line;
    else {
      for (const part of line) {
        if (typeof part === 'string') piece.pending += part;
        else yield* piece.addNumbers(part);
      }
    }
    piece.pending += '\n';
    if (piece.pending.length > pendingCharacters) yield* piece.addPending();
  }
  yield* piece.addPending();
  if (piece.length > 0) yield piece.take();
}

/** The piece that is being filled. What is added to it yields those that became full. */
class Piece {
  /** Text that is not encoded yet. */
  pending = '';
  length = 0;
  readonly #bytes = new Uint8Array(pieceBytes);

  *addPending(): Generator<Bytes> {
    let text = this.pending.replaceAll('\0', '\uFFFD');
    this.pending = '';
    for (;;) {
      const { read, written } = encoder.encodeInto(text, this.#bytes.subarray(this.length));
      this.length += written;
      if (read === text.length) return;
      text = text.slice(read);
      yield this.take();
    }
  }

  *addNumbers({ numbers, separator }: Decimals): Generator<Bytes> {
    yield* this.addPending();
    for (let from = 0; from < numbers.length; from += mostDecimals) {
      const decimals = writeDecimals(numbers.subarray(from, from + mostDecimals), separator);
      // Behind the last number stands what the line has next.
      const isLast = from + mostDecimals >= numbers.length;
      const text = isLast ? decimals.subarray(0, -1) : decimals;
      if (this.length + text.length > pieceBytes) yield this.take();
      this.#bytes.set(text, this.length);
      this.length += text.length;
    }
  }

  /** What there is, until something is added again. */
  take(): Bytes {
    const taken = this.#bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
