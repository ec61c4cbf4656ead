import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumbers } from '../../src/scene/numbers';
import type { Cell } from '../../src/types';

describe('readNumbers', () => {
  it('reads numbers and numbers that are written, and leaves empty cells without', () => {
    const column = readNumbers([1, ' 2.5 ', '-1e3', '+.5', '7.', null, undefined, '', ' '], 12);
    expect([...column!.values]).toEqual([1, 2.5, -1000, 0.5, 7, NaN, NaN, NaN, NaN]);
    expect(column!.few).toBe(false);
  });

  it.each<Cell>(['1,5', '1 000', '0x10', 'Infinity', '1e999', 'NaN', '12 kg', '-', true, '2024-05-01'])(
    'takes a column with %s for one of categories',
    (cell) => {
      expect(readNumbers([1, cell, 3], 12)).toBeUndefined();
    },
  );

  it('has nothing to read in an empty column', () => {
    expect(readNumbers([], 12)).toBeUndefined();
    expect(readNumbers([null, ' ', undefined], 12)).toBeUndefined();
  });

  it('tells numbers that may be names: whole and few', () => {
    expect(readNumbers([1, 2, '2', 3, null], 3)!.few).toBe(true);
    expect(readNumbers([1, 2, 3, 4], 3)!.few).toBe(false);
    expect(readNumbers([1, 2.5], 3)!.few).toBe(false);
  });

  it('reads back any number that was written', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (numbers) => {
        expect([...readNumbers(numbers.map(String), 12)!.values]).toEqual(numbers.map((value) => value + 0));
      }),
    );
  });
});
