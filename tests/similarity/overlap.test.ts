import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jaccard, lowestFirst, meanShare, rankBiasedOverlap, sharedNeighbours } from '../../src/similarity/overlap';
import type { KnnGraph } from '../../src/types';

const letters = fc.constantFrom(...'abcdefghijkl');
const lists = fc.uniqueArray(letters, { maxLength: 12 });

/** By its definition (equations 4 and 31 of the paper): the weighted agreement at every depth, as far as it still counts. */
function definedOverlap(a: readonly string[], b: readonly string[], p: number): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const bothWithin = (depth: number) =>
    short.slice(0, depth).filter((item) => long.slice(0, depth).includes(item)).length;
  const s = short.length;
  const agreementAt = (depth: number) => {
    const known = Math.min(depth, long.length);
    const assumed = (Math.max(known - s, 0) * bothWithin(s)) / s;
    return (bothWithin(known) + assumed) / known;
  };
  let sum = 0;
  for (let depth = 1; depth <= 2000; depth++) sum += (1 - p) * p ** (depth - 1) * agreementAt(depth);
  return sum;
}

describe('rank-biased overlap', () => {
  test('is what its definition sums up to', () => {
    const filled = lists.filter((list) => list.length > 0);
    fc.assert(
      fc.property(filled, filled, fc.constantFrom(0.5, 0.9, 0.98), (a, b, p) => {
        expect(rankBiasedOverlap(a, b, p)).toBeCloseTo(definedOverlap(a, b, p), 10);
      }),
    );
  });

  test("of the paper's two lists, from the agreements of its table 1", () => {
    // Table 1: at depths 1 to 7 the lists abcdefg and zcavwxy agree by 0, 0, 2/3, 2/4, 2/5, 2/6 and 2/7.
    const agreements = [0, 0, 2 / 3, 2 / 4, 2 / 5, 2 / 6, 2 / 7];
    const p = 0.9;
    const expected = agreements.reduce((sum, agreement, i) => sum + 0.1 * p ** i * agreement, 0) + (2 / 7) * p ** 7;
    expect(rankBiasedOverlap([...'abcdefg'], [...'zcavwxy'], p)).toBeCloseTo(expected, 12);
  });

  test('is 1 of equal lists, 0 of lists with nothing in common, the same both ways', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        expect(rankBiasedOverlap(a, a)).toBeCloseTo(1, 12);
        expect(rankBiasedOverlap(a, b)).toBe(rankBiasedOverlap(b, a));
        const others = b.map((letter) => letter.toUpperCase());
        expect(rankBiasedOverlap(a, others)).toBe(a.length + b.length === 0 ? 1 : 0);
      }),
    );
  });

  test('heeds the first ranks more than the last', () => {
    const list = [...'abcdefghij'];
    const [lastTwo, firstTwo] = [[...'abcdefghji'], [...'bacdefghij']];
    expect(rankBiasedOverlap(list, lastTwo)).toBeGreaterThan(rankBiasedOverlap(list, firstTwo));
  });
});

test('Jaccard index: both among either', () => {
  expect(jaccard([...'abcd'], [...'cdef'])).toBeCloseTo(2 / 6, 12);
  expect(jaccard([...'ab'], [...'cd'])).toBe(0);
  expect(jaccard([...'ab'], [...'ba'])).toBe(1);
  expect(jaccard([], [])).toBe(1);
  expect(jaccard([], ['a'])).toBe(0);
});

describe('shared neighbours', () => {
  const graph = (rows: readonly (readonly number[])[]): KnnGraph => {
    const k = rows[0]!.length;
    return {
      indices: Int32Array.from(rows.flat()),
      distances: new Float32Array(rows.length * k),
      rows: rows.length,
      k,
    };
  };
  const a = graph([
    [1, 2, 3],
    [0, 2, 3],
    [3, 1, 0],
    [2, 1, 0],
  ]);
  const b = graph([
    [2, 1],
    [2, 3],
    [0, 1],
    [0, 1],
  ]);

  test('are counted among the first k columns, in any order', () => {
    expect([...sharedNeighbours(a, b, 2)]).toEqual([1, 0.5, 0.5, 0.5]);
    expect([...sharedNeighbours(a, b, 1)]).toEqual([0, 0, 0, 0]);
  });

  test('and the rows come lowest first, with their mean', () => {
    const shares = Float32Array.of(1, 0.25, 0.5, 0.25);
    expect([...lowestFirst(shares)]).toEqual([1, 3, 2, 0]);
    expect(meanShare(shares)).toBe(0.5);
  });

  test('of nothing are NaN, and of graphs that do not fit a RangeError', () => {
    expect([...sharedNeighbours(a, b, 0)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(() => sharedNeighbours(a, b, 3)).toThrow(RangeError);
    expect(() => sharedNeighbours(a, graph([[1], [0]]), 1)).toThrow(RangeError);
  });
});
