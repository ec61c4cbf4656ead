import { describe, expect, test } from 'vitest';
import type { Explanation, MarkedToken } from '../../src/inspections';
import { mergeWords, strongestPairs, sumParts, withoutMarked } from '../../src/similarity/parts';

const token = (text: string, marks: Partial<MarkedToken> = {}): MarkedToken => ({
  text,
  special: false,
  unknown: false,
  continues: false,
  prompt: false,
  ...marks,
});
const special = (text: string) => token(text, { special: true });
const rest = (text: string, marks: Partial<MarkedToken> = {}) => token(text, { continues: true, ...marks });

const found: Explanation = {
  a: {
    tokens: [special('<s>'), token('q', { prompt: true }), rest(':', { prompt: true }), rest('un'), rest('do')],
    truncated: false,
  },
  b: { tokens: [token('␣'), rest('x'), token('y'), special('</s>')], truncated: false },
  // Tenths, row by row for a.
  parts: Float32Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -5, 0, 2, 0, 0, 3, 1, 1, 0.5, 4]),
};

test('sums are of the positive, the negative and all', () => {
  expect(sumParts(found.parts)).toEqual({ total: 8.5, positive: 13.5, negative: -5 });
  expect(sumParts(new Float32Array(0))).toEqual({ total: 0, positive: 0, negative: 0 });
});

describe('words', () => {
  const merged = mergeWords(found);

  test('join what goes on, but not over the prompt’s edge', () => {
    expect(merged.a.tokens.map(({ text }) => text)).toEqual(['<s>', 'q:', 'undo']);
    expect(merged.a.tokens.map(({ prompt }) => prompt)).toEqual([false, true, false]);
    expect(merged.b.tokens.map(({ text }) => text)).toEqual(['x', 'y', '</s>']);
  });

  test('have the sums of their tokens', () => {
    expect([...merged.parts]).toEqual([1, 0, 0, 1, -5, 0, 4, 0.5, 7]);
    expect(sumParts(merged.parts).total).toBe(sumParts(found.parts).total);
  });
});

test('special tokens and the prompt can be left out', () => {
  const own = withoutMarked(found);
  expect(own.a.tokens.map(({ text }) => text)).toEqual(['un', 'do']);
  expect(own.b.tokens.map(({ text }) => text)).toEqual(['␣', 'x', 'y']);
  expect([...own.parts]).toEqual([2, 0, 0, 1, 1, 0.5]);
});

test('the strongest pairs give or take most', () => {
  expect(strongestPairs(found, 3)).toEqual([
    { a: 2, b: 2, part: -5 },
    { a: 4, b: 3, part: 4 },
    { a: 3, b: 3, part: 3 },
  ]);
  expect(strongestPairs(found, 100)).toHaveLength(20);
});
