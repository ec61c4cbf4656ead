import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKdTree, squaredDistance } from '../../src/similarity/kdTree';
import { MapSearch } from '../../src/similarity/mapSearch';
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
      expect([...new MapSearch(createKdTree(map)).nearest(self, k)]).toEqual(mapOrder(map, self).slice(0, k));
    }),
    { numRuns: 300 },
  );
});

test('reaches as far as the last of the nearest, whatever was looked for before', () => {
  fc.assert(
    fc.property(maps, fc.nat(), (map, few) => {
      const tree = createKdTree(map);
      const search = new MapSearch(tree);
      const k = few % map.rows;
      tree.order.forEach((row, place) => {
        const last = mapOrder(map, row)[k - 1] ?? row;
        const square = squaredDistance(tree, place, tree.order.indexOf(last));
        expect(search.squaredReach(place, k)).toBe(square);
        expect(search.nearest(row, k)).toHaveLength(k);
      });
    }),
  );
});

test('of many texts in one place it finds the lowest rows, and does not look at all for each', () => {
  const map: Positions = { data: new Float32Array(120_000).fill(3), rows: 60_000, dim: 2 };
  const search = new MapSearch(createKdTree(map));
  const began = performance.now();
  for (let row = 0; row < map.rows; row++) search.nearest(row, 5);
  // It takes 0.1 s; 60,000 times 60,000 looks take a multiple of what is allowed.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect([...search.nearest(2, 5)]).toEqual([0, 1, 3, 4, 5]);
  expect([...search.nearest(59_999, 3)]).toEqual([0, 1, 2]);
});
