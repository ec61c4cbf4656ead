/** Pairs: made ready, drawn, split, judged. */
import { describe, expect, test } from 'vitest';
import type { RowPair, TextPair } from '../../src/adapters';
import { createRandom } from '../../src/projection/random';
import { bestThreshold, rocArea, scorePairs } from '../../src/tuning/evaluate';
import { joinedRows, pairsOfBunches, pairsOfGroups, preparePairs } from '../../src/tuning/pairs';
import { drawAcross, drawWithin } from '../../src/tuning/sampling';
import { batchPairs, splitPairs } from '../../src/tuning/split';
import { codeOf } from '../data/codeOf';

const alike = (a: string, b: string): TextPair => ({ a, b, alike: true });
const unlike = (a: string, b: string): TextPair => ({ a, b, alike: false });

describe('preparing', () => {
  test('each two texts count once, and of contradicting pairs the later one', () => {
    const given = [
      alike('cat', 'dog'),
      alike('cat', 'car'),
      alike('dog ', 'cat'),
      unlike('car', 'cat'),
      alike('bus', 'bus'),
    ];
    expect(preparePairs(given, 1)).toEqual({
      texts: ['cat', 'dog', 'car'],
      pairs: [
        { a: 0, b: 1, alike: true },
        { a: 0, b: 2, alike: false },
      ],
      repeated: 1,
      contradicting: 1,
      selves: 1,
      drawn: 0,
    });
  });

  test('the later one may change which kinds there are', () => {
    const given = [alike('cat', 'dog'), unlike('cat', 'car'), unlike('dog', 'cat')];
    expect(codeOf(() => preparePairs(given, 1))).toBe('tuningOnlyUnlike');
  });

  test('without unlike pairs, texts that no alike pairs join stand in', () => {
    const given = [alike('a', 'b'), alike('b', 'c'), alike('d', 'e')];
    const { pairs, texts, drawn } = preparePairs(given, 1);
    expect(drawn).toBe(3);
    const together = new Set(['a', 'b', 'c']);
    const stoodIn = pairs.filter((pair) => !pair.alike);
    expect(stoodIn).toHaveLength(3);
    for (const { a, b } of stoodIn) expect(together.has(texts[a]!)).not.toBe(together.has(texts[b]!));
    expect(preparePairs(given, 1)).toEqual({ ...preparePairs(given, 1), pairs });
  });

  test.each([
    ['tuningNoPairs', []],
    ['tuningNoPairs', [alike('a', 'a')]],
    ['tuningOnlyUnlike', [unlike('a', 'b')]],
    ['tuningAllAlike', [alike('a', 'b'), alike('b', 'c')]],
  ])('%s', (code, given) => {
    expect(codeOf(() => preparePairs(given, 1))).toBe(code);
  });

  test('rows that alike pairs join have one number', () => {
    const pairs: RowPair[] = [
      { a: 0, b: 3, alike: true },
      { a: 3, b: 4, alike: true },
      { a: 1, b: 2, alike: false },
    ];
    expect([...joinedRows(pairs, 5)]).toEqual([0, 1, 2, 0, 0]);
  });
});

describe('drawing', () => {
  const labels = Int32Array.from([0, 1, 0, -1, 1, 0, 2]);

  test('all pairs where they are few, counted as by hand', () => {
    const within = drawWithin(labels, 100, createRandom(1));
    expect(within.total).toBe(4);
    expect(within.pairs.map(String).sort()).toEqual(['0,2', '0,5', '1,4', '2,5']);
    // 6 labelled things: 15 pairs, less the 4.
    expect(drawAcross(labels, 100, createRandom(1))).toMatchObject({ total: 11, pairs: { length: 11 } });
  });

  test('no more than asked for, none twice, of equal chance', () => {
    const many = Int32Array.from({ length: 60 }, (_, i) => (i < 10 ? 0 : i < 30 ? 1 : 2));
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      const { total, pairs } = drawAcross(many, 20, createRandom(seed));
      expect(total).toBe(10 * 20 + 10 * 30 + 20 * 30);
      expect(new Set(pairs.map(String)).size).toBe(20);
      for (const [a, b] of pairs) {
        expect(many[a]).not.toBe(many[b]);
        const kinds = `${many[a]}${many[b]}`;
        counts.set(kinds, (counts.get(kinds) ?? 0) + 1);
      }
    }
    // 8,000 draws: shares 200, 300 and 600 of 1,100, within four standard errors.
    for (const [kinds, share] of [
      ['01', 200 / 1100],
      ['02', 300 / 1100],
      ['12', 600 / 1100],
    ] as const)
      expect(Math.abs(counts.get(kinds)! / 8000 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 8000));
  });

  test('by groups: both kinds, capped, with how many there are', () => {
    const items = Array.from({ length: 40 }, (_, i) => ({ text: `t${i}`, ...(i < 36 && { group: `g${i % 3}` }) }));
    const drawn = pairsOfGroups(items, 100, 7);
    expect(drawn).toMatchObject({ alike: 50, unlike: 50, allAlike: 3 * 66, allUnlike: 3 * 144 });
    const groupOf = new Map(items.map(({ text, group }) => [text, group]));
    for (const { a, b, alike: same } of drawn.pairs) {
      expect(groupOf.get(a)).toBeDefined();
      expect(groupOf.get(a) === groupOf.get(b)).toBe(same);
    }
    expect(pairsOfGroups(items, 100, 7)).toEqual(drawn);
    expect(pairsOfGroups([{ text: 'a' }], 100, 7)).toMatchObject({ pairs: [], allAlike: 0, allUnlike: 0 });
  });
});

describe('bunches', () => {
  const named = (pairs: readonly TextPair[], kind: boolean) =>
    pairs
      .filter((pair) => pair.alike === kind)
      .map(({ a, b }) => [a, b].sort().join(' '))
      .sort();

  test('texts of one that should be close are alike, those of two that should be apart unlike', () => {
    const pairs = pairsOfBunches(
      [
        ['a', 'b', 'c'],
        ['d', 'e'],
      ],
      [['a', 'b'], ['d'], ['x']],
      100,
      1,
    );
    expect(named(pairs, true)).toEqual(['a b', 'a c', 'b c', 'd e']);
    expect(named(pairs, false)).toEqual(['a d', 'a x', 'b d', 'b x', 'd x']);
    expect(
      pairsOfBunches(
        [
          ['a', 'b', 'c'],
          ['d', 'e'],
        ],
        [['a', 'b'], ['d'], ['x']],
        100,
        1,
      ),
    ).toEqual(pairs);
  });

  test('each two texts once, however many bunches they share', () => {
    const pairs = pairsOfBunches(
      [
        ['a', 'b', 'a '],
        ['b', 'a', 'c'],
      ],
      [],
      100,
      1,
    );
    expect(named(pairs, true)).toHaveLength(3);
    expect(new Set(named(pairs, true)).size).toBe(3);
  });

  test('a text of two sides has none, and what should be close is not held apart', () => {
    const pairs = pairsOfBunches(
      [['a', 'x']],
      [
        ['a', 'b', 'm'],
        ['x', 'm'],
      ],
      100,
      1,
    );
    expect(named(pairs, false)).toEqual(['b x']);
    expect(named(pairs, true)).toEqual(['a x']);
  });

  test('at most half of either kind, and none of a single side', () => {
    const many = Array.from({ length: 60 }, (_, i) => `t${i}`);
    const pairs = pairsOfBunches([many], [many.slice(0, 30), ['other', 'another']], 40, 3);
    expect([named(pairs, true).length, named(pairs, false).length]).toEqual([20, 20]);
    expect(pairsOfBunches([], [many], 40, 3)).toEqual([]);
    expect(pairsOfBunches([['alone']], [], 40, 3)).toEqual([]);
  });
});

describe('splitting', () => {
  const pairs = Array.from({ length: 50 }, (_, i): RowPair => ({ a: 2 * i, b: 2 * i + 1, alike: i < 20 }));

  test('holds out a share of either kind, and every pair is on one side', () => {
    const { training, heldOut } = splitPairs(pairs, 0.2, createRandom(1));
    expect(heldOut.filter((pair) => pair.alike)).toHaveLength(4);
    expect(heldOut).toHaveLength(10);
    expect(new Set([...training, ...heldOut])).toEqual(new Set(pairs));
    expect(splitPairs(pairs, 0.01, createRandom(1)).heldOut).toEqual([]);
  });

  test('batches have their share of alike pairs', () => {
    const batches = batchPairs(pairs, 16, createRandom(1));
    expect(batches.map(({ length }) => length).every((length) => length <= 16)).toBe(true);
    expect(batches.map((batch) => batch.filter((pair) => pair.alike).length)).toEqual([5, 5, 5, 5]);
    expect(new Set(batches.flat())).toEqual(new Set(pairs));
    expect(batchPairs([], 16)).toEqual([]);
  });
});

describe('judging', () => {
  /** All thresholds and all pairs of pairs. */
  const brute = (cosines: number[], marks: number[]) => {
    const right = (threshold: number) => cosines.filter((cosine, i) => cosine >= threshold === (marks[i] === 1)).length;
    const best = Math.max(...[...cosines, 2, -2].map(right)) / cosines.length;
    let wins = 0;
    let all = 0;
    cosines.forEach((one, i) =>
      cosines.forEach((other, j) => {
        if (marks[i] !== 1 || marks[j] !== 0) return;
        all++;
        wins += one > other ? 1 : one === other ? 0.5 : 0;
      }),
    );
    return { best, auc: wins / all };
  };

  test('is as by brute force, ties included', () => {
    const random = createRandom(9);
    for (let run = 0; run < 50; run++) {
      const cosines = Array.from({ length: 30 }, () => Math.round(10 * random()) / 10);
      const marks = Array.from(cosines, (cosine) => Number(random() < cosine));
      const judged = { cosines, alike: marks };
      const expected = brute(cosines, marks);
      expect(scorePairs(judged, bestThreshold(judged)).accuracy).toBeCloseTo(expected.best, 12);
      expect(rocArea(judged)).toBeCloseTo(expected.auc, 12);
    }
  });

  test('of one kind of pair there is no area', () => {
    expect(rocArea({ cosines: [0.1, 0.9], alike: [1, 1] })).toBeNaN();
    expect(
      scorePairs({ cosines: [0.1, 0.9], alike: [1, 1] }, bestThreshold({ cosines: [0.1, 0.9], alike: [1, 1] }))
        .accuracy,
    ).toBe(1);
  });
});
