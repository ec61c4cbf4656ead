/** A float32 as decimal text. Rows of them are parts of lines (`encodeLines`). */
import { writeDecimals } from '../kernels/decimals';

const one = new Float32Array(1);

/**
 * The float32 `value` in as few significant decimal digits as parse back to it, and of such decimals the nearest (of two as near the even
 * one): `Math.fround(Number(text))` is `value` to the bit, -0 included (as -0.0: Python's json reads -0 as a whole number, which has no sign).
 */
export function formatFloat32(value: number): string {
  one[0] = value;
  return String.fromCharCode(...writeDecimals(one, ' ').subarray(0, -1));
}
