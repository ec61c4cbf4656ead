import { expect, test } from 'vitest';
import { xxHash32 } from '../src/xxHash32';

// By xxhash 4.1.0 of Python (xxHash 0.8.4): xxh32 of the numbers as little-endian bytes.
test.each([
  [[], 0x02cc5d05],
  [[0], 0x08d6d969],
  [[1, 2, 3], 0x1f578c88],
  [[1, 2, 3, 4], 0x540b26bd],
  [Array.from({ length: 21 }, (_, i) => i + 1), 0x47d46ada],
  [new Array<number>(9).fill(0xffffffff), 0xa0853049],
])('of %j is %i', (words, hash) => {
  expect(xxHash32(Int32Array.from(words))).toBe(hash);
});
