/** A start that its neighbours have drawn together. */
import type { Positions } from '../types';
import type { FuzzyGraph } from './fuzzy';
import { farthest, spreadTo } from './start';

/**
 * Steps of a lazy random walk. With them two seeds of 50,000 words agree by 0.988 instead of 0.935, of 5,000 by 0.994 instead of 0.991, and
 * of the nearest are kept 0.307 instead of 0.301; with 3, 10 and 50 steps it is 0.989, 0.987 and 0.987, and 0.306, 0.310 and 0.306.
 */
const steps = 5;

/**
 * `start` (`rows x dims`, row-major) after some steps to the mean of each row and its neighbours by the graph, half of it each: what is
 * left are the directions along which the graph is long, those of a spectral start (Coifman & Lafon 2006, Diffusion maps, Applied and
 * Computational Harmonic Analysis 21). The farthest coordinate is as far as before. The argument is left as it is.
 */
export function smoothStart(start: Positions, { offsets, heads, weights }: FuzzyGraph, seed: number): Positions {
  const { rows, dim } = start;
  const sums = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) sums[row]! += weights[edge]!;
  let from = Float64Array.from(start.data);
  let to = from.slice();
  for (let step = 0; step < steps; step++) {
    for (let row = 0; row < rows; row++) {
      const sum = sums[row]!;
      // All at once, so that each edge is read once; in two dimensions z is y again, and goes nowhere.
      let [x, y, z] = [0, 0, 0];
      for (let edge = offsets[row]!; edge < offsets[row + 1]!; edge++) {
        const weight = weights[edge]!;
        const at = heads[edge]! * dim;
        x += weight * from[at]!;
        y += weight * from[at + 1]!;
        z += weight * from[at + dim - 1]!;
      }
      const at = row * dim;
      to[at] = halfway(from[at]!, x, sum);
      to[at + 1] = halfway(from[at + 1]!, y, sum);
      if (dim === 3) to[at + 2] = halfway(from[at + 2]!, z, sum);
    }
    [from, to] = [to, from];
  }
  return { ...start, data: spreadTo(farthest(start.data), from, seed) };
}

/** Between a coordinate and the mean of its neighbours, whose weighted sum is given with the sum of the weights. */
function halfway(own: number, moved: number, sum: number): number {
  return sum > 0 ? (own + moved / sum) / 2 : own;
}
