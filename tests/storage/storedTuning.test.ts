/** Pairs and adapters as storage gives them back. */
import { expect, test } from 'vitest';
import { readTuning } from '../../src/storage/storedTuning';

const pair = { a: 'cat', b: 'dog', alike: true };
const adapter = {
  id: 'aa',
  base: { modelId: 'm', prompt: '{text}' },
  dim: 2,
  weights: Float32Array.from([1, 0, 0, 1]),
};

test('what is sound comes back, and all else is left out', () => {
  expect(readTuning({})).toEqual({});
  expect(readTuning({ pairs: [pair], adapters: [adapter] })).toEqual({ pairs: [pair], adapters: [adapter] });
  expect(readTuning({ pairs: [{ ...pair, alike: 1 }, null, pair], adapters: 'none' })).toEqual({ pairs: [pair] });
  const broken = [
    { ...adapter, dim: 3 },
    { ...adapter, weights: Float32Array.from([1, 0, 0, NaN]) },
    { ...adapter, weights: [1, 0, 0, 1] },
    { ...adapter, base: { modelId: 'm', prompt: 'no text' } },
    { ...adapter, record: { pairs: 3 } },
  ];
  expect(readTuning({ adapters: broken })).toEqual({});
});
