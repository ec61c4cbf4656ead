/** Bounds of dot products from numbers of one byte: compiled by scripts/vite/kernels.ts, typed by ../rounded.ts. */
import { sumLanes } from './lanes';

/** The largest int8. */
const one: f32 = 127;
/** What float32 may lose in a sum of squares, and in what is summed. */
const more: f32 = 1.001;
const least: f32 = 1e-6;

/**
 * Writes rows as int8, each in steps of its own so that its largest number becomes 127, and returns the longest one's squared length.
 * @param floats count x `rowBytes` of float32, padded with zeros
 * @param rounded count x `rowBytes` of int8, a multiple of 16
 * @param steps what a row's numbers are multiples of, float32
 * @param losses no less than the length of what rounding took from a row, float32
 */
export function roundRows(
  floats: usize,
  count: i32,
  rounded: usize,
  rowBytes: usize,
  steps: usize,
  losses: usize,
): f32 {
  let longest: f32 = 0;
  for (let row: usize = 0; row < <usize>count; row++) {
    const from = floats + row * rowBytes * 4;
    const to = rounded + row * rowBytes;
    let largest = f32x4.splat(0);
    let squares = largest;
    for (let at: usize = 0; at < rowBytes * 4; at += 16) {
      const x = v128.load(from + at);
      largest = f32x4.max(largest, f32x4.abs(x));
      squares = f32x4.add(squares, f32x4.mul(x, x));
    }
    const step = largestLane(largest) / one;
    const scale = f32x4.splat(step > 0 ? 1 / step : 0);
    const back = f32x4.splat(step);
    let lost = f32x4.splat(0);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const x0 = v128.load(from + at * 4);
      const x1 = v128.load(from + at * 4, 16);
      const x2 = v128.load(from + at * 4, 32);
      const x3 = v128.load(from + at * 4, 48);
      const y0 = f32x4.nearest(f32x4.mul(x0, scale));
      const y1 = f32x4.nearest(f32x4.mul(x1, scale));
      const y2 = f32x4.nearest(f32x4.mul(x2, scale));
      const y3 = f32x4.nearest(f32x4.mul(x3, scale));
      lost = f32x4.add(lost, squaresOf(f32x4.sub(x0, f32x4.mul(y0, back))));
      lost = f32x4.add(lost, squaresOf(f32x4.sub(x1, f32x4.mul(y1, back))));
      lost = f32x4.add(lost, squaresOf(f32x4.sub(x2, f32x4.mul(y2, back))));
      lost = f32x4.add(lost, squaresOf(f32x4.sub(x3, f32x4.mul(y3, back))));
      const low = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(y0), i32x4.trunc_sat_f32x4_s(y1));
      const high = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(y2), i32x4.trunc_sat_f32x4_s(y3));
      v128.store(to + at, i8x16.narrow_i16x8_s(low, high));
    }
    const sums = sumLanes(squares, lost, lost, lost);
    longest = max(longest, f32x4.extract_lane(sums, 0) * more);
    store<f32>(steps + (row << 2), step);
    store<f32>(losses + (row << 2), <f32>Math.sqrt(f32x4.extract_lane(sums, 1)) * more + least * one * step);
  }
  return longest;
}

function squaresOf(x: v128): v128 {
  return f32x4.mul(x, x);
}

function largestLane(lanes: v128): f32 {
  const pairs = max(f32x4.extract_lane(lanes, 0), f32x4.extract_lane(lanes, 1));
  return max(pairs, max(f32x4.extract_lane(lanes, 2), f32x4.extract_lane(lanes, 3)));
}

/**
 * Writes between which numbers the dot product of a query and each row lies.
 * @param rounded count x `rowBytes` of int8, with `steps` and `losses` as `roundRows` writes them
 * @param query `rowBytes` of int16, short enough that no sum leaves int32
 * @param queryStep what the query's numbers are multiples of
 * @param length of the query, and that of what rounding took from it
 * @param slack added on both sides
 * @param lows count of float32, as `highs`
 */
export function boundRows(
  rounded: usize,
  rowBytes: usize,
  count: i32,
  query: usize,
  queryStep: f32,
  length: f32,
  slack: f32,
  steps: usize,
  losses: usize,
  lows: usize,
  highs: usize,
): void {
  for (let row: usize = 0; row < <usize>count; row++) {
    const from = rounded + row * rowBytes;
    let even = i32x4.splat(0);
    let odd = even;
    let y = query;
    for (let at: usize = 0; at < rowBytes; at += 16, y += 32) {
      const x = v128.load(from + at);
      even = i32x4.add(even, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(x), v128.load(y)));
      odd = i32x4.add(odd, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(x), v128.load(y, 16)));
    }
    const sums = i32x4.add(even, odd);
    const halves = i32x4.add(sums, v128.shuffle<i64>(sums, sums, 1, 0));
    const product = i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1);
    const middle = <f32>product * (load<f32>(steps + (row << 2)) * queryStep);
    const margin = load<f32>(losses + (row << 2)) * length + slack;
    store<f32>(lows + (row << 2), middle - margin);
    store<f32>(highs + (row << 2), middle + margin);
  }
}
