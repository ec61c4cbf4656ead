import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MapTree } from '../../src/similarity/mapTree';
import type { Positions } from '../../src/types';
import { mapOrder } from '../projection/quality';

const mapsOf = (coordinate: fc.Arbitrary<number>) =>
  fc
    .constantFrom(2 as const, 3 as const)
    .chain((dim) =>
      fc
        .array(fc.array(coordinate, { minLength: dim, maxLength: dim }), { minLength: 1, maxLength: 90 })
        .map((rows): Positions => ({ data: Float32Array.from(rows.flat()), rows: rows.length, dim })),
    );

/** Whole numbers lie in one place or at one distance often, and fractions hardly ever. */
const maps = fc.oneof(
  mapsOf(fc.integer({ min: -2, max: 2 })),
  mapsOf(fc.float({ noNaN: true, noDefaultInfinity: true, min: -50, max: 50 })),
);

test('finds what looking at every row finds, in its order', () => {
  fc.assert(
    fc.property(maps, fc.nat(), fc.nat(), (map, row, few) => {
      const self = row % map.rows;
      const k = few % map.rows;
      expect([...new MapTree(map).nearest(self, k)]).toEqual(mapOrder(map, self).slice(0, k));
    }),
    { numRuns: 300 },
  );
});

test('of many texts in one place it finds the lowest rows, and does not look at all for each', () => {
  const map: Positions = { data: new Float32Array(40_000).fill(3), rows: 20_000, dim: 2 };
  const tree = new MapTree(map);
  const began = performance.now();
  for (let row = 0; row < map.rows; row++) tree.nearest(row, 5);
  // 20,000 times 20,000 looks would take longer than the test may.
  expect(performance.now() - began).toBeLessThan(4000);
  expect([...tree.nearest(2, 5)]).toEqual([0, 1, 3, 4, 5]);
  expect([...tree.nearest(19_999, 3)]).toEqual([0, 1, 2]);
});
