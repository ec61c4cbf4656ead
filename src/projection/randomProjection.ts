import type { Matrix, Positions } from '../types';
import { createRandom, type Random } from './random';

/**
 * The rows projected at random: on `dims` directions whose coordinates are drawn from a normal distribution of variance
 * 1 / dims, in the rows' own units, each column with mean zero. The squared distance of any two rows is kept in expectation,
 * with a relative standard deviation of sqrt(2 / dims): of two or three dimensions no single distance is to be trusted
 * (Johnson & Lindenstrauss 1984, "Extensions of Lipschitz mappings into a Hilbert space"; for Gaussian directions Dasgupta &
 * Gupta 2003, Random Structures & Algorithms 22). The directions depend on the seed and the number of dimensions alone, not
 * on the rows.
 */
export function projectRandom({ data, rows, dim }: Matrix, dims: 2 | 3, seed: number): Positions {
  const gauss = normalNumbers(createRandom(seed));
  const scale = Math.sqrt(1 / dims);
  const directions = Float64Array.from({ length: dims * dim }, () => gauss() * scale);
  const scores = new Float64Array(rows * dims);
  const mean = new Float64Array(dims);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < dims; c++) {
      let sum = 0;
      for (let d = 0, p = row * dim, q = c * dim; d < dim; d++) sum += data[p++]! * directions[q++]!;
      scores[row * dims + c] = sum;
      mean[c]! += sum / rows;
    }
  }
  return { data: Float32Array.from(scores, (score, at) => score - mean[at % dims]!), rows, dim: dims };
}

/**
 * Numbers of the standard normal distribution by the polar method (Marsaglia & Bray 1964, SIAM Review 6): it needs no sine,
 * of which browsers may differ in the last bit.
 */
function normalNumbers(random: Random): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * random() - 1;
      const y = 2 * random() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}
