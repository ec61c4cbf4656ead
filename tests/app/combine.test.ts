import fc from 'fast-check';
import { expect, it } from 'vitest';
import { combine } from '../../src/app/state/combine';

const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });

it('adds, takes away and intersects as sets do, and keeps the order of choosing', () => {
  fc.assert(
    fc.property(ids, ids, (before, chosen) => {
      const [old, given] = [new Set(before), new Set(chosen)];
      expect(combine(before, chosen, 'replace')).toEqual(chosen);
      expect(combine(before, chosen, 'add')).toEqual([...before, ...chosen.filter((id) => !old.has(id))]);
      expect(combine(before, chosen, 'subtract')).toEqual(before.filter((id) => !given.has(id)));
      expect(combine(before, chosen, 'intersect')).toEqual(before.filter((id) => given.has(id)));
    }),
  );
});

it('chooses a text once that is given twice', () => {
  expect(combine(['a'], ['b', 'a', 'b'], 'add')).toEqual(['a', 'b']);
  expect(combine([], ['b', 'b'], 'replace')).toEqual(['b']);
});
