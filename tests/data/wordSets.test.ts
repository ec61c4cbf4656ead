import { describe, expect, test } from 'vitest';
import { parseWordSets, tidyWords, writeWordSets } from '../../src/data/wordSets';
import { codeOf } from './codeOf';

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown) => parseWordSets('sets.json', bytesOf(value));
const sets = { X: ['a', 'b'], Y: ['c', 'd'], A: ['e', 'f'], B: ['g', 'h'] };

describe('word sets', () => {
  test('are read by their keys, and named by them unless the file names them', () => {
    const found = parse({ ...sets, names: { X: ' letters ', A: 7, B: '' }, other: 1 });
    expect(found).toEqual({
      X: { name: 'letters', words: ['a', 'b'] },
      Y: { name: 'Y', words: ['c', 'd'] },
      A: { name: 'A', words: ['e', 'f'] },
      B: { name: 'B', words: ['g', 'h'] },
    });
  });

  test('come back as they were written', () => {
    const found = parse({ ...sets, X: ['pão de queijo', '"quoted"'], names: { X: 'comida', Y: 'y', A: 'a', B: 'b' } });
    expect(parse(writeWordSets(found))).toEqual(found);
  });

  test('hold each word once, without blanks around', () => {
    expect(tidyWords([' rose', 'rose ', '', '  ', 'Rose', 'cafe\u0301', 'caf\u00e9'])).toEqual([
      'rose',
      'Rose',
      'cafe\u0301',
    ]);
  });

  test.each([
    [['a'], 'wordSetsShape', { key: 'X', found: '["a"]' }],
    [{ ...sets, Y: 'c, d' }, 'wordSetsShape', { key: 'Y', found: '"c, d"' }],
    [{ ...sets, A: undefined }, 'wordSetsShape', { key: 'A', found: 'undefined' }],
    [{ ...sets, B: ['g', 3] }, 'wordSetsShape', { key: 'B', found: '3' }],
    ['{"X": [}', 'jsonSyntax', { line: 1, column: 8 }],
  ] as const)('%j is refused', (value, code, params) => {
    const read = () => parse(value);
    expect(codeOf(read)).toBe(code);
    expect(read).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ file: 'sets.json', ...params }) }),
    );
  });
});
