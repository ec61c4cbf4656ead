/** The Portuguese errors against the English ones, which are the reference: `errorTexts` in src/errors.ts. */
import { describe, expect, it } from 'vitest';
import { errorsPtBR } from '../../src/app/messages/errorsPtBR';
import { errorTexts, type ErrorCode } from '../../src/errors';

const codes = Object.keys(errorTexts) as ErrorCode[];

/** The names that a template has filled, each once, sorted. */
function placeholders(template: string): string[] {
  return [...new Set(template.match(/\{\w+\}/g))].sort();
}

describe('errorsPtBR', () => {
  it('translates every code and no other, in the order of the English texts', () => {
    expect(Object.keys(errorsPtBR)).toEqual(codes);
  });

  it.each(codes)('keeps the placeholders of %s', (code) => {
    expect(placeholders(errorsPtBR[code])).toEqual(placeholders(errorTexts[code]));
  });

  it.each(codes)('leaves %s neither blank nor in English', (code) => {
    expect(errorsPtBR[code].trim()).not.toBe('');
    expect(errorsPtBR[code]).not.toBe(errorTexts[code]);
  });

  it('has no brace outside a placeholder and only curly quotes', () => {
    for (const code of codes) expect(errorsPtBR[code].replace(/\{\w+\}/g, ''), code).not.toMatch(/[{}"']/);
  });
});
