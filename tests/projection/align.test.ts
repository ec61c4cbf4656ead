import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignTo, procrustesCorrelation } from '../../src/projection/align';
import { createRandom } from '../../src/projection/random';
import { singularValues } from '../../src/projection/svd';
import type { Positions } from '../../src/types';
import recorded from './recorded.json';

function randomMap(rows: number, dim: 2 | 3, random = createRandom(5)): Positions {
  return { data: Float32Array.from({ length: rows * dim }, random), rows, dim };
}

function map(dim: 2 | 3, ...points: number[][]): Positions {
  return { data: Float32Array.from(points.flat()), rows: points.length, dim };
}

/** Turned by 100 degrees in the first plane, mirrored, moved. */
function moved({ data, rows, dim }: Positions): Positions {
  const cos = Math.cos(1.745);
  const sin = Math.sin(1.745);
  const out = data.slice();
  for (let p = 0; p < out.length; p += dim) {
    out[p] = 3 - (cos * data[p]! - sin * data[p + 1]!);
    out[p + 1] = sin * data[p]! + cos * data[p + 1]! - 7;
  }
  return { data: out, rows, dim };
}

function expectClose(got: Positions, wanted: Positions, digits = 5) {
  wanted.data.forEach((value, i) => expect(got.data[i]).toBeCloseTo(value, digits));
}

describe('alignTo', () => {
  it.each(recorded.procrustes)('gives what SciPy orthogonal_procrustes gives in $dim D', ({ dim, aligned }) => {
    const random = createRandom(5);
    const a = randomMap(10, dim as 2 | 3, random);
    const b = randomMap(10, dim as 2 | 3, random);
    expectClose(alignTo(a, b), { ...a, data: Float32Array.from(aligned.flat()) });
  });

  it.each([2, 3] as const)('takes back a turn, a mirror and a move in %dD, and keeps the scale', (dim) => {
    const reference = randomMap(30, dim);
    expectClose(alignTo(moved(reference), reference), reference);
    const doubled = { ...reference, data: reference.data.map((value) => 2 * value) };
    expect(procrustesCorrelation(alignTo(moved(doubled), reference), doubled)).toBeCloseTo(1, 6);
    const across = (p: Positions) =>
      Math.hypot(...Array.from({ length: dim }, (_, d) => p.data[d]! - p.data[dim + d]!));
    expect(across(alignTo(moved(doubled), reference))).toBeCloseTo(across(doubled), 4);
  });

  it('fits only the rows it is given, by default those that are finite in both', () => {
    const reference = randomMap(30, 3);
    const spoilt = moved(reference);
    spoilt.data[29 * 3] = 1000;
    const rows = Array.from({ length: 29 }, (_, i) => i);
    const aligned = alignTo(spoilt, reference, rows);
    expectClose(
      { ...aligned, data: aligned.data.slice(0, 29 * 3) },
      { ...reference, data: reference.data.slice(0, 29 * 3) },
    );
    const partly = { ...reference, data: reference.data.slice() };
    partly.data.fill(Number.NaN, 20 * 3);
    expectClose(alignTo(moved(reference), partly), reference);
  });

  it('turns as little as possible where the points leave it open', () => {
    // One common row: a move alone.
    const triangle = map(3, [0, 0, 0], [1, 0, 0], [0, 1, 2]);
    expectClose(
      alignTo(triangle, map(3, [5, 5, 5], [9, 9, 9], [9, 9, 9]), [0]),
      map(3, [5, 5, 5], [6, 5, 5], [5, 6, 7]),
    );
    // All equal, in one of the two or in both: a move alone.
    const equal = map(3, [1, 2, 3], [1, 2, 3], [1, 2, 3]);
    expectClose(
      alignTo(triangle, equal),
      map(3, [2 / 3, 5 / 3, 7 / 3], [5 / 3, 5 / 3, 7 / 3], [2 / 3, 8 / 3, 13 / 3]),
      4,
    );
    expectClose(alignTo(equal, map(3, [0, 0, 0], [0, 0, 0], [0, 0, 0])), map(3, [0, 0, 0], [0, 0, 0], [0, 0, 0]));
    // On one line along x, to be laid along y: z stays z.
    const line = map(3, [0, 0, 0], [1, 0, 0], [4, 0, 0], [0, 0, 1]);
    const up = map(3, [0, 0, 0], [0, 1, 0], [0, 4, 0], [0, 0, 0]);
    expectClose(alignTo(line, up, [0, 1, 2]), map(3, [0, 0, 0], [0, 1, 0], [0, 4, 0], [0, 0, 1]), 4);
    // No common row: as it was.
    expectClose(alignTo(triangle, equal, []), triangle);
  });

  it('keeps every distance within the map, even for flat, collinear and equal points', () => {
    const coordinate = fc.integer({ min: -3, max: 3 });
    const points = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(points, points, (a, b) => {
        const before = map(3, ...a);
        const after = alignTo(before, map(3, ...b));
        const between = ({ data }: Positions, i: number, j: number) =>
          Math.hypot(
            data[i * 3]! - data[j * 3]!,
            data[i * 3 + 1]! - data[j * 3 + 1]!,
            data[i * 3 + 2]! - data[j * 3 + 2]!,
          );
        for (let i = 0; i < 5; i++)
          for (let j = 0; j < i; j++) expect(between(after, i, j)).toBeCloseTo(between(before, i, j), 4);
      }),
    );
  });

  it('refuses maps of different shapes', () => {
    expect(() => alignTo(randomMap(4, 2), randomMap(5, 2))).toThrow(RangeError);
    expect(() => alignTo(randomMap(4, 2), randomMap(4, 3))).toThrow(RangeError);
  });
});

describe('procrustesCorrelation', () => {
  it.each(recorded.procrustes)('is the root of 1 - disparity of SciPy in $dim D', ({ dim, disparity }) => {
    const random = createRandom(5);
    const a = randomMap(10, dim as 2 | 3, random);
    const b = randomMap(10, dim as 2 | 3, random);
    expect(procrustesCorrelation(a, b)).toBeCloseTo(Math.sqrt(1 - disparity), 6);
  });

  it('is 1 for the same map moved, and 0 beside one without extent', () => {
    const reference = randomMap(30, 3);
    expect(procrustesCorrelation(reference, moved(reference))).toBeCloseTo(1, 6);
    const equal = { ...reference, data: new Float32Array(90).fill(2) };
    expect(procrustesCorrelation(reference, equal)).toBe(0);
    expect(procrustesCorrelation(equal, equal)).toBe(1);
  });
});

describe('singularValues', () => {
  it('makes the matrix again from orthonormal vectors, whatever its rank', () => {
    const cell = fc.integer({ min: -2, max: 2 });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), (cells) => {
        const { values, left, right } = singularValues(Float64Array.from(cells), 3);
        const at = (vectors: Float64Array, c: number, i: number) => vectors[c * 3 + i]!;
        for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 3; j++) {
            const sum = (term: (c: number) => number) => term(0) + term(1) + term(2);
            expect(sum((c) => values[c]! * at(left, c, i) * at(right, c, j))).toBeCloseTo(cells[i * 3 + j]!, 10);
            expect(sum((c) => at(left, i, c) * at(left, j, c))).toBeCloseTo(i === j ? 1 : 0, 10);
            expect(sum((c) => at(right, i, c) * at(right, j, c))).toBeCloseTo(i === j ? 1 : 0, 10);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
