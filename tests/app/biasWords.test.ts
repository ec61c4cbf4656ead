import { describe, expect, test } from 'vitest';
import { wordsIn, writeWords } from '../../src/app/state/inside/words';

describe('the words of a field', () => {
  test.each([
    ['rose, lily;iris\n tulip ', ['rose', 'lily', 'iris', 'tulip']],
    ['"bed, breakfast", hotel', ['bed, breakfast', 'hotel']],
    ['rose,, rose, ;', ['rose']],
    ['', []],
    ['construction worker', ['construction worker']],
    // A quote within a word is a part of it, and one that is not closed too.
    ['5" nail, the "so-called" end, "open', ['5" nail', 'the "so-called" end', '"open']],
  ])('%j', (typed, words) => {
    expect(wordsIn(typed)).toEqual(words);
  });

  test.each([[['a', 'b c']], [['bed, breakfast', 'x;y']], [['5" nail', 'plain']]])(
    '%j comes back as written',
    (words) => {
      expect(wordsIn(writeWords(words))).toEqual(words);
    },
  );
});
