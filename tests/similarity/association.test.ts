import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/projection/random';
import { associations, byWord, cosineTable, effectOf, relativeNormDistance } from '../../src/similarity/association';
import {
  bootstrap,
  countHalves,
  mostExact,
  permute,
  quantile,
  testAssociation,
} from '../../src/similarity/associationTest';
import type { Progress } from '../../src/types';
import { createMatrix } from '../../src/vectors';
import { cases, vectorsOf } from './recordedSets';

const options = (seed: number, permutations = 20_000) => ({ random: createRandom(seed), permutations });
const numbers = (seed: number, count: number, shift = 0) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, (_, i) => random() + (i < count / 2 ? shift : 0));
};

describe('effect size and relative norm distance', () => {
  test.each(cases)('as wefe 1.0.1 has them, to 1e-6 ($effectSize)', ({ words, effectSize, weat, rnd, rndB }) => {
    const vectors = vectorsOf(words);
    const values = associations(cosineTable(vectors));
    const x = words.X.length;
    expect(Math.abs(effectOf(values, x).effectSize - effectSize)).toBeLessThan(1e-6);
    const sum = values.reduce((total, value, i) => total + (i < x ? value : -value), 0);
    expect(Math.abs(sum - weat)).toBeLessThan(1e-6);
    expect(Math.abs(relativeNormDistance(vectors.a, vectors.x, vectors.y) - rnd)).toBeLessThan(1e-6);
    expect(Math.abs(relativeNormDistance(vectors.b, vectors.x, vectors.y) - rndB)).toBeLessThan(1e-6);
  });

  test('of sentences are those of as many words, and a word has the mean of its sentences', async () => {
    const [{ words, effectSize }] = cases as [(typeof cases)[0]];
    const found = await testAssociation(vectorsOf(words, 2), options(1));
    expect(Math.abs(found.effectSize - effectSize)).toBeLessThan(1e-6);
    const values = associations(cosineTable(vectorsOf(words)));
    const means = [0, 2, 4, 6].map((i) => (values[i]! + values[i + 1]!) / 2);
    expect([...found.x]).toEqual(means.map((mean) => expect.closeTo(mean, 12)));
    // The words are what changes sides: 4 in each set.
    expect(found.permutation?.partitions).toBe(70);
  });

  test('by hand: two against two on a circle', () => {
    const at = (...angles: readonly number[]) =>
      createMatrix(
        Float32Array.from(
          angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
        ),
        2,
      );
    const values = associations(cosineTable({ x: at(0, 60), y: at(180, 90), a: at(0), b: at(90), sentences: 1 }));
    const sin60 = Math.sqrt(3) / 2;
    expect([...values]).toEqual([1, 0.5 - sin60, -1, -1].map((value) => expect.closeTo(value, 6)));
    const { difference } = effectOf(values, 2);
    expect(difference).toBeCloseTo((1.5 - sin60) / 2 + 1, 6);
    // From (1, 0): 0 to the mean of X, which it is, and 2 to that of Y.
    expect(relativeNormDistance(at(0), at(0), at(180))).toBeCloseTo(-2, 6);
  });

  test('words that are all associated alike have no effect size', () => {
    expect(effectOf(Float64Array.of(0.25, 0.25, 0.25, 0.25), 2)).toEqual({ difference: 0, effectSize: NaN });
  });

  test('are at most 2 standard deviations for sets of equal size', () => {
    expect(effectOf(Float64Array.of(1, 1, 1, 0, 0, 0), 3).effectSize).toBeCloseTo(2, 12);
  });
});

describe('the permutation test', () => {
  test.each(cases.filter(({ p }) => p !== undefined))(
    'is that of scipy over all partitions (p $p)',
    async (recorded) => {
      const { words, p } = recorded;
      const found = await testAssociation(vectorsOf(words), options(1));
      const all = words.X.length === 8 ? 12_870 : 20;
      expect(found.permutation).toEqual({ p: expect.closeTo(p!, 12), partitions: all, exact: true });
    },
  );

  test('counts every partition that a bit mask makes, ties too', async () => {
    for (const seed of [1, 2, 3, 4]) {
      // Rounded, so that partitions tie.
      const values = numbers(seed, 10, 0.2).map((value) => Math.round(value * 4) / 4);
      const found = values.slice(0, 5).reduce((sum, value) => sum + value, 0);
      let hits = 0;
      let all = 0;
      for (let mask = 0; mask < 1 << 10; mask++) {
        const chosen = [...values].filter((_, i) => (mask >> i) & 1);
        if (chosen.length !== 5) continue;
        all++;
        if (chosen.reduce((sum, value) => sum + value, 0) >= found) hits++;
      }
      expect(await permute(values, 5, options(0))).toEqual({ p: hits / all, partitions: 252, exact: true });
    }
  });

  test('values that are all the same give 1, and the largest possible difference one in all partitions', async () => {
    expect((await permute(new Float64Array(8).fill(0.1), 4, options(0)))?.p).toBe(1);
    expect((await permute(Float64Array.of(4, 3, 2, 1, 0, -1), 3, options(0)))?.p).toBe(1 / 20);
    expect((await permute(Float64Array.of(-1, 0, 1, 2, 3, 4), 3, options(0)))?.p).toBe(1);
  });

  test('draws partitions where there are too many, the same ones for a seed, near to what all would give', async () => {
    expect([countHalves(24), countHalves(26)]).toEqual([2_704_156, 10_400_600]);
    expect(countHalves(24)).toBeLessThanOrEqual(mostExact);
    const values = numbers(7, 26, 0.15);
    const drawn = await permute(values, 13, options(42));
    expect(drawn).toEqual({ p: golden.drawn / 20_001, partitions: 20_001, exact: false });
    expect(await permute(values, 13, options(42))).toEqual(drawn);
    expect(await permute(values, 13, options(43))).not.toEqual(drawn);
    // All 10,400,600, by dynamic programming over sums in steps of 2^-20: rounding moves p by far less than the sampling does.
    const p = shareOfHalves(values, 13);
    const error = Math.sqrt((p * (1 - p)) / 20_000);
    expect(Math.abs(drawn!.p - p)).toBeLessThan(4 * error);
  });

  test('says how far it is, and ends when it is cancelled', async () => {
    const seen: Progress[] = [];
    const many = options(1, 400_000);
    await permute(numbers(1, 60), 30, many, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(({ stage, done, total }) => stage === 'permutations' && done < total)).toBe(true);
    await expect(permute(numbers(1, 60), 30, many, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  test('is left out where the sets are of different sizes', async () => {
    expect(await permute(numbers(1, 9), 5, options(0))).toBeUndefined();
  });
});

describe('the bootstrap interval', () => {
  const [full, three] = cases as [(typeof cases)[0], (typeof cases)[1]];
  const intervalOf = (words: typeof full.words, seed: number) =>
    bootstrap(cosineTable(vectorsOf(words)), createRandom(seed));

  test('is the same for a seed, and holds the effect size', async () => {
    const interval = await intervalOf(full.words, 42);
    expect(interval).toEqual({
      low: expect.closeTo(golden.low, 9),
      high: expect.closeTo(golden.high, 9),
      level: 0.95,
    });
    expect(interval.low).toBeLessThan(full.effectSize);
    expect(interval.high).toBeGreaterThan(full.effectSize);
    const other = await intervalOf(full.words, 43);
    expect(other.low).not.toBe(interval.low);
    // Another 10,000 draws: the ends move by their own sampling error only.
    expect(Math.abs(other.low - interval.low)).toBeLessThan(0.1);
    expect(Math.abs(other.high - interval.high)).toBeLessThan(0.1);
  });

  test('is wider for fewer words', async () => {
    const wide = await intervalOf(three.words, 1);
    const narrow = await intervalOf(full.words, 1);
    expect(wide.high - wide.low).toBeGreaterThan(narrow.high - narrow.low);
  });

  test('has quantiles as numpy interpolates them', () => {
    const ascending = Float64Array.of(1, 2, 4, 8);
    // numpy.quantile([1, 2, 4, 8], [0, 0.25, 0.5, 0.9, 1])
    expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantile(ascending, share))).toEqual(
      [1, 1.75, 3, 6.8, 8].map((value) => expect.closeTo(value, 12)),
    );
    expect(quantile(new Float64Array(0), 0.5)).toBeNaN();
  });
});

/** Recorded from this build: 20,000 draws with seed 42 of the numbers of seed 7, and 10,000 resamples with seed 42. */
const golden = { drawn: 95, low: -0.9876323321605941, high: 1.4608061211158463 };

/** The share of halves of `values` whose sum is at least that of the first `count`. */
function shareOfHalves(values: Float64Array, count: number): number {
  const step = 2 ** 20;
  const whole = [...values].map((value) => Math.round(value * step));
  const ways = Array.from({ length: count + 1 }, () => new Map<number, number>());
  ways[0]!.set(0, 1);
  // Sums are told apart to 2^-10 once many have been added: enough for a share.
  const coarse = (sum: number) => Math.round(sum / 1024) * 1024;
  for (const value of whole)
    for (let chosen = count - 1; chosen >= 0; chosen--)
      for (const [sum, number] of ways[chosen]!) {
        const next = coarse(sum + value);
        ways[chosen + 1]!.set(next, (ways[chosen + 1]!.get(next) ?? 0) + number);
      }
  const least = whole.slice(0, count).reduce((sum, value) => sum + value, 0);
  let hits = 0;
  let all = 0;
  for (const [sum, number] of ways[count]!) {
    all += number;
    if (sum >= least) hits += number;
  }
  expect(all).toBe(countHalves(2 * count));
  return hits / all;
}

test('a word has the mean of its values', () => {
  expect([...byWord(Float64Array.of(1, 3, 5, 9), 2)]).toEqual([2, 7]);
});
