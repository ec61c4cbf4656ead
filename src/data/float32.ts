/** Float32 <-> decimal text. */

const powersOfTen = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** A decimal of 6 significant digits survives float32; 9 always suffice (FLT_DIG and FLT_DECIMAL_DIG of C). */
const MIN_DIGITS = 6;
const MAX_DIGITS = 9;

/**
 * The float32 `value` rounded to as few significant decimal digits as parse back to it: `Math.fround(Number(text))` is `value`
 * to the bit, -0 included (as -0.0: Python's json reads -0 as a whole number, which has no sign). Not for NaN and infinities, which the doors refuse.
 */
export function formatFloat32(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0';
  const size = Math.abs(value);
  if (size >= 1e-9 && size < 1e9) {
    let exponent = Math.floor(Math.log10(size));
    // The logarithm can round up to the next power just below it.
    if (exponent >= 0 ? size < powersOfTen[exponent]! : size * powersOfTen[-exponent]! < 1) exponent--;
    // From the most on, as most numbers need: where so many digits do not suffice, fewer do not either.
    let decimal: number | undefined;
    for (let digits = MAX_DIGITS - 1; digits >= MIN_DIGITS; digits--) {
      const shorter = rounded(size, digits - 1 - exponent);
      if (Math.fround(shorter) !== size) break;
      decimal = shorter;
    }
    decimal ??= rounded(size, MAX_DIGITS - 1 - exponent);
    if (Math.fround(decimal) === size) return value < 0 ? `-${decimal}` : String(decimal);
  }
  for (let digits = 1; digits < MAX_DIGITS; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return String(decimal);
  }
  return String(Number(value.toPrecision(MAX_DIGITS)));
}

/**
 * `size` with so many decimal places. An integer below 2^53 divided by an exact power of ten (up to 1e22) is the float64 nearest to that
 * decimal, which is what parsing its text gives (Clinger, How to read floating point numbers accurately, 1990): no text is needed to try.
 */
function rounded(size: number, places: number): number {
  return places >= 0
    ? Math.round(size * powersOfTen[places]!) / powersOfTen[places]!
    : Math.round(size / powersOfTen[-places]!) * powersOfTen[-places]!;
}

/** One row of `data` (`rows x dim`, row-major) as decimals. */
export function formatRow(data: Float32Array, dim: number, row: number): string[] {
  const cells: string[] = [];
  for (let p = row * dim; p < (row + 1) * dim; p++) cells.push(formatFloat32(data[p]!));
  return cells;
}
