/** Lists of numbers in JSON, read into float32 from the bytes in which they stand. */
import { DecimalReader } from './decimals';

const [open, close, comma, blank] = [0x5b, 0x5d, 0x2c, 0x20];
const [minus, zero, nine] = [0x2d, 0x30, 0x39];

/** The list that was read last: a value that stands for the array that JSON would make of it. */
export class NumberList {
  length = 0;
  #numbers = new Float32Array(1024);
  #written: Uint8Array = new Uint8Array(0);
  readonly #reader = new DecimalReader();

  /**
   * Reads the list whose bracket is at `from`, in place of the one before. Returns the index behind it; -1 where there is none, an empty
   * one, or one that holds anything but numbers that are finite in float32.
   */
  read(bytes: Uint8Array, from: number): number {
    if (bytes[from] !== open) return -1;
    const reader = this.#reader;
    let count = 0;
    for (let at = from + 1; ; at = reader.end + 1) {
      const value = reader.next(bytes, skipSpace(bytes, at));
      if (!Number.isFinite(value)) return -1;
      if (count === this.#numbers.length) this.#grow();
      this.#numbers[count++] = value;
      reader.end = skipSpace(bytes, reader.end);
      if (bytes[reader.end] === comma) continue;
      if (bytes[reader.end] !== close) return -1;
      this.length = count;
      this.#written = bytes.subarray(from, reader.end + 1);
      return reader.end + 1;
    }
  }

  /** Its numbers, until the next is read. */
  get numbers(): Float32Array {
    return this.#numbers.subarray(0, this.length);
  }

  /** What stands in the file, for messages and tests of it: float32 has other digits. */
  toJSON(): unknown {
    return JSON.parse(new TextDecoder().decode(this.#written));
  }

  #grow(): void {
    const numbers = new Float32Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}

/** Whether a JSON value is a list that begins with a number. */
export function beginsNumbers(json: Uint8Array): boolean {
  const at = skipSpace(json, 0);
  return json[at] === open && beginsNumber(json[skipSpace(json, at + 1)]);
}

/** Whether a JSON value that begins with this byte is a number. */
export function beginsNumber(byte: number | undefined): boolean {
  return byte !== undefined && (byte === minus || (byte >= zero && byte <= nine));
}

/** Where what is no white space of JSON begins. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** White space as JSON has it. */
export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && byte <= blank && (byte === blank || byte === 0x0a || byte === 0x0d || byte === 0x09);
}
