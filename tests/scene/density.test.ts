import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandwidths, mapDensity } from '../../src/scene/density';
import type { Positions } from '../../src/types';

/** Normal deviates by a generator of 32 bits (mulberry32) and Box and Muller's transform. */
function normals(count: number, seed: number): number[] {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

/** Two clusters, one of them tighter, and a few texts strewn widely. */
function clustered(rows: number, dim: 2 | 3, seed: number): Positions {
  const noise = normals(rows * dim, seed);
  const data = Float32Array.from(noise, (value, i) => {
    const row = Math.floor(i / dim);
    if (row % 10 === 0) return value * 4;
    return row % 2 === 0 ? value * 0.5 + 4 : value;
  });
  return { data, rows, dim };
}

/** The sum of a kernel around every position, as a multiple of the median of such sums. */
function bruteForce(positions: Positions): number[] {
  const { data, rows, dim } = positions;
  const widths = bandwidths(positions);
  const sums = Array.from({ length: rows }, (_, a) => {
    let sum = 0;
    for (let b = 0; b < rows; b++) {
      let exponent = 0;
      for (let axis = 0; axis < dim; axis++)
        exponent += ((data[a * dim + axis]! - data[b * dim + axis]!) / widths[axis]!) ** 2;
      sum += Math.exp(-0.5 * exponent);
    }
    return sum;
  });
  const median = sums.toSorted((a, b) => a - b)[rows >> 1]!;
  return sums.map((sum) => sum / median);
}

describe.each([2, 3] as const)('the density of a map of %i dimensions', (dim) => {
  it.each([50, 400, 1500])('is that of a sum over all pairs, nearly, among %i texts', (rows) => {
    const positions = clustered(rows, dim, rows);
    const expected = bruteForce(positions);
    const errors = [...mapDensity(positions)].map((value, i) => Math.abs(value / expected[i]! - 1));
    const mean = errors.reduce((sum, error) => sum + error, 0) / rows;
    // Cells of 64 a side are coarser than those of 256; the worst are texts far from all others.
    expect(mean).toBeLessThan(dim === 2 ? 0.01 : 0.03);
    expect(Math.max(...errors)).toBeLessThan(dim === 2 ? 0.02 : 0.3);
  });

  it('is the same wherever the map lies and however large it is', () => {
    const positions = clustered(200, dim, 7);
    const moved = { ...positions, data: positions.data.map((value) => value * 1000 - 5000) };
    const [before, after] = [mapDensity(positions), mapDensity(moved)];
    before.forEach((value, i) => expect(after[i]! / value).toBeCloseTo(1, 1));
  });

  it('is 1 for texts in one place, and finite for any finite positions', () => {
    expect([...mapDensity({ data: new Float32Array(5 * dim).fill(3), rows: 5, dim })]).toEqual([1, 1, 1, 1, 1]);
    expect([...mapDensity({ data: new Float32Array(dim), rows: 1, dim })]).toEqual([1]);
    expect(mapDensity({ data: new Float32Array(0), rows: 0, dim })).toHaveLength(0);
    const value = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 12 }), (points) => {
        const data = Float32Array.from(points.flatMap((point) => point.slice(0, dim)));
        const density = mapDensity({ data, rows: points.length, dim });
        expect(density.every((each) => Number.isFinite(each) && each > 0)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});
