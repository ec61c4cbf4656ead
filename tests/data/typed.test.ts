import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTyped, splitDuplicates, textKey } from '../../src/data/typed';

const texts = (input: string) => parseTyped(input).map(({ text }) => text);

describe('parseTyped', () => {
  it('splits lines of any kind, skips blank ones, trims', () => {
    expect(texts('cat\r\n\n  big dog \r\t\nfish')).toEqual(['cat', 'big dog', 'fish']);
    expect(texts(' \n,;\n')).toEqual([]);
    expect(texts('')).toEqual([]);
  });

  it('splits at commas and semicolons only if every part has at most three words', () => {
    expect(texts('cat, dog; the big fish')).toEqual(['cat', 'dog', 'the big fish']);
    expect(texts('cat, the very big fish')).toEqual(['cat, the very big fish']);
    expect(texts('I came; I saw the town; I left\ncat, dog')).toEqual(['I came; I saw the town; I left', 'cat', 'dog']);
  });

  it('keeps a quoted piece whole and takes its quotes away', () => {
    expect(texts('"cat, dog", fish')).toEqual(['cat, dog', 'fish']);
    expect(texts('“cat; dog” ; fish')).toEqual(['cat; dog', 'fish']);
    expect(texts('"one two three four five", six')).toEqual(['one two three four five', 'six']);
    expect(texts('"first line\nsecond line"\nthird')).toEqual(['first line\nsecond line', 'third']);
    expect(texts('"say ""hi"", he said"')).toEqual(['say "hi", he said']);
    expect(texts('"", cat, " "')).toEqual(['cat']);
  });

  it('takes other quotes as they are', () => {
    expect(texts('"To be" or not')).toEqual(['"To be" or not']);
    expect(texts('he said "a, b"')).toEqual(['he said "a, b"']);
    expect(texts('5" pipe, 6" pipe')).toEqual(['5" pipe', '6" pipe']);
    expect(texts('"open\ncat, dog')).toEqual(['"open', 'cat', 'dog']);
  });

  it('gives a group to short or quoted parts after a prefix of one to three words', () => {
    expect(parseTyped('animals: cat, dog')).toEqual([
      { text: 'cat', group: 'animals' },
      { text: 'dog', group: 'animals' },
    ]);
    expect(parseTyped('my big list:\t"a, b\nc"; d')).toEqual([
      { text: 'a, b\nc', group: 'my big list' },
      { text: 'd', group: 'my big list' },
    ]);
    expect(parseTyped('a: b: c')).toEqual([{ text: 'b: c', group: 'a' }]);
  });

  it('takes no URL, time, sentence or quoted prefix for a group', () => {
    for (const text of [
      'http://example.org',
      '10:30',
      'animals:',
      'Remember this: the sky is blue',
      'one two three four: five',
      ': cat',
    ]) {
      expect(parseTyped(text)).toEqual([{ text }]);
    }
    expect(parseTyped('"a: b", c')).toEqual([{ text: 'a: b' }, { text: 'c' }]);
    expect(parseTyped('cat, dogs: poodle')).toEqual([{ text: 'cat' }, { text: 'dogs: poodle' }]);
  });

  it('keeps everything as one text when asked', () => {
    expect(parseTyped(' a: b,\r\nc "d" \n', { whole: true })).toEqual([{ text: 'a: b,\nc "d"' }]);
    expect(parseTyped(' \n', { whole: true })).toEqual([]);
  });

  it('gives NFC', () => {
    expect(texts('cafe\u0301')).toEqual(['caf\u00e9']);
  });

  it('gives back any list of texts that was quoted, and never a blank or untrimmed text', () => {
    const text = fc.string({ unit: 'grapheme' }).map((raw) => textKey(raw.replace(/["“”]/g, '')));
    fc.assert(
      fc.property(fc.array(text.filter((one) => one !== '')), (list) => {
        expect(texts(list.map((one) => `"${one}"`).join(', '))).toEqual(list);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab"“”,;:\n é') }), (input) => {
        for (const one of texts(input)) expect(one).toBe(textKey(one) || 'not blank');
      }),
    );
  });
});

describe('splitDuplicates', () => {
  it('finds texts equal after trimming and NFC, among the old and among the new', () => {
    const items = ['cat', ' dog ', 'cafe\u0301', 'dog', 'Cat'].map((text) => ({ text }));
    const { fresh, duplicates } = splitDuplicates(items, new Set(['cat', 'café']));
    expect(fresh).toEqual([{ text: ' dog ' }, { text: 'Cat' }]);
    expect(duplicates).toEqual(['cat', 'cafe\u0301', 'dog']);
  });
});

describe('textKey', () => {
  it('is the text in NFC without outer blanks, for every code point alone, and with a mark behind it', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const char = String.fromCodePoint(code);
      for (const text of [char, `${char}\u0301`, ` a${char} `])
        if (textKey(text) !== text.normalize('NFC').trim())
          expect(textKey(text), code.toString(16)).toBe(text.normalize('NFC').trim());
    }
    expect(textKey('e\u0301 ')).toBe('é');
  });
});
