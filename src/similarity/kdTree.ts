/** A kd-tree over the positions of a map. */
import type { Positions } from '../types';

/** Rows that a leaf holds at most: below this, comparing them all is quicker than going further down. */
const leafRows = 16;

/**
 * Boxes around ever smaller parts of the rows. Nodes are numbered as in a heap: those below node `i` are `2 i + 1` and
 * `2 i + 2`, and all leaves, from `firstLeaf` on, are equally deep.
 */
export interface KdTree {
  readonly rows: number;
  readonly dim: number;
  /** The rows, leaf by leaf: places `first[node]` to `last[node]` (without it) are those of a node. */
  readonly order: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Coordinates in that order, rows x dim. */
  readonly points: Float64Array;
  /** Corners of each node's box, nodes x dim. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly nodes: number;
  readonly firstLeaf: number;
}

/** Splits at the median of the widest side (Bentley 1975, "Multidimensional binary search trees"). Positions are finite. */
export function createKdTree({ data, rows, dim }: Positions): KdTree {
  let levels = 0;
  while (rows / 2 ** levels > leafRows) levels++;
  const nodes = 2 ** (levels + 1) - 1;
  const firstLeaf = 2 ** levels - 1;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const first = new Int32Array(nodes);
  const last = new Int32Array(nodes);
  const low = new Float64Array(nodes * dim).fill(Infinity);
  const high = new Float64Array(nodes * dim).fill(-Infinity);
  last[0] = rows;
  for (let node = 0; node < nodes; node++) {
    for (let i = first[node]!; i < last[node]!; i++) {
      for (let d = 0; d < dim; d++) {
        const value = data[order[i]! * dim + d]!;
        if (value < low[node * dim + d]!) low[node * dim + d] = value;
        if (value > high[node * dim + d]!) high[node * dim + d] = value;
      }
    }
    if (node >= firstLeaf) continue;
    let widest = 0;
    for (let d = 1; d < dim; d++)
      if (high[node * dim + d]! - low[node * dim + d]! > high[node * dim + widest]! - low[node * dim + widest]!)
        widest = d;
    const middle = (first[node]! + last[node]!) >> 1;
    selectMedian(order, first[node]!, last[node]! - 1, middle, (row) => data[row * dim + widest]!);
    const [left, right] = [2 * node + 1, 2 * node + 2];
    first[left] = first[node]!;
    last[left] = first[right] = middle;
    last[right] = last[node]!;
  }
  const points = new Float64Array(rows * dim);
  order.forEach((row, i) => {
    for (let d = 0; d < dim; d++) points[i * dim + d] = data[row * dim + d]!;
  });
  return { rows, dim, order, first, last, points, low, high, nodes, firstLeaf };
}

/** The squared distance from the point at a place of the order to a node's box, 0 inside it. */
export function squaredDistanceTo({ dim, points, low, high }: KdTree, place: number, node: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) {
    const value = points[place * dim + d]!;
    const below = low[node * dim + d]! - value;
    const above = value - high[node * dim + d]!;
    const off = below > 0 ? below : above > 0 ? above : 0;
    sum += off * off;
  }
  return sum;
}

/** The squared distance of the points at two places of the order. */
export function squaredDistance({ dim, points }: KdTree, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) {
    const off = points[a * dim + d]! - points[b * dim + d]!;
    sum += off * off;
  }
  return sum;
}

/** Puts the entries from `from` to `to` with smaller values before place `middle`, and those with larger ones after it (Hoare 1961). */
function selectMedian(
  order: Int32Array,
  from: number,
  to: number,
  middle: number,
  valueOf: (row: number) => number,
): void {
  while (from < to) {
    const pivot = valueOf(order[(from + to) >> 1]!);
    let [i, j] = [from, to];
    while (i <= j) {
      while (valueOf(order[i]!) < pivot) i++;
      while (valueOf(order[j]!) > pivot) j--;
      if (i > j) break;
      const kept = order[i]!;
      order[i++] = order[j]!;
      order[j--] = kept;
    }
    if (middle <= j) to = j;
    else if (middle >= i) from = i;
    else return;
  }
}
