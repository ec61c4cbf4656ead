/** Which texts are run together: by property over lengths of any kind, and by example. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchLimits, makeBatches } from '../../src/embedding/batches';

const anyLengths = fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 300 });
const anyLimits = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  tokens: fc.integer({ min: 1, max: 2000 }),
  stretch: fc.double({ min: 1, max: 4, noNaN: true }),
});

test('every index is in one batch, shortest texts first, ties by lower index', () => {
  fc.assert(
    fc.property(anyLengths, anyLimits, (lengths, limits) => {
      const sorted = lengths.map((length, i) => ({ length, i })).sort((a, b) => a.length - b.length || a.i - b.i);
      expect(makeBatches(lengths, limits).flat()).toEqual(sorted.map(({ i }) => i));
    }),
  );
});

test('limits are kept, but by a single text that is longer than the budget', () => {
  fc.assert(
    fc.property(anyLengths, anyLimits, (lengths, limits) => {
      for (const batch of makeBatches(lengths, limits)) {
        const own = batch.map((i) => lengths[i]!);
        const longest = Math.max(...own);
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(limits.rows);
        if (batch.length > 1) expect(batch.length * longest).toBeLessThanOrEqual(limits.tokens);
        expect(longest).toBeLessThanOrEqual(Math.min(...own) * limits.stretch);
      }
    }),
  );
});

test('a batch ends only where a limit would be passed', () => {
  fc.assert(
    fc.property(anyLengths, anyLimits, (lengths, limits) => {
      const batches = makeBatches(lengths, limits);
      batches.slice(1).forEach((next, at) => {
        const batch = batches[at]!;
        const length = lengths[next[0]!]!;
        const rows = batch.length + 1;
        const fits =
          rows <= limits.rows && rows * length <= limits.tokens && length <= limits.stretch * lengths[batch[0]!]!;
        expect(fits).toBe(false);
      });
    }),
  );
});

test('by example, with the limits in use', () => {
  expect(batchLimits).toEqual({ rows: 32, tokens: 1024, stretch: 2 });
  expect(makeBatches([])).toEqual([]);
  // One long text among short ones does not stretch them.
  expect(makeBatches([4, 512, 3, 4])).toEqual([[2, 0, 3], [1]]);
  // 32 texts of 512 tokens, two at a time: at once they are more than a browser's wasm memory.
  expect(makeBatches(Array.from({ length: 32 }, () => 512)).map((batch) => batch.length)).toEqual(
    Array.from({ length: 16 }, () => 2),
  );
  expect(makeBatches(Array.from({ length: 70 }, () => 4)).map((batch) => batch.length)).toEqual([32, 32, 6]);
});
