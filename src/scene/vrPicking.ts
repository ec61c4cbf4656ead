/** Which text a ray in the room points at, which texts have labels there, and how large the cloud comes. All in world units. */

import { wish } from './emphasis';

/** A ray points at what is this far off it, as a share of how far along it is: 1.4 degrees, a hand's unrest. */
const cone = 0.025;

type Triple = readonly [number, number, number];

/**
 * The row that a ray points at, or -1: the first whose disc it meets, or else that nearest to it by angle.
 * @param positions rows x 3
 * @param sizes by row; rows of size 0 are hidden
 * @param direction of length 1
 * @param radius of a disc of size 1
 */
export function pickByRay(
  positions: Float32Array,
  sizes: Float32Array,
  [x, y, z]: Triple,
  [dx, dy, dz]: Triple,
  radius: number,
): number {
  let [best, least, first] = [-1, cone, Infinity];
  for (let row = 0, p = 0; row < sizes.length; row++, p += 3) {
    if (sizes[row] === 0) continue;
    const [fx, fy, fz] = [positions[p]! - x, positions[p + 1]! - y, positions[p + 2]! - z];
    const along = fx * dx + fy * dy + fz * dz;
    if (along <= 0) continue;
    const off = Math.sqrt(Math.max(fx * fx + fy * fy + fz * fz - along * along, 0));
    const angle = Math.max(off - radius * sizes[row]!, 0) / along;
    if (angle > least || (angle === least && along >= first)) continue;
    [best, least, first] = [row, angle, along];
  }
  return best;
}

/** One row of each cube of this side that has any: rows that stand apart, whatever the crowd. */
export function spread(positions: Float32Array, sizes: Float32Array, side: number): Int32Array {
  const taken = new Map<string, number>();
  for (let row = 0; row < sizes.length; row++) {
    if (sizes[row] === 0) continue;
    const cube = Array.from(positions.subarray(row * 3, row * 3 + 3), (value) => Math.floor(value / side)).join();
    if (!taken.has(cube)) taken.set(cube, row);
  }
  return Int32Array.from(taken.values());
}

/**
 * The rows that have labels: those that want one more than others do, and of `rows` the nearest to a place.
 * @param wishes by row, a `wish`
 */
export function labelRows(
  rows: Int32Array,
  positions: Float32Array,
  wishes: Uint8Array,
  [x, y, z]: Triple,
  most: number,
): number[] {
  const wanted: number[] = [];
  for (let row = 0; row < wishes.length; row++) if (wishes[row]! >= wish.neighbour) wanted.push(row);
  wanted.sort((a, b) => wishes[b]! - wishes[a]!);
  const distance = (row: number) =>
    Math.hypot(positions[row * 3]! - x, positions[row * 3 + 1]! - y, positions[row * 3 + 2]! - z);
  const near = Array.from(rows)
    .filter((row) => wishes[row] !== wish.none && wishes[row]! < wish.neighbour)
    .sort((a, b) => distance(a) - distance(b));
  return [...wanted, ...near].slice(0, most);
}

/** The breadth, seen from any side around the vertical axis, and the height of what is not hidden, about the origin. */
export function measureCloud(positions: Float32Array, sizes: Float32Array): { across: number; tall: number } {
  let [across, tall] = [0, 0];
  for (let row = 0; row < sizes.length; row++) {
    if (sizes[row] === 0) continue;
    across = Math.max(across, 2 * Math.hypot(positions[row * 3]!, positions[row * 3 + 2]!));
    tall = Math.max(tall, 2 * Math.abs(positions[row * 3 + 1]!));
  }
  return { across, tall };
}
