import { describe, expect, test } from 'vitest';
import { between, layOnto } from '../../src/app/state/viewMorph';
import { createRandom } from '../../src/projection/random';
import type { Positions } from '../../src/types';

function randomMap(rows: number, dim: 2 | 3, seed: number): Positions {
  const random = createRandom(seed);
  return { data: Float32Array.from({ length: rows * dim }, () => 20 * random() - 3), rows, dim };
}

/** Turned around the last axis, mirrored, scaled and moved. */
function changed({ data, rows, dim }: Positions): Positions {
  const [cos, sin] = [Math.cos(2), Math.sin(2)];
  const out = data.map((value, p) => {
    const [x, y] = [data[p - (p % dim)]!, data[p - (p % dim) + 1]!];
    const turned = p % dim === 0 ? -(cos * x - sin * y) : p % dim === 1 ? sin * x + cos * y : value;
    return 0.25 * turned + 100;
  });
  return { data: out, rows, dim };
}

const closeTo = (data: Float32Array) => [...data].map((value) => expect.closeTo(value, 3));

describe('a second map laid on the first', () => {
  test.each([2, 3] as const)('is the first again where it is only turned, mirrored, scaled and moved (%dD)', (dim) => {
    const first = randomMap(30, dim, 1);
    const laid = layOnto(changed(first), first);
    expect(laid).toEqual({ rows: 30, dim, data: expect.anything() });
    expect([...laid.data]).toEqual(closeTo(first.data));
  });

  test('has its texts that are missing where the first has them, and the others by those of both', () => {
    const first = randomMap(20, 3, 2);
    const second = changed(first);
    second.data.fill(NaN, 12, 15);
    expect([...layOnto(second, first).data]).toEqual(closeTo(first.data));
  });

  test('without a text in common, or with one, is the first', () => {
    const first = randomMap(4, 2, 3);
    const none = { ...first, data: new Float32Array(8).fill(NaN) };
    expect(layOnto(none, first)).toEqual(first);
    const one = { ...none, data: none.data.slice() };
    one.data.set([5, 5]);
    expect([...layOnto(one, first).data]).toEqual(closeTo(first.data));
  });

  test('may be flat beside a cloud, and a cloud beside a flat map', () => {
    const [flat, cloud] = [randomMap(25, 2, 4), randomMap(25, 3, 5)];
    for (const [second, first] of [
      [flat, cloud],
      [cloud, flat],
    ] as const) {
      const laid = layOnto(second, first);
      expect(laid.dim).toBe(3);
      expect(laid.data.every(Number.isFinite)).toBe(true);
    }
  });
});

test('between two maps lies what is in line with both', () => {
  const first: Positions = { data: Float32Array.of(0, 2, 4, 6), rows: 2, dim: 2 };
  const second: Positions = { data: Float32Array.of(4, 2, 8, 4, 2, 0), rows: 2, dim: 3 };
  expect([...between(first, second, 0).data]).toEqual([0, 2, 0, 4, 6, 0]);
  expect([...between(first, second, 0.25).data]).toEqual([1, 2, 2, 4, 5, 0]);
  expect(between(first, second, 1)).toEqual(second);
});
