import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelTexts, fitText, isRightToLeft } from '../../src/scene/labelText';

/** Ten pixels for each code unit: an honest measure needs only to grow with the text. */
const width = (text: string) => text.length * 10;

describe('cutting labels', () => {
  it('is never wider than the limit, and whole where there is room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 10, max: 2000 }),
        (text, limit) => {
          const cut = fitText(text, limit, width);
          expect(width(cut)).toBeLessThanOrEqual(limit);
          const line = text.replace(/\s+/gu, ' ').trim();
          if (text.length <= 120 && width(line) <= limit) expect(cut).toBe(line);
          else expect(cut.endsWith('…')).toBe(true);
        },
      ),
    );
  });

  it('cuts between characters as people see them', () => {
    expect(fitText('👩‍👩‍👧‍👧👩‍👩‍👧‍👧', 150, width)).toBe('👩‍👩‍👧‍👧…');
    expect(fitText('a\n\n b', 100, width)).toBe('a b');
  });

  it('looks at the start of a text of 10,000 characters only', () => {
    let measured = 0;
    const text = 'word '.repeat(2000);
    const cut = fitText(text, 190, (part) => {
      measured += part.length;
      return width(part);
    });
    expect(cut).toBe('word word word wor…');
    expect(measured).toBeLessThan(1000);
  });

  it('measures a label once', () => {
    let calls = 0;
    const texts = new LabelTexts(
      ['cat'],
      (text) => {
        calls++;
        return width(text);
      },
      900,
    );
    expect(texts.width(0, false)).toBe(30);
    expect(texts.text(0, false)).toBe('cat');
    expect(texts.width(0, false)).toBe(30);
    expect(calls).toBe(1);
    expect(texts.text(0, true)).toBe('cat');
    expect(calls).toBe(2);
  });

  it('keeps what a long text was cut to, with its width, at each of the two sizes', () => {
    const texts = new LabelTexts(['word '.repeat(30), ' a\n b '], width, 900);
    expect(texts.text(0, false)).toBe('word word word wor…');
    expect(texts.width(0, false)).toBe(190);
    expect(texts.text(0, true)).toBe('word word word word word word w…');
    expect(texts.width(0, true)).toBe(320);
    expect([texts.text(1, false), texts.width(1, false)]).toEqual(['a b', 30]);
  });

  it('remembers which way a label runs', () => {
    const texts = new LabelTexts(['שלום', 'cat'], width, 900);
    for (let i = 0; i < 2; i++) expect([texts.isRightToLeft(0), texts.isRightToLeft(1)]).toEqual([true, false]);
  });

  it('tells scripts that run from right to left', () => {
    expect(isRightToLeft('مرحبا world')).toBe(true);
    expect(isRightToLeft('123 שלום')).toBe(true);
    expect(isRightToLeft('world مرحبا')).toBe(false);
    expect(isRightToLeft('天気')).toBe(false);
    expect(isRightToLeft('🙂')).toBe(false);
  });
});
