import { describe, expect, test } from 'vitest';
import { setKeys, type WordSets } from '../../src/association';
import { textKey } from '../../src/data/typed';
import { readyTests, sentencesOf, templates } from '../../src/similarity/associationSets';
import { checkSets } from '../../src/similarity/preconditions';

const sets = (x: string, y: string, a = 'p q r s t u v w', b = 'P Q R S T U V W'): WordSets => ({
  X: { name: 'X', words: x.split(' ') },
  Y: { name: 'Y', words: y.split(' ') },
  A: { name: 'A', words: a.split(' ') },
  B: { name: 'B', words: b.split(' ') },
});
const eight = 'a b c d e f g h';
const otherEight = 'i j k l m n o z';

describe('ready tests', () => {
  test.each(readyTests)('$id can be run as it is', ({ id, sets: ready }) => {
    const named = Object.fromEntries(
      setKeys.map((key) => [key, { name: ready[key].id, words: ready[key].words }] as const),
    ) as WordSets;
    expect({ id, cautions: checkSets(named, textKey) }).toEqual({ id, cautions: [] });
    for (const key of setKeys) expect(new Set(ready[key].words.map(textKey)).size).toBe(ready[key].words.length);
  });

  test('have the sizes that the papers have', () => {
    const sizes = (id: string) =>
      setKeys.map((key) => readyTests.find((ready) => ready.id === id)?.sets[key].words.length);
    expect(sizes('flowersInsects')).toEqual([25, 25, 25, 25]);
    expect(sizes('careerFamily')).toEqual([8, 8, 8, 8]);
    expect(sizes('mathArts')).toEqual([8, 8, 8, 8]);
    expect(sizes('scienceArts')).toEqual([8, 8, 8, 8]);
    expect(sizes('occupations').slice(0, 2)).toEqual([20, 20]);
  });

  test('are put into sentences word after word, as they stand', () => {
    expect(sentencesOf(['$&', 'ant'], ['{word}!', 'A {word}, {word}.'])).toEqual([
      '$&!',
      'A $&, $&.',
      'ant!',
      'A ant, ant.',
    ]);
    for (const tongue of ['en', 'pt'] as const)
      expect(templates[tongue].every((template) => template.includes('{word}'))).toBe(true);
  });
});

describe('what a test needs', () => {
  test('eight words a set, as many in both target sets, none twice: nothing is to be said', () => {
    expect(checkSets(sets(eight, otherEight), textKey)).toEqual([]);
  });

  test('unequal and small sets are said, with their numbers', () => {
    expect(checkSets(sets('a b c', 'd e'), textKey)).toEqual([
      { kind: 'unequal', x: 3, y: 2 },
      { kind: 'few', words: 2, least: 1 / 6 },
    ]);
  });

  test('a target word that is an attribute too is said', () => {
    expect(checkSets(sets(eight, 'i j k l m n o P'), textKey)).toEqual([
      { kind: 'shared', word: 'P', target: 'Y', attribute: 'B' },
    ]);
  });

  test.each([
    [sets('a', 'b c'), 'wordSetSmall', { set: 'X', found: 1, fewest: 2 }],
    [sets('a b', 'c d', 'p q', 'r'), 'wordSetSmall', { set: 'B', found: 1 }],
    [sets('a b', 'b c'), 'wordSetShared', { word: 'b', a: 'X', b: 'Y' }],
    [sets('a b', 'c d', 'p q', 'r q'), 'wordSetShared', { word: 'q', a: 'A', b: 'B' }],
    [
      sets(Array.from({ length: 201 }, (_, i) => i).join(' '), 'a b'),
      'wordSetLarge',
      { set: 'X', found: 201, most: 200 },
    ],
  ] as const)('what cannot be tested is refused (%#)', (wrong, code, params) => {
    expect(() => checkSets(wrong, textKey)).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining(params) }),
    );
  });
});
