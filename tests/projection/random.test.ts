import { expect, it } from 'vitest';
import { createRandom } from '../../src/projection/random';
import recorded from './recorded.json';

it('gives the numbers of the independent version in record.py', () => {
  const random = createRandom(42);
  expect(recorded.random.map(() => random())).toEqual(recorded.random);
});

it('stays in [0, 1), fills it evenly, and differs between neighbouring seeds', () => {
  const counts = new Array<number>(10).fill(0);
  const random = createRandom(0);
  for (let i = 0; i < 100_000; i++) counts[Math.floor(random() * 10)]!++;
  expect(counts).toHaveLength(10);
  // 10,000 each with a standard deviation of 95: five of them.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(475);
  expect(createRandom(1)()).not.toBe(createRandom(2)());
});
