/** Vectors as they are: rounded for products of int16, and compared once more when those have found the candidates. */

/** The largest int16, for a coordinate of 1; ../../projection/search.ts has the same number. */
const one: f32 = 32767;
/** Unit rows in float32 have lengths that are off by some 1e-7: closer than this, two rows are one direction. */
const noise: f64 = 1e-6;

/**
 * Writes the rows `first` to `last` (without it) as int16, rounded to the nearest, and leaves the padding as it is.
 * @param floats rows x dim of float32, within -1 to 1
 * @param vectors rows x `rowBytes` of int16
 */
export function quantiseRows(floats: usize, dim: i32, first: i32, last: i32, vectors: usize, rowBytes: usize): void {
  const scale = f32x4.splat(one);
  for (let row = first; row < last; row++) {
    const from = floats + <usize>(row * dim) * 4;
    const to = vectors + <usize>row * rowBytes;
    let d = 0;
    for (; d + 8 <= dim; d += 8) {
      const low = f32x4.nearest(f32x4.mul(v128.load(from + (d << 2)), scale));
      const high = f32x4.nearest(f32x4.mul(v128.load(from + (d << 2), 16), scale));
      v128.store(to + (d << 1), i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(low), i32x4.trunc_sat_f32x4_s(high)));
    }
    for (; d < dim; d++) store<i16>(to + (d << 1), <i16>nearest(load<f32>(from + (d << 2)) * one));
  }
}

/**
 * Sorts the lists of the rows `first` to `last` (without it) by distance, 1 - the dot product in float64, and then by row number.
 * Distances take the place of the scores, as float32.
 * @param floats rows x dim of float32, of unit length
 * @param k length of the lists
 * @param indices rows x k row numbers, each list ended by -1 where it is not full; its distances end in infinity
 * @param scores rows x k, whose values do not matter
 */
export function rankLists(first: i32, last: i32, floats: usize, dim: i32, k: i32, indices: usize, scores: usize): void {
  for (let row = first; row < last; row++) {
    const ofIndices = indices + ((row * k) << 2);
    const ofScores = scores + ((row * k) << 2);
    for (let count = 0; count < k; count++) {
      const candidate = load<i32>(ofIndices + (count << 2));
      if (candidate < 0) {
        for (; count < k; count++) store<f32>(ofScores + (count << 2), <f32>Infinity);
        break;
      }
      const distance = distanceOf(floats, dim, row, candidate);
      let at = count << 2;
      for (; at > 0; at -= 4) {
        const before = load<f32>(ofScores + at - 4);
        const other = load<i32>(ofIndices + at - 4);
        if (before < distance || (before === distance && other < candidate)) break;
        store<f32>(ofScores + at, before);
        store<i32>(ofIndices + at, other);
      }
      store<f32>(ofScores + at, distance);
      store<i32>(ofIndices + at, candidate);
    }
  }
}

/** Of two rows, as a graph holds it, so that what compares equal is equal. */
function distanceOf(floats: usize, dim: i32, row: i32, other: i32): f32 {
  const x = floats + <usize>(row * dim) * 4;
  const y = floats + <usize>(other * dim) * 4;
  let even = f64x2.splat(0);
  let odd = even;
  let d = 0;
  for (; d + 4 <= dim; d += 4) {
    const at = d << 2;
    even = f64x2.add(even, product(v128.load64_zero(x + at), v128.load64_zero(y + at)));
    odd = f64x2.add(odd, product(v128.load64_zero(x + at, 8), v128.load64_zero(y + at, 8)));
  }
  const both = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; d < dim; d++) sum += <f64>load<f32>(x + (d << 2)) * <f64>load<f32>(y + (d << 2));
  return 1 - sum < noise ? 0 : <f32>(1 - sum);
}

function product(x: v128, y: v128): v128 {
  return f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(y));
}
