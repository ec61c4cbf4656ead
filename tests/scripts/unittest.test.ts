import { describe, expect, it } from 'vitest';
import { countTests, readTotals } from '../../scripts/unittest.js';

// The closing lines are those that Python 3.11 prints.
describe('readTotals', () => {
  it.each([
    ['..\nRan 2 tests in 0.001s\n\nOK\n', { passed: 2, failed: 0, skipped: 0 }],
    ['.s\nRan 1 test in 0.001s\n\nOK (skipped=1)\n', { passed: 0, failed: 0, skipped: 1 }],
    ['Ran 9 tests in 1.2s\n\nFAILED (failures=1, errors=2, skipped=3)\n', { passed: 3, failed: 3, skipped: 3 }],
    ['Ran 5 tests in 1.2s\n\nFAILED (errors=2)\n', { passed: 3, failed: 2, skipped: 0 }],
    ['Ran 1 test in 1.2s\n\nFAILED (failures=4)\n', { passed: 0, failed: 4, skipped: 0 }],
    ['Traceback (most recent call last):\n', { passed: 0, failed: 0, skipped: 0 }],
  ])('reads %j', (printed, totals) => {
    expect(readTotals(printed)).toEqual(totals);
  });
});

describe('countTests', () => {
  it('counts the methods that unittest takes for tests', () => {
    const source =
      'class A(TestCase):\n    def setUp(self): ...\n    def test_one(self): ...\n\n    def test_two(self): ...\n';
    expect(countTests([source, source, ''])).toBe(4);
  });
});
