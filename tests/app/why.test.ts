import { expect, test } from 'vitest';
import { shortToken, signed } from '../../src/app/panels/inside/why';

test.each([
  [0.02194, '+0.0219'],
  [-0.5, '−0.5000'],
  [0, '0.0000'],
  [0.0001234, '+0.000123'],
  [-1e-9, '0.000000'],
])('%d is written with its sign', (value, said) => {
  expect(signed(value)).toBe(said);
});

test('a long token is cut, and no character in two', () => {
  const token = { special: false, unknown: false, continues: false, prompt: false };
  expect(shortToken({ ...token, text: 'violin' })).toBe('violin');
  expect(shortToken({ ...token, text: '🎻'.repeat(20) })).toBe(`${'🎻'.repeat(13)}…`);
});
