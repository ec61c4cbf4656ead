/** Where texts stand by their values on axes of meaning, which are at the ends, and anywhere between there and the map. */
import type { AxesAnswer } from '../../answers';
import type { MeaningAxis } from '../../scene/meaningAxes';
import { fitTransform, toWorld } from '../../scene/transform';
import type { ItemId, Positions } from '../../types';

/** Texts of one axis stand in so many columns at most, each as wide as it is high. */
const mostColumns = 400;
/** A strip is at most this high, as a share of its length. */
const tallest = 0.6;
/** How far the lines of the axes go beyond the outermost texts, as a share of what the texts span. */
const beyond = 0.06;

/**
 * Positions by values (rows x axes, row-major): two or three axes are the coordinates. One runs across, and texts of nearly the same
 * value are stacked up and down from its middle: how far up says nothing.
 */
export function placeByValues(values: Float32Array<ArrayBuffer>, axes: number): Positions {
  const rows = values.length / axes;
  if (axes === 2 || axes === 3) return { data: values, rows, dim: axes };
  const [low, high] = extent(values, 0, 1);
  const columns = Math.min(Math.max(Math.ceil(2 * Math.sqrt(rows)), 8), mostColumns);
  const width = (high - low) / columns;
  const columnOf = (value: number) => (width > 0 ? Math.min(Math.floor((value - low) / width), columns - 1) : 0);
  const stacked = new Int32Array(columns);
  const order = Int32Array.from(values, (value) => stacked[columnOf(value)]!++);
  const highest = Math.max(...stacked, 1);
  const step = Math.min(width, ((high - low) * tallest) / highest);
  const data = new Float32Array(rows * 2);
  values.forEach((value, row) => {
    const place = order[row]!;
    data[2 * row] = value;
    // 0, 1, -1, 2, -2 and so on.
    data[2 * row + 1] = step * (place % 2 === 0 ? -place / 2 : (place + 1) / 2);
  });
  return { data, rows, dim: 2 };
}

/**
 * The ids of the texts at the ends of an axis, the outermost first: `count` from each, or fewer where there are not twice as many. None is
 * at both ends: one that is left in the middle is at that end whose own value is nearer.
 */
export function outermost(
  { ids, values, ends }: AxesAnswer,
  axis: number,
  axes: number,
  count: number,
): { readonly low: readonly ItemId[]; readonly high: readonly ItemId[] } {
  const valueOf = (row: number) => values[row * axes + axis]!;
  const rows = Int32Array.from(ids, (_, row) => row).sort((a, b) => valueOf(a) - valueOf(b));
  const half = rows.length >> 1;
  const isOdd = rows.length > 2 * half;
  const isLow = isOdd && 2 * valueOf(rows[half]!) < ends[2 * axis]! + ends[2 * axis + 1]!;
  const names = (found: Int32Array, most: number) =>
    [...found.subarray(0, Math.min(count, most))].map((row) => ids[row]!);
  return {
    low: names(rows, half + Number(isLow)),
    high: names(rows.toReversed(), half + Number(isOdd && !isLow)),
  };
}

/** Two layouts of the same rows in units of their own size, and the axes of the second: what can be shown between them. */
export class Morph {
  readonly #dim: 2 | 3;
  readonly #map: Float32Array;
  readonly #axes: Float32Array;
  /** In the units of what `at` gives. */
  readonly lines: readonly MeaningAxis[];

  /**
   * @param map its third dimension is left out where there are fewer than three axes
   * @param values rows x axes, row-major, of the rows of the map
   */
  constructor(
    map: Positions,
    values: Float32Array<ArrayBuffer>,
    names: readonly { readonly from: string; readonly to: string }[],
  ) {
    const placed = placeByValues(values, names.length);
    this.#dim = placed.dim;
    this.#map = inOwnUnits(map, placed.dim === 2);
    this.#axes = inOwnUnits(placed, false);
    const extents = [0, 1, 2].map((axis) => extent(this.#axes, axis, 3));
    const transform = fitTransform(placed);
    this.lines = names.map(({ from, to }, axis) => {
      // Through the point where all values are 0, or as near to it as the texts come.
      const through = extents.map(([low, high], i) => {
        const zero = -transform.centre[i]! * transform.scale;
        return names.length === 1 ? 0 : Math.min(Math.max(zero, low), high);
      });
      const [low, high] = extents[axis]!;
      const margin = (high - low) * beyond;
      const end = (at: number) => [0, 1, 2].map((i) => (i === axis ? at : through[i]!)) as [number, number, number];
      return { from, to, start: end(low - margin), end: end(high + margin) };
    });
  }

  /** @param share 0 is the map, 1 the axes */
  at(share: number): Positions {
    const dim = this.#dim;
    const rows = this.#map.length / 3;
    const data = new Float32Array(rows * dim);
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < dim; i++) {
        const from = this.#map[row * 3 + i]!;
        data[row * dim + i] = from + share * (this.#axes[row * 3 + i]! - from);
      }
    return { data, rows, dim };
  }
}

/** Rows x 3: the centre is the origin, and the root mean square distance from it is 1. */
function inOwnUnits(positions: Positions, flat: boolean): Float32Array {
  const out = new Float32Array(positions.rows * 3);
  toWorld(positions, fitTransform(positions), flat, out);
  return out;
}

/** Lowest and highest of every `stride`-th number from `first` on; 0 and 0 where there are none. */
function extent(numbers: Float32Array, first: number, stride: number): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = first; i < numbers.length; i += stride) {
    low = Math.min(low, numbers[i]!);
    high = Math.max(high, numbers[i]!);
  }
  return low <= high ? [low, high] : [0, 0];
}
