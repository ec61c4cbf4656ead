/**
 * JSON in pieces to the entries of its array, or to the members of an object of vectors, of which each is parsed alone: no more of a file is
 * in memory than that.
 */
import { joinBytes } from './bytes';
import { longestRow } from './lines';
import { beginsNumber, beginsNumbers, isSpace, skipSpace } from './numberList';

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const byteOrderMark = [0xef, 0xbb, 0xbf];
/** Bytes of what stands around the entries: more of it is no beginning of a list. */
const mostAround = 1 << 20;

/** Of each byte outside of texts, how many brackets it opens; something else than 0 for a quote. */
const turns = new Int8Array(256);
for (const byte of [openList, openObject, quote]) turns[byte] = 1;
for (const byte of [closeList, closeObject]) turns[byte] = -1;

/** What comes next, outside of values. */
type Wanted =
  'text' | 'entry' | 'entryOrEnd' | 'entryEnd' | 'key' | 'keyOrEnd' | 'colon' | 'value' | 'valueEnd' | 'nothing';

/** What the value that is being gone through is for. */
type Value = 'entry' | 'key' | 'value';

/** The text is of another shape, or no JSON: only all of it says what is wrong. */
export class Unsplittable extends Error {}

/**
 * Takes UTF-8, with or without a byte order mark, of an array, of an object of which one member is an array, or of one whose members are
 * lists of numbers, each called by a word. What is between the entries is checked, and the entries are not.
 */
export class JsonSplitter {
  #wanted: Wanted = 'text';
  #isMember = false;
  #hasEntries = false;
  /** Whether the object's members are the entries. */
  #isOfWords = false;
  #around: string[] = [];
  #aroundBytes = 0;
  /** The member's name, and how it is written. */
  #key = '';
  #written = '';
  #value: Value | undefined;
  /** Of the value: its first byte, open brackets, whether a text is open, and whether its next character is escaped. */
  #first = 0;
  #depth = 0;
  #isQuoted = false;
  #isEscaped = false;
  /** Its parts, where it goes on from piece to piece. */
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #isBegun = false;
  #done = false;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  /**
   * @param member the key of the array in an object
   * @param onEntry takes the bytes of an entry; whether more are wanted
   * @param onWord takes the members of an object of vectors, from the first list of numbers on; what is before it stands around
   */
  constructor(
    private readonly member: string,
    private readonly onEntry: (json: Uint8Array) => boolean,
    private readonly onWord?: (word: string, json: Uint8Array) => boolean,
  ) {}

  /** Whether more is wanted. Throws `Unsplittable`. */
  push(bytes: Uint8Array): boolean {
    let at = 0;
    if (!this.#isBegun && bytes.length > 0) {
      this.#isBegun = true;
      if (byteOrderMark.every((byte, i) => bytes[i] === byte)) at = byteOrderMark.length;
    }
    while (!this.#done && at < bytes.length) {
      if (this.#value) {
        const end = this.#endOfValue(bytes, at);
        if (end < 0) {
          this.#keep(bytes.subarray(at));
          break;
        }
        this.#take(this.#value, this.#whole(bytes.subarray(at, end)));
        at = end;
        continue;
      }
      at = skipSpace(bytes, at);
      if (at < bytes.length && this.#step(bytes[at]!)) at++;
    }
    return !this.#done;
  }

  /** Throws `Unsplittable` where the text has not ended. */
  end(): void {
    if (!this.#done && this.#wanted !== 'nothing') throw new Unsplittable();
  }

  /** Whether the entries are those of an object's member. */
  get isMember(): boolean {
    return this.#isMember;
  }

  /** The object without its array, as far as it has been read. Throws `Unsplittable` where it is no JSON. */
  around(): unknown {
    return parse(`{${this.#around.join(',')}}`);
  }

  /** Takes a byte outside of values. Whether it is used up: the first of a value is part of it. */
  #step(byte: number): boolean {
    const wanted = this.#wanted;
    const isEnd = byte === closeList;
    switch (wanted) {
      case 'text':
        if (byte === openList) return this.#openEntries();
        this.#isMember = true;
        return this.#expect(byte, openObject, 'keyOrEnd');
      case 'entryOrEnd':
        // A word may be called as the entries are.
        if (this.#isMember && this.onWord && beginsNumber(byte)) throw new Unsplittable();
        return isEnd ? this.#closeEntries() : this.#begin('entry', byte);
      case 'entry':
        return this.#begin('entry', byte);
      case 'entryEnd':
        return isEnd ? this.#closeEntries() : this.#expect(byte, comma, 'entry');
      case 'keyOrEnd':
      case 'key':
        if (wanted === 'keyOrEnd' && byte === closeObject) return this.#close();
        if (byte !== quote) throw new Unsplittable();
        return this.#begin('key', byte);
      case 'colon':
        return this.#expect(byte, colon, 'value');
      case 'value':
        if (this.#key !== this.member) return this.#begin('value', byte);
        // Of two members of one name JSON means the last; and which of two lists is meant, the whole tells.
        if (byte !== openList || this.#hasEntries || this.#isOfWords) throw new Unsplittable();
        return this.#openEntries();
      case 'valueEnd':
        return byte === closeObject ? this.#close() : this.#expect(byte, comma, 'key');
      case 'nothing':
        throw new Unsplittable();
    }
  }

  #expect(byte: number, expected: number, next: Wanted): true {
    if (byte !== expected) throw new Unsplittable();
    this.#wanted = next;
    return true;
  }

  #openEntries(): true {
    [this.#hasEntries, this.#wanted] = [true, 'entryOrEnd'];
    return true;
  }

  #closeEntries(): true {
    this.#wanted = this.#isMember ? 'valueEnd' : 'nothing';
    return true;
  }

  #close(): true {
    if (!this.#hasEntries && !this.#isOfWords) throw new Unsplittable();
    this.#wanted = 'nothing';
    return true;
  }

  #begin(value: Value, first: number): false {
    [this.#value, this.#first] = [value, first];
    [this.#depth, this.#isQuoted, this.#isEscaped] = [0, false, false];
    return false;
  }

  /** The index behind the value that goes on at `from`; -1 where it goes on behind these bytes. */
  #endOfValue(bytes: Uint8Array, from: number): number {
    const { length } = bytes;
    const first = this.#first;
    let at = from;
    if (first !== quote && first !== openList && first !== openObject) {
      // A number or a word, which nothing marks the end of.
      while (at < length && !endsWord(bytes[at]!)) at++;
      // Not even begun: there is none.
      if (at === from && this.#partBytes === 0 && at < length) throw new Unsplittable();
      return at < length ? at : -1;
    }
    let [depth, isQuoted, isEscaped] = [this.#depth, this.#isQuoted, this.#isEscaped];
    for (; at < length; at++) {
      if (isQuoted) {
        const byte = bytes[at];
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) {
          isQuoted = false;
          if (depth === 0) return at + 1;
        }
        continue;
      }
      // Nearly all of a long entry are digits.
      while (at < length && turns[bytes[at]!] === 0) at++;
      if (at === length) break;
      if (bytes[at] === quote) isQuoted = true;
      else if ((depth += turns[bytes[at]!]!) === 0) return at + 1;
    }
    [this.#depth, this.#isQuoted, this.#isEscaped] = [depth, isQuoted, isEscaped];
    return -1;
  }

  #keep(part: Uint8Array): void {
    this.#parts.push(part);
    this.#partBytes += part.length;
    if (this.#partBytes > longestRow) throw new Unsplittable();
  }

  #whole(end: Uint8Array): Uint8Array {
    if (this.#partBytes === 0) return end;
    const whole = joinBytes([...this.#parts, end]);
    this.#parts = [];
    this.#partBytes = 0;
    return whole;
  }

  #take(value: Value, bytes: Uint8Array): void {
    this.#value = undefined;
    if (value === 'entry') {
      this.#wanted = 'entryEnd';
      this.#done = !this.onEntry(bytes);
      return;
    }
    if (value === 'key') {
      this.#written = this.#decode(bytes);
      this.#key = String(parse(this.#written));
      this.#wanted = 'colon';
      return;
    }
    this.#wanted = 'valueEnd';
    this.#isOfWords ||= this.onWord !== undefined && !this.#hasEntries && beginsNumbers(bytes);
    if (this.#isOfWords) this.#done = !this.onWord?.(this.#key, bytes);
    else this.#putAround(bytes);
  }

  #putAround(bytes: Uint8Array): void {
    this.#aroundBytes += this.#written.length + bytes.length;
    if (this.#aroundBytes > mostAround) throw new Unsplittable();
    this.#around.push(`${this.#written}:${this.#decode(bytes)}`);
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      throw new Unsplittable();
    }
  }
}

function endsWord(byte: number): boolean {
  return byte === comma || byte === closeList || byte === closeObject || isSpace(byte);
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new Unsplittable();
  }
}
