/** What training a linear map takes: products of matrices and steps of Adam, in float32. Compiled by scripts/vite/kernels.ts, typed by ../training.ts. */

import { multiplyMatrices } from './matrices';

/** Writes A B, as `multiplyMatrices` has it; `columns` a multiple of 8. */
export function multiply(
  a: usize,
  aRow: usize,
  aNext: usize,
  rows: i32,
  b: usize,
  inner: i32,
  columns: i32,
  out: usize,
  panel: usize,
): void {
  multiplyMatrices<f32>(a, aRow, aNext, rows, b, inner, columns, false, out, panel);
}

/**
 * A step of Adam with decoupled decay, in place (../../tuning/adam.ts).
 * @param size numbers; a multiple of 4
 * @param rate,correction of this step: the learning rate over 1 - beta1^t, and 1 over 1 - beta2^t
 * @param decay the share of the way to `homes` that is gone
 */
export function stepAdam(
  size: i32,
  values: usize,
  slopes: usize,
  means: usize,
  squares: usize,
  homes: usize,
  rate: f32,
  correction: f32,
  decay: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const rates = f32x4.splat(rate);
  const corrections = f32x4.splat(correction);
  const decays = f32x4.splat(decay);
  const keep1 = f32x4.splat(beta1);
  const keep2 = f32x4.splat(beta2);
  const take1 = f32x4.splat(1 - beta1);
  const take2 = f32x4.splat(1 - beta2);
  const least = f32x4.splat(epsilon);
  for (let at: usize = 0, end = (<usize>size) << 2; at < end; at += 16) {
    const slope = v128.load(slopes + at);
    const mean = f32x4.add(f32x4.mul(keep1, v128.load(means + at)), f32x4.mul(take1, slope));
    const square = f32x4.add(f32x4.mul(keep2, v128.load(squares + at)), f32x4.mul(take2, f32x4.mul(slope, slope)));
    v128.store(means + at, mean);
    v128.store(squares + at, square);
    const from = v128.load(values + at);
    const along = f32x4.div(f32x4.mul(rates, mean), f32x4.add(f32x4.sqrt(f32x4.mul(square, corrections)), least));
    const back = f32x4.mul(decays, f32x4.sub(from, v128.load(homes + at)));
    v128.store(values + at, f32x4.sub(f32x4.sub(from, along), back));
  }
}
