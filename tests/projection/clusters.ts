import { createRandom } from '../../src/projection/random';
import type { Matrix } from '../../src/types';
import { createMatrix, normalise } from '../../src/vectors';

/**
 * Unit vectors in groups: row `i` is the centre of group `i % groups` plus noise, both Gaussian (Box-Muller), the noise
 * `noise` times as strong, and in each group `growth` times as strong as in the one before. `record.py` makes the same ones from
 * the same seed.
 */
export function clusteredVectors(
  rows: number,
  dim: number,
  groups: number,
  noise: number,
  seed: number,
  growth = 1,
): Matrix {
  const random = createRandom(seed);
  const gauss = () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  };
  const centres = Array.from({ length: groups * dim }, gauss);
  const data = new Float32Array(rows * dim);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * dim, (i + 1) * dim);
    const strength = noise * growth ** (i % groups);
    for (let d = 0; d < dim; d++) row[d] = centres[(i % groups) * dim + d]! + strength * gauss();
    normalise(row);
  }
  return createMatrix(data, dim);
}

/** Categories that cross such groups; every eleventh row has none. `record.py` gives the same. */
export function crossingLabels(rows: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: rows }, (_, row) => (row % 11 === 5 ? -1 : Math.floor(row / 3) % 4));
}
