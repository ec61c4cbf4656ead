import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from '../../scripts/reports.js';

// Cut out of reports that Vitest 4.1 and Playwright 1.65 wrote.
describe('readVitest', () => {
  const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1 };

  it('names what failed, with how its error begins', () => {
    const failed = {
      status: 'failed',
      fullName: 'sums adds',
      failureMessages: ['AssertionError: 1 is not 2\n\n    at sums.test.ts:3:1'],
    };
    const passed = { status: 'passed', fullName: 'sums subtracts', failureMessages: [] };
    const testResults = [
      { name: 'tests/sums.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
    ];
    expect(readVitest({ ...report, testResults })).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
      troubles: ['FAILED  tests/sums.test.ts › sums adds\n    AssertionError: 1 is not 2\n        at sums.test.ts:3:1'],
    });
  });

  it('names a file that cannot be loaded', () => {
    const testResults = [
      { name: 'tests/sums.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ];
    expect(readVitest({ ...report, testResults }).troubles).toEqual(['FAILED  tests/sums.test.ts\n    no such module']);
  });
});

describe('readPlaywright', () => {
  const test = (status: string, ...errors: (string | undefined)[]) => ({
    title: `a test that is ${status}`,
    file: 'map.spec.ts',
    line: 7,
    tests: [{ status, results: errors.map((message) => ({ ...(message && { error: { message } }) })) }],
  });

  it('counts a second try that passed as passed, and names it', () => {
    const suites = [
      { title: 'map.spec.ts', specs: [test('expected', undefined), test('flaky', 'late', undefined)] },
      {
        title: 'map.spec.ts',
        suites: [{ title: 'on a phone', specs: [test('unexpected', '\u001b[31mgone\u001b[39m', 'gone')] }],
      },
    ];
    expect(readPlaywright({ stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 2 }, suites })).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
      troubles: [
        'AT THE SECOND TRY  map.spec.ts:7 › a test that is flaky\n    late',
        'FAILED  map.spec.ts:7 › a test that is unexpected\n    gone',
      ],
    });
  });

  it('shows the first lines of a long error', () => {
    const long = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
    const suites = [{ title: 'map.spec.ts', specs: [test('unexpected', long)] }];
    const [trouble] =
      readPlaywright({ stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 }, suites }).troubles ?? [];
    expect(trouble?.split('\n')).toHaveLength(13);
  });
});
