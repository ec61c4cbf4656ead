import { describe, expect, it } from 'vitest';
import { fileNameOf } from '../../src/app/saveFile';

describe('the name of a file that is saved', () => {
  it.each([
    ['Minhas palavras v1.2', 'Minhas palavras v1.2.csv'],
    ['../../Minhas palavras: ção', 'Minhas palavras- ção.csv'],
    ['c:\\con|"a"\n<b>', 'c-con-a-b.csv'],
    ['.hidden.', 'hidden.csv'],
    ['हिन्दी', 'हिन्दी.csv'],
    ['...', 'constela.csv'],
    ['', 'constela.csv'],
  ])('of %j is no path: %j', (name, expected) => {
    expect(fileNameOf(name, 'csv')).toBe(expected);
  });

  it('is as long as systems take, and not cut within a character', () => {
    expect(fileNameOf('𝒜'.repeat(100), 'csv')).toBe(`${'𝒜'.repeat(75)}.csv`);
  });
});
