// @ts-check
/** Vectors that no model made. */
import { createRandom } from './random.js';

const clusters = 64;
/** Dimensions that a cluster spreads in, by turns: few, as texts of one subject do, up to nearly all. */
const ranks = [8, 16, 32, 64, 128, 256];
/** How far a cluster spreads from its centre, whose length is 1: the least and the most. */
const spreads = { from: 0.3, to: 1.2 };
/** Share of rows that belong to no cluster. */
const noise = 0.1;

/**
 * Gaussian clusters on the unit sphere, of unequal size, spread and number of dimensions, and among them rows that are uniform
 * on it. `count x dimension`, row-major, each of unit length; fewer rows are the first of more.
 *
 * @param {number} count
 * @param {number} dimension
 * @returns {Float32Array}
 */
export function syntheticVectors(count, dimension) {
  const random = createRandom();
  // Box & Muller 1958.
  const gaussian = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const direction = () => toUnit(Float64Array.from({ length: dimension }, gaussian));
  const groups = Array.from({ length: clusters }, (_, i) => {
    const rank = ranks[i % ranks.length] ?? 0;
    const spread = spreads.from + (spreads.to - spreads.from) * random();
    return { centre: direction(), spread, axes: Array.from({ length: rank }, direction) };
  });
  const vectors = new Float32Array(count * dimension);
  for (let row = 0; row < count; row++) {
    // Squared, so that a few clusters are large and most are small.
    const group = groups[Math.floor(random() ** 2 * clusters)];
    const isNoise = random() < noise;
    vectors.set(isNoise || !group ? direction() : toUnit(around(group, gaussian)), row * dimension);
  }
  return vectors;
}

/**
 * @param {{ centre: Float64Array, spread: number, axes: Float64Array[] }} group
 * @param {() => number} gaussian
 */
function around({ centre, spread, axes }, gaussian) {
  const point = centre.slice();
  for (const axis of axes) {
    const along = (spread / Math.sqrt(axes.length)) * gaussian();
    axis.forEach((value, d) => (point[d] = (point[d] ?? 0) + along * value));
  }
  return point;
}

/** @param {Float64Array} vector */
function toUnit(vector) {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
