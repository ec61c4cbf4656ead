import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostWords, removable, withoutWord, wordsOf } from '../../src/similarity/words';

const named = (text: string) => wordsOf(text).map((word) => word.text);

describe('words', () => {
  test.each([
    ['The cat sat.', ['The', 'cat', 'sat']],
    ['  two\n\twords ', ['two', 'words']],
    ["don't stop the e-mail – now", ["don't", 'stop', 'the', 'e-mail', 'now']],
    ['“naïve”, «ação» (3.5)', ['naïve', 'ação', '3', '5']],
    ['🎻 plays 👩‍🚀!', ['🎻', 'plays', '👩‍🚀']],
    ['- ?! ’', []],
    ['', []],
  ])('of %j', (text, words) => {
    expect(named(text)).toEqual(words);
  });

  test('stand where they say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { text: word, start, end } of wordsOf(text)) {
          expect(text.slice(start, end)).toBe(word);
          expect(word).toMatch(/^\S+$/u);
        }
      }),
    );
  });
});

describe('a text without a word', () => {
  const left = (text: string, at: number) => withoutWord(text, wordsOf(text)[at]!);

  test('keeps all else, and no second blank', () => {
    expect(left('the cat sat', 1)).toBe('the sat');
    expect(left('the cat sat', 0)).toBe('cat sat');
    expect(left('the cat, sat', 1)).toBe('the , sat');
    expect(left('the cat', 1)).toBe('the ');
    expect(left('cat!', 0)).toBe('!');
  });

  test('has one word less, whichever it is', () => {
    const words = fc.array(fc.stringMatching(/^[a-zà-ú]{1,6}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.constantFrom(' ', ', ', '\n', ' – '), fc.nat(), (list, between, n) => {
        const text = list.join(between);
        const at = n % list.length;
        expect(named(left(text, at))).toEqual(list.filter((_, i) => i !== at));
      }),
    );
  });
});

test('words are left out one by one where something stays, and no more of them than are bearable', () => {
  expect(removable('cat!')).toEqual([]);
  expect(removable('')).toEqual([]);
  expect(removable('the cat').map(({ text }) => text)).toEqual(['the', 'cat']);
  expect(removable('word '.repeat(5000))).toHaveLength(mostWords);
});
