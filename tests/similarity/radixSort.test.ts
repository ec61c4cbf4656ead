import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortPlaces } from '../../src/similarity/radixSort';

test('sorts as comparing does, equal values by place', () => {
  const few = fc.constantFrom(0, -0, 1e-45, 1, 1.0000001, 2, Infinity);
  const any = fc.float({ min: 0, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.oneof(few, any), { maxLength: 200 }), (list) => {
      const values = Float32Array.from(list);
      const compared = Uint32Array.from(list.keys()).sort((a, b) => {
        const [x, y] = [values[a]!, values[b]!];
        return x < y ? -1 : x > y ? 1 : a - b;
      });
      expect(sortPlaces(values)).toEqual(compared);
    }),
    { numRuns: 500 },
  );
});
