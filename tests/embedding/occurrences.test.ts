import { describe, expect, test } from 'vitest';
import { findOccurrences } from '../../src/embedding/occurrences';
import type { Token } from '../../src/inspections';

/** `+x` goes on with the word before, `[x]` is special, `?` is unknown. */
const cut = (line: string): Token[] =>
  line.split(' ').map((piece) => ({
    text: piece.replace(/^\+/, ''),
    special: piece.startsWith('['),
    unknown: piece === '?',
    continues: piece.startsWith('+'),
  }));

describe('a word is found', () => {
  test.each([
    ['whole', '[c] the bank by the bank [s]', 'bank', ['2-3', '5-6']],
    ['in pieces', '[c] an un +bel +ie +vable day [s]', 'un +bel +ie +vable', ['2-6']],
    ['in pieces that another context cut otherwise', '[c] na +ï +ve [s]', 'naï +ve', ['1-4']],
    ['before punctuation that goes on', '[s] no banco +. [s]', 'banco', ['2-3']],
    ['after punctuation', '[s] ( +banco +) [s]', 'banco', ['2-3']],
    ['in capitals', '[s] Ban +co do Brasil [s]', 'banco', ['1-3']],
    ['of several words', '[c] in new york city [s]', 'new york', ['2-4']],
    ['behind a blank of its own', '[s] ␣ +xy +z [s]', 'xyz', ['2-4']],
  ])('%s', (_, text, word, spans) => {
    expect(findOccurrences(cut(text), cut(word)).map(({ start, end }) => `${start}-${end}`)).toEqual(spans);
  });
});

describe('a word is not found', () => {
  test.each([
    ['as the beginning of a longer one', '[c] bank +rupt [s]', 'bank'],
    ['as the end of one', '[c] em +bank [s]', 'bank'],
    ['within one', '[c] a +bank +s [s]', 'bank'],
    ['spread over two words', '[c] now here [s]', 'nowhere'],
    ['as one where there are two', '[c] nowhere [s]', 'now here'],
    ['when the model does not know it', '[c] ? [s]', '?'],
    ['across a special token', '[c] new [s] york [s]', 'new york'],
  ])('%s', (_, text, word) => {
    expect(findOccurrences(cut(text), cut(word))).toEqual([]);
  });

  test('outside the part that is looked at', () => {
    expect(findOccurrences(cut('[c] bank : the bank [s]'), cut('bank'), 3, 4)).toEqual([]);
  });
});
