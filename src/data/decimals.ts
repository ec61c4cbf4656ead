/** Decimal text -> float32, straight from bytes: no text is made of a number, and no float64 is kept. */

const [minus, point, zero, letterE] = [0x2d, 0x2e, 0x30, 0x65];
/** Digits of a whole number of 32 bits, and those that float64 holds beyond them: each whole number of 15. */
const digits = { high: 9, low: 6 } as const;
/** Float64 holds these powers exactly, and no further one. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export class DecimalReader {
  /** Index behind the number that was read last. */
  end = 0;

  /**
   * The number that begins at `from`, in the form of JSON (RFC 8259, 6), as `Math.fround(Number(text))` to the bit: infinite where float32
   * holds none of its size, NaN where there is no number.
   *
   * A whole number below 2^53, divided by a power of ten up to 1e22, is the float64 nearest to that decimal (Clinger, How to read floating
   * point numbers accurately, 1990). Of more than 15 digits the first 15 give a number below and one above: both roundings keep
   * order, so where these two are one float32, all between them are. Anything else is left to the engine.
   */
  next(bytes: Uint8Array, from: number): number {
    const isNegative = bytes[from] === minus;
    const first = isNegative ? from + 1 : from;
    let at = first;
    // Behind the last byte there is NaN, which is no digit.
    let digit = bytes[at]! - zero;
    let high = 0;
    for (const stop = first + digits.high; digit >= 0 && digit <= 9 && at < stop; digit = bytes[++at]! - zero)
      high = high * 10 + digit;
    if (at === first || (bytes[first] === zero && at > first + 1)) return NaN;
    if (digit >= 0 && digit <= 9) return this.#slowly(bytes, from);
    let low = 0;
    let lowDigits = 0;
    let places = 0;
    let isCut = false;
    if (bytes[at] === point) {
      const known = high === 0 ? 0 : at - first;
      const begun = ++at;
      digit = bytes[at]! - zero;
      if (high === 0) while (digit === 0) digit = bytes[++at]! - zero;
      for (const stop = at + digits.high - known; digit >= 0 && digit <= 9 && at < stop; digit = bytes[++at]! - zero)
        high = high * 10 + digit;
      if (at === begun && !(digit >= 0 && digit <= 9)) return NaN;
      const more = at;
      for (const stop = at + digits.low; digit >= 0 && digit <= 9 && at < stop; digit = bytes[++at]! - zero)
        low = low * 10 + digit;
      lowDigits = at - more;
      places = at - begun;
      for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - zero) isCut = true;
    }
    if ((bytes[at]! | 0x20) === letterE || places >= powersOfTen.length) return this.#slowly(bytes, from);
    this.end = at;
    const whole = lowDigits === 0 ? high : high * powersOfTen[lowDigits]! + low;
    const size = Math.fround(whole / powersOfTen[places]!);
    if (isCut && size !== Math.fround((whole + 1) / powersOfTen[places]!)) return this.#slowly(bytes, from);
    return isNegative ? -size : size;
  }

  #slowly(bytes: Uint8Array, from: number): number {
    let text = '';
    let at = from;
    for (let char = charAt(bytes, at); /[\d.eE+-]/.test(char); char = charAt(bytes, ++at)) text += char;
    this.end = at;
    return jsonNumber.test(text) ? Math.fround(Number(text)) : NaN;
  }
}

function charAt(bytes: Uint8Array, at: number): string {
  return at < bytes.length ? String.fromCharCode(bytes[at]!) : '';
}
