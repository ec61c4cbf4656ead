import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coincidingAxis, placeOnAxes } from '../../src/similarity/axes';
import { centredCosines } from '../../src/similarity/centred';
import { nearestFrom } from '../../src/similarity/nearest';
import type { Matrix } from '../../src/types';
import { createMatrix, normalise, topK } from '../../src/vectors';

function unitRows(rows: readonly (readonly number[])[]): Matrix {
  const matrix = createMatrix(Float32Array.from(rows.flat()), rows[0]!.length);
  for (let i = 0; i < rows.length; i++) normalise(matrix.data.subarray(i * matrix.dim, (i + 1) * matrix.dim));
  return matrix;
}

const row = ({ data, dim }: Matrix, i: number) => [...data.subarray(i * dim, (i + 1) * dim)];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const number = fc.double({ min: -1, max: 1, noNaN: true });
const rowsOf = (dim: number, min: number, max: number) =>
  fc.array(fc.array(number, { minLength: dim, maxLength: dim }), { minLength: min, maxLength: max });

describe('places on axes', () => {
  test('are the cosines with the difference of the ends, and the ends are at equal distance from the middle', () => {
    const poles = unitRows([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const texts = unitRows([
      [0, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
      [1, 0, 1],
    ]);
    const { values, ends, residuals, residual, cosines } = placeOnAxes(texts, poles);
    const half = Math.SQRT1_2;
    [half, 0, 0, -half, -0.5].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
    expect(ends[0]).toBeCloseTo(-half, 6);
    expect(ends[1]).toBeCloseTo(half, 6);
    [0.5, 1, 1, 0.5, 0.75].forEach((value, i) => expect(residuals[i]).toBeCloseTo(value, 6));
    expect(residual).toBeCloseTo(3.75 / 5, 6);
    expect(cosines[0]).toBeCloseTo(1, 6);
  });

  test('leave out what the least squares fit by slanted axes does, as by orthogonal directions of the same span', () => {
    fc.assert(
      fc.property(rowsOf(6, 1, 8), rowsOf(6, 6, 6), (texts, ends) => {
        const [vectors, poles] = [unitRows(texts), unitRows(ends)];
        fc.pre(coincidingAxis(poles) < 0);
        const { values, residuals, residual, cosines } = placeOnAxes(vectors, poles);
        // Gram-Schmidt, in float64.
        const axes = [0, 1, 2].map((axis) => {
          const difference = row(poles, 2 * axis + 1).map((x, j) => x - row(poles, 2 * axis)[j]!);
          return difference.map((x) => x / Math.hypot(...difference));
        });
        const basis: number[][] = [];
        let slack = 1;
        for (const axis of axes) {
          const rest = basis.reduce((left, q) => left.map((x, j) => x - dot(axis, q) * q[j]!), axis);
          const length = Math.hypot(...rest);
          slack = Math.min(slack, length);
          basis.push(rest.map((x) => x / length));
        }
        // Beside a nearly parallel axis float32 cosines do not tell how much it adds.
        fc.pre(slack > 0.05);
        const all = texts.map((_, i) => {
          const vector = row(vectors, i);
          axes.forEach((axis, a) => expect(values[i * 3 + a]).toBeCloseTo(dot(axis, vector), 5));
          const square = dot(vector, vector);
          const left = square - basis.reduce((sum, q) => sum + dot(vector, q) ** 2, 0);
          expect(residuals[i]).toBeCloseTo(square === 0 ? 1 : left / square, 3);
          return { square, left };
        });
        const [square, left] = [all.reduce((s, x) => s + x.square, 0), all.reduce((s, x) => s + x.left, 0)];
        expect(residual).toBeCloseTo(square === 0 ? 1 : left / square, 3);
        axes.forEach((a, i) => axes.forEach((b, j) => expect(cosines[i * 3 + j]).toBeCloseTo(dot(a, b), 5)));
      }),
    );
  });

  test('leave out no less by an axis that is parallel to another, or opposite', () => {
    const [a, b] = [
      [3, 1, 0, 2],
      [0, 2, 1, 1],
    ];
    const texts = unitRows([
      [1, 2, 3, 4],
      [0, 1, 0, 0],
      [4, 1, 0, 1],
    ]);
    const one = placeOnAxes(texts, unitRows([a, b]));
    const three = placeOnAxes(texts, unitRows([a, b, b, a, a, b]));
    one.residuals.forEach((residual, i) => expect(three.residuals[i]).toBeCloseTo(residual, 6));
    expect([...three.cosines].map((cosine) => Math.round(cosine * 1e6) / 1e6)).toEqual([1, -1, 1, -1, 1, -1, 1, -1, 1]);
  });

  test('of a row of zeros are the middle, and all of it is left out', () => {
    const poles = unitRows([
      [1, 0],
      [0, 1],
    ]);
    const { values, residuals, residual } = placeOnAxes(createMatrix(new Float32Array(2), 2), poles);
    expect([values[0], residuals[0], residual]).toEqual([0, 1, 1]);
  });

  test('are none where the ends coincide: the axis is named', () => {
    const poles = unitRows([
      [1, 0],
      [0, 1],
      [1, 1],
      [1, 1.00001],
    ]);
    expect(coincidingAxis(poles)).toBe(1);
    expect(coincidingAxis(unitRows([row(poles, 0), row(poles, 1)]))).toBe(-1);
  });
});

describe('cosines from a centre', () => {
  test('are those of the differences', () => {
    fc.assert(
      fc.property(rowsOf(5, 2, 9), fc.array(number, { minLength: 5, maxLength: 5 }), (texts, centre) => {
        const matrix = unitRows(texts);
        const origin = Float32Array.from(centre, (x) => x / 2);
        const away = (i: number) => row(matrix, i).map((x, j) => x - origin[j]!);
        const { centred: found } = centredCosines(matrix, matrix, 0, origin);
        texts.forEach((_, i) => {
          const length = Math.hypot(...away(i)) * Math.hypot(...away(0));
          // A row of zeros has no direction, from anywhere.
          if ([0, i].some((own) => row(matrix, own).every((x) => x === 0))) expect(found[i]).toBe(0);
          else if (length > 1e-2) expect(found[i]).toBeCloseTo(dot(away(i), away(0)) / length, 3);
        });
      }),
    );
  });

  test('are 0 at the centre itself, and a centre of other dimensions is refused', () => {
    const matrix = unitRows([
      [1, 0],
      [0, 1],
    ]);
    const { cosines, centred } = centredCosines(matrix, matrix, 0, Float32Array.of(1, 0));
    expect([[...cosines], [...centred]]).toEqual([
      [1, 0],
      [0, 0],
    ]);
    // Two rows of zeros would both stand opposite to the centre, which is no likeness of theirs.
    const zeros = unitRows([
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
    for (const query of [0, 2])
      expect([...centredCosines(zeros, zeros, query, Float32Array.of(0.5, 0)).centred.subarray(0, 2)]).toEqual([0, 0]);
    expect(() => centredCosines(matrix, matrix, 0, new Float32Array(3))).toThrow(
      'a query of 2 and a centre of 3 dimensions in a space of 2',
    );
  });

  test('rank neighbours, with the cosine as it is beside them', () => {
    const texts = unitRows([
      [10, 1],
      [10, -1],
      [10, 4],
    ]);
    const found = nearestFrom(Float32Array.of(1, 0), texts, texts, 0, 2, new Set([0]));
    expect(found.map(({ row: at }) => at)).toEqual([2, 1]);
    expect(found[0]!.cosine).toBeLessThan(found[1]!.cosine);
    expect(found[0]!.centred).toBeGreaterThan(0.9);
    expect(found[1]!.centred).toBeLessThan(-0.9);
  });
});

test('the best of many, when many are asked for, are those of a few asked for', () => {
  const values = Float32Array.from({ length: 6000 }, (_, i) => (i * 7919) % 1000);
  const skip = new Set([5, 17, 999]);
  const all = topK(values, 6000, skip);
  expect(all).toHaveLength(5997);
  expect(all.slice(0, 500)).toEqual(topK(values, 500, skip));
  expect(topK(values, 5000, skip)).toEqual(all.slice(0, 5000));
});
