import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterOrder } from '../../src/similarity/seriation';

/** Similarities of points on a line: the nearer, the more alike. */
function onLine(places: readonly number[]): Float32Array {
  return Float32Array.from(places.flatMap((a) => places.map((b) => -Math.abs(a - b))));
}

test('two pairs come side by side, the like ends together', () => {
  // 0 and 3 are one pair, 1 and 2 the other; of those that meet, 3 and 1 are the most alike.
  const places = [0, 11, 14, 2];
  expect([...clusterOrder(onLine(places), 4)]).toEqual([0, 3, 1, 2]);
});

test('clusters of points on a line come in the order of the line', () => {
  const permuted = fc.shuffledSubarray([0, 1, 5, 6, 20, 21], { minLength: 6 });
  fc.assert(
    fc.property(permuted, (places) => {
      const ordered = [...clusterOrder(onLine(places), places.length)].map((row) => places[row]!);
      const rising = [0, 1, 5, 6, 20, 21];
      expect([rising, rising.toReversed()]).toContainEqual(ordered);
    }),
  );
});

test('every row comes once, whatever the similarities', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), fc.infiniteStream(fc.constantFrom(-1, 0, 0.5, 1)), (count, stream) => {
      const similarities = new Float32Array(count * count);
      for (let a = 0; a < count; a++)
        for (let b = 0; b <= a; b++) similarities[a * count + b] = similarities[b * count + a] = stream.next().value!;
      expect([...clusterOrder(similarities, count)].sort()).toEqual(Array.from({ length: count }, (_, row) => row));
    }),
  );
});
