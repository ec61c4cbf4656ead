import { describe, expect, test } from 'vitest';
import { Morph, outermost, placeByValues } from '../../src/app/state/axesLayout';
import type { Positions } from '../../src/types';

const ends = [
  { from: 'a', to: 'b' },
  { from: 'c', to: 'd' },
  { from: 'e', to: 'f' },
];

describe('the texts at the ends of an axis', () => {
  /** Of two axes, of which the second has these values; its own ends stand at -0.5 and 0.9. */
  const at = (values: readonly number[], count: number) =>
    outermost(
      {
        ids: values.map((value) => `at ${value}`),
        values: Float32Array.from(values.flatMap((value) => [9, value])),
        ends: Float32Array.of(0, 0, -0.5, 0.9),
        residuals: new Float32Array(values.length),
        residual: 0,
        cosines: Float32Array.of(1, 0, 0, 1),
      },
      1,
      2,
      count,
    );

  test('are the outermost of each, the outermost first', () => {
    expect(at([0.5, -1, 0.25, 0, 1, -0.5], 2)).toEqual({ low: ['at -1', 'at -0.5'], high: ['at 1', 'at 0.5'] });
  });

  test('are never the same: few texts are shared out, and the one in the middle is where the nearer end is', () => {
    expect(at([1, -1, 0, 0.5], 3)).toEqual({ low: ['at -1', 'at 0'], high: ['at 1', 'at 0.5'] });
    expect(at([1, -1, 0], 3)).toEqual({ low: ['at -1', 'at 0'], high: ['at 1'] });
    expect(at([1, -1, 0.25], 3)).toEqual({ low: ['at -1'], high: ['at 1', 'at 0.25'] });
    expect(at([0.25], 3)).toEqual({ low: [], high: ['at 0.25'] });
    expect(at([], 3)).toEqual({ low: [], high: [] });
  });
});

describe('places by values', () => {
  test('are the values themselves on two and three axes', () => {
    const values = Float32Array.of(0.25, -0.5, 0.75, 0.125, 0, 1);
    expect(placeByValues(values, 2)).toEqual({ data: values, rows: 3, dim: 2 });
    expect(placeByValues(values, 3)).toEqual({ data: values, rows: 2, dim: 3 });
  });

  test('on one axis are the values across, and stacks of like values that never meet', () => {
    const values = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i) ** 3);
    const { data, rows, dim } = placeByValues(values, 1);
    expect([rows, dim]).toEqual([500, 2]);
    const places = new Set<string>();
    const heights: number[] = [];
    for (let row = 0; row < rows; row++) {
      expect(data[2 * row]).toBe(values[row]);
      heights.push(data[2 * row + 1]!);
      places.add(`${Math.floor(((values[row]! + 1) / 2) * 45)} ${data[2 * row + 1]!.toFixed(5)}`);
    }
    // The cells of the layout are 45 across: two texts in one of them differ in height.
    expect(places.size).toBeGreaterThan(490);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(2 * 0.6 + 0.01);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(0.2);
  });

  test('of equal values, and of one text, are finite', () => {
    for (const values of [new Float32Array(7).fill(0.5), Float32Array.of(1)])
      expect(placeByValues(values, 1).data.every(Number.isFinite)).toBe(true);
  });
});

describe('the morph', () => {
  const map: Positions = { data: Float32Array.of(10, 0, 5, 20, 0, -5, 30, 30, 0), rows: 3, dim: 3 };
  const values = Float32Array.of(0.1, 0.2, 0.3, -0.1, 0, 0.3, 0.2, 0.2, -0.6);
  const spread = ({ data, rows, dim }: Positions) => {
    const mean = Array.from({ length: dim }, (_, i) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += data[row * dim + i]! / rows;
      return sum;
    });
    return Math.sqrt(data.reduce((sum, value, p) => sum + (value - mean[p % dim]!) ** 2 / rows, 0));
  };

  test('goes in a straight line from the map to the axes, both of one size', () => {
    const morph = new Morph(map, values, ends);
    const [start, middle, end] = [morph.at(0), morph.at(0.5), morph.at(1)];
    expect(spread(start)).toBeCloseTo(1, 5);
    expect(spread(end)).toBeCloseTo(1, 5);
    middle.data.forEach((value, p) => expect(value).toBeCloseTo((start.data[p]! + end.data[p]!) / 2, 6));
    // Distances keep their proportions: texts 0 and 1 on the map, and on the axes.
    const distance = ({ data }: Positions, a: number, b: number) =>
      Math.hypot(...[0, 1, 2].map((i) => data[a * 3 + i]! - data[b * 3 + i]!));
    expect(distance(start, 0, 1) / distance(start, 1, 2)).toBeCloseTo(Math.hypot(10, 10) / Math.hypot(10, 30, 5), 5);
    expect(distance(end, 0, 1) / distance(end, 1, 2)).toBeCloseTo(
      Math.hypot(0.2, 0.2, 0) / Math.hypot(0.3, 0.2, 0.9),
      4,
    );
  });

  test('is flat for one axis and two, and each line runs along its coordinate beyond the texts', () => {
    const flat = new Morph(map, values.slice(0, 6), ends.slice(0, 2));
    const { data, dim } = flat.at(1);
    expect(dim).toBe(2);
    flat.lines.forEach(({ start, end }, axis) => {
      const along = [0, 1, 2].map((row) => data[row * 2 + axis]!);
      expect(start[axis]).toBeLessThan(Math.min(...along));
      expect(end[axis]).toBeGreaterThan(Math.max(...along));
      expect(start[1 - axis]).toBe(end[1 - axis]);
    });
    expect(flat.lines.map(({ from, to }) => [from, to])).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(new Morph(map, values.slice(0, 3), ends.slice(0, 1)).at(0.3).dim).toBe(2);
    expect(new Morph({ ...map, data: map.data.slice(0, 6), dim: 2 }, values, ends).at(0.3).dim).toBe(3);
  });
});
