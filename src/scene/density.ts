/**
 * How crowded the map is around each text: a Gaussian kernel density estimate of the positions, on a grid, so that a hundred thousand
 * texts in one place cost no more than as many apart (60 ms in a plane, 120 in space). It speaks of the picture, not of the model's
 * space.
 */
import type { Positions } from '../types';

/** Cells a side. Of 100,000 texts in one normal cluster the bandwidth is 2 of them in a plane and 0.7 in space. */
const cells = { 2: 256, 3: 64 } as const;
/** Bandwidths after which the kernel is cut off: at 3, that of a lonely text was up to 9 % too low. */
const reach = 4;
/** Counting by linear weights blurs by this much on average, and reading by them once more: a variance, in cells. */
const blurOfWeights = 1 / 6;
/** Narrower than this, in cells, the grid would show: a text far from all others makes the cells large. */
const leastBandwidth = 1;

/** The grid that positions are counted on: `counts` has `size` cells a side, the first axis running fastest. */
interface Grid {
  readonly size: number;
  readonly dim: 2 | 3;
  readonly origin: readonly number[];
  /** Breadth of a cell, in layout units, along each axis. */
  readonly cell: readonly number[];
}

/**
 * Of Scott's rule, which is for one normal cluster, where maps have many. Its ranks correlate with those of the distance to the tenth
 * nearest text at 0.95 with half of it and -0.02 with all (the English starter), 0.81 and 0.34 (30 clusters in a plane), 0.97 and 0.51
 * (in space); of the maps that were tried only the other starter's, which is one ball, has more with all: 0.86 instead of 0.37.
 */
const shareOfRule = 0.5;

/**
 * The kernel's bandwidth for each axis, in layout units: half of Scott's rule (Multivariate Density Estimation, 1992, 6.3.1.1), the
 * axis' standard deviation times n^(-1 / (dim + 4)).
 */
export function bandwidths({ data, rows, dim }: Positions): number[] {
  return Array.from({ length: dim }, (_, axis) => {
    let sum = 0;
    for (let p = axis; p < rows * dim; p += dim) sum += data[p]!;
    const mean = sum / rows;
    let squares = 0;
    for (let p = axis; p < rows * dim; p += dim) squares += (data[p]! - mean) ** 2;
    return shareOfRule * Math.sqrt(squares / rows) * rows ** (-1 / (dim + 4));
  });
}

/**
 * The density at each position as a multiple of the median one, row by row. Positions are finite. All in one place, it is 1 for
 * each.
 */
export function mapDensity(positions: Positions): Float32Array<ArrayBuffer> {
  const { rows, dim } = positions;
  if (rows === 0) return new Float32Array(0);
  const widths = bandwidths(positions);
  const grid = gridOver(positions);
  const counts = new Float32Array(grid.size ** dim);
  const density = new Float32Array(rows);
  visitCorners(positions, grid, (_, cell, weight) => (counts[cell]! += weight));
  for (let axis = 0; axis < dim; axis++) {
    const width = widths[axis]! / grid.cell[axis]!;
    blur(counts, grid, axis, Math.sqrt(Math.max(width ** 2 - 2 * blurOfWeights, leastBandwidth ** 2)));
  }
  visitCorners(positions, grid, (row, cell, weight) => (density[row]! += weight * counts[cell]!));
  const median = density.slice().sort()[rows >> 1]!;
  for (let row = 0; row < rows; row++) density[row]! /= median;
  return density;
}

/** From the least to the greatest position along each axis: beyond them nothing is counted, and nothing read. */
function gridOver({ data, rows, dim }: Positions): Grid {
  const size = cells[dim];
  const origin: number[] = [];
  const cell: number[] = [];
  for (let axis = 0; axis < dim; axis++) {
    let low = Infinity;
    let high = -Infinity;
    for (let p = axis; p < rows * dim; p += dim) {
      low = Math.min(low, data[p]!);
      high = Math.max(high, data[p]!);
    }
    origin.push(low);
    // An axis along which nothing differs has a breadth of its own.
    cell.push(high > low ? (high - low) / (size - 1) : 1);
  }
  return { size, dim, origin, cell };
}

/** Visits the 4 or 8 cells around each position, with the weights of linear interpolation, which add up to 1. */
function visitCorners(
  { data, rows, dim }: Positions,
  { size, origin, cell }: Grid,
  visit: (row: number, cell: number, weight: number) => void,
): void {
  const corners = 1 << dim;
  const base = [0, 0, 0];
  const share = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let axis = 0; axis < dim; axis++) {
      const at = (data[row * dim + axis]! - origin[axis]!) / cell[axis]!;
      const whole = Math.min(Math.max(Math.floor(at), 0), size - 2);
      base[axis] = whole;
      share[axis] = at - whole;
    }
    for (let corner = 0; corner < corners; corner++) {
      let at = 0;
      let weight = 1;
      for (let axis = dim - 1; axis >= 0; axis--) {
        const up = (corner >> axis) & 1;
        at = at * size + base[axis]! + up;
        weight *= up ? share[axis]! : 1 - share[axis]!;
      }
      visit(row, at, weight);
    }
  }
}

/** Convolves the grid with a Gaussian of `width` cells along one axis, in place. */
function blur(counts: Float32Array, { size, dim }: Grid, axis: number, width: number): void {
  const radius = Math.min(Math.ceil(reach * width), size - 1);
  const kernel = Float32Array.from({ length: radius + 1 }, (_, i) => Math.exp(-0.5 * (i / width) ** 2));
  const step = size ** axis;
  const lines = size ** (dim - 1);
  const line = new Float32Array(size);
  for (let n = 0; n < lines; n++) {
    // The lines along an axis begin at every cell whose place on it is 0.
    const first = Math.floor(n / step) * step * size + (n % step);
    let empty = true;
    for (let i = 0; i < size; i++) if ((line[i] = counts[first + i * step]!) !== 0) empty = false;
    if (empty) continue;
    for (let i = 0; i < size; i++) {
      let sum = 0;
      const to = Math.min(i + radius, size - 1);
      for (let j = Math.max(i - radius, 0); j <= to; j++) sum += kernel[Math.abs(i - j)]! * line[j]!;
      counts[first + i * step] = sum;
    }
  }
}
