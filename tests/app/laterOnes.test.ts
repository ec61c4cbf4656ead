import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laterOnes } from '../../src/app/state/laterOnes';

const pair = (earlier: string, later: string) => ({ earlier, later });

test('of texts that are all near each other the first stays', () => {
  expect(laterOnes([pair('a', 'b'), pair('b', 'c'), pair('a', 'c')], ['a', 'b', 'c', 'd'])).toEqual(['b', 'c']);
});

test('a text stays that is only near one that goes', () => {
  expect(laterOnes([pair('b', 'c'), pair('a', 'b')], ['a', 'b', 'c'])).toEqual(['b']);
});

test('no pair is left whole, and every text that goes had to', () => {
  const places = fc.tuple(fc.nat(20), fc.nat(20)).filter(([a, b]) => a !== b);
  fc.assert(
    fc.property(fc.array(places, { maxLength: 60 }), (ends) => {
      const pairs = ends.map(([a, b]) => pair(String(Math.min(a, b)), String(Math.max(a, b))));
      const gone = new Set(
        laterOnes(
          pairs,
          Array.from({ length: 21 }, (_, i) => String(i)),
        ),
      );
      for (const { earlier, later } of pairs) expect(gone.has(earlier) || gone.has(later)).toBe(true);
      for (const id of gone) expect(pairs.some(({ earlier, later }) => later === id && !gone.has(earlier))).toBe(true);
    }),
  );
});
