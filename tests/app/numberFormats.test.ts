import { describe, expect, it } from 'vitest';
import { countFormat, valueFormat } from '../../src/app/state/numberFormats';

describe('numbers on the page', () => {
  it('have every digit where they count', () => {
    expect([1, 3334, 59_994, 1_000_001].map(countFormat('en').format)).toEqual(['1', '3,334', '59,994', '1,000,001']);
    expect(countFormat('pt-BR').format(59_994)).toBe('59.994');
  });

  it('have four digits where they are values, and years no separator', () => {
    expect([0.123456, 2026, 59_994].map(valueFormat('en').format)).toEqual(['0.1235', '2026', '59,990']);
  });
});
