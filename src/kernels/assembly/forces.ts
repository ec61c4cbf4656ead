/** What the forces of a layout share. */
import { exp2, log2, sumLanes } from './lanes';

/** Longest step of one force along one axis before the learning rate, as in umap-learn. */
const longest: f32 = 4;
/** Stands in for the square of a distance of zero, which has no logarithm. */
export const tiny: f32 = 1e-20;

export function clip(step: v128): v128 {
  return f32x4.pmax(f32x4.pmin(step, f32x4.splat(longest)), f32x4.splat(-longest));
}

/** Squared lengths of four differences, one a lane. */
export function squaresOf(d0: v128, d1: v128, d2: v128, d3: v128): v128 {
  return sumLanes(f32x4.mul(d0, d0), f32x4.mul(d1, d1), f32x4.mul(d2, d2), f32x4.mul(d3, d3));
}

/** Positive numbers to the power of `exponent`. */
export function powerOf(positive: v128, exponent: v128): v128 {
  return exp2(f32x4.mul(exponent, log2(positive)));
}
