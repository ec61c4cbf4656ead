import { describe, expect, test } from 'vitest';
import {
  largestDeviation,
  meanOfMaps,
  receivedWeights,
  rollout,
  shareTaken,
  shrinkMap,
  takeTokens,
} from '../../src/embedding/attention';
import cases from './attention.json';

describe('rollout', () => {
  // attention.py says how they were made, by numpy.
  test.each(cases)('of $layers layers, $heads heads and $tokens tokens is that of numpy', (recorded) => {
    const { layers, heads, tokens } = recorded;
    const maps = Float32Array.from(recorded.maps);
    const size = tokens * tokens;
    const means = new Float32Array(layers * size);
    for (let layer = 0; layer < layers; layer++) {
      const ofLayer = maps.subarray(layer * heads * size, (layer + 1) * heads * size);
      means.set(meanOfMaps(ofLayer, heads), layer * size);
    }
    const got = rollout(means, layers, tokens);
    recorded.rollout.forEach((expected, i) => expect(got[i]).toBeCloseTo(expected, 6));
    expect(largestDeviation(got, tokens)).toBeLessThan(1e-6);
  });

  test('by hand: two layers that only look at the first token leave a quarter of the second in its place', () => {
    // Each layer: ((1, 0), (1/2, 1/2)) with the residual connection; its square: ((1, 0), (3/4, 1/4)).
    const layer = [1, 0, 1, 0];
    expect([...rollout(Float32Array.of(...layer, ...layer), 2, 2)]).toEqual([1, 0, 0.75, 0.25]);
  });
});

// Two maps of three tokens.
const maps = Float32Array.of(0.5, 0.5, 0, 0.25, 0.25, 0.5, 1, 0, 0, 0.25, 0.25, 0.5, 0, 0, 1, 0.5, 0.5, 0);

describe('maps', () => {
  test('are averaged', () => {
    expect([...meanOfMaps(maps, 2)]).toEqual([0.375, 0.375, 0.25, 0.125, 0.125, 0.75, 0.75, 0.25, 0]);
  });

  test('a row that does not sum to 1 is found, and a hole too', () => {
    expect(largestDeviation(maps, 3)).toBe(0);
    expect(largestDeviation(Float32Array.of(0.5, 0.5, 0.75, 0.5), 2)).toBe(0.25);
    expect(largestDeviation(Float32Array.of(NaN, 1, 0.5, 0.5), 2)).toBeNaN();
  });

  test('what each token received is the mean of its column', () => {
    const received = receivedWeights(maps.subarray(0, 9), 3);
    expect([...received]).toEqual([expect.closeTo(1.75 / 3), expect.closeTo(0.25), expect.closeTo(0.5 / 3)]);
  });

  test('the share of marked tokens, of all looks and of the others’ alone', () => {
    // Columns 0: 0.5 + 0.25 + 1 + 0.25 + 0 + 0.5 of 6 rows; without the rows of token 0: 0.25 + 1 + 0 + 0.5 of 4.
    expect(shareTaken(maps, [true, false, false])).toBeCloseTo(2.5 / 6);
    expect(shareTaken(maps, [true, false, false], true)).toBeCloseTo(1.75 / 4);
    expect(shareTaken(maps, [true, true, true])).toBe(1);
    expect(shareTaken(maps, [true, true, true], true)).toBe(0);
  });

  test('tokens are taken with their looks among each other', () => {
    expect([...takeTokens(maps.subarray(0, 9), 3, [1, 2])]).toEqual([0.25, 0.5, 0, 0]);
  });

  test('are drawn small by their greatest weights', () => {
    const small = new Float32Array(4);
    shrinkMap(maps.subarray(0, 9), 3, 2, small);
    // Tokens 0 and 1 share a block.
    expect([...small]).toEqual([0.5, 0.5, 1, 0]);
    const same = new Float32Array(9);
    shrinkMap(maps.subarray(9), 3, 3, same);
    expect(same).toEqual(maps.subarray(9));
  });
});
