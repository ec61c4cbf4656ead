// @ts-check
/** What the reports of Vitest and of Playwright say of a run: totals, and the tests that did not simply pass, each in a few lines. */

/**
 * `troubles` are the failed tests and those that passed at a second try only, by name and with how their error begins: on a machine
 * that keeps nothing but the end of the output they are all that is known.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, troubles?: readonly string[] }} Totals
 *
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: readonly {
 *   name: string, message?: string, status: string, assertionResults: readonly {
 *     status: string, fullName: string, failureMessages?: readonly string[] | null }[] }[] }} VitestReport
 *
 * @typedef {{ title: string, specs?: readonly PlaywrightSpec[], suites?: readonly PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ title: string, file: string, line: number, tests: readonly {
 *   status: string, results: readonly { error?: { message?: string } }[] }[] }} PlaywrightSpec
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   suites: readonly PlaywrightSuite[] }} PlaywrightReport
 */

/** How much of an error is shown. */
const shownLines = 12;
// eslint-disable-next-line no-control-regex -- colours of a terminal begin with this character
const colours = /\u001b\[[\d;]*m/g;

/**
 * @param {VitestReport} report
 * @returns {Totals}
 */
export function readVitest({ numPassedTests, numFailedTests, numPendingTests, testResults }) {
  const troubles = testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that cannot be loaded has no test that failed.
    if (failed.length === 0 && status === 'failed') return [describe('FAILED', name, message)];
    return failed.map(({ fullName, failureMessages }) =>
      describe('FAILED', `${name} › ${fullName}`, failureMessages?.[0]),
    );
  });
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, troubles };
}

/**
 * A test that passed at its second try counts as passed.
 *
 * @param {PlaywrightReport} report
 * @returns {Totals}
 */
export function readPlaywright({ stats: { expected, unexpected, flaky, skipped }, suites }) {
  const troubles = specsOf(suites).flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) => {
        const error = results.find((result) => result.error)?.error?.message;
        return describe(status === 'flaky' ? 'AT THE SECOND TRY' : 'FAILED', `${file}:${line} › ${title}`, error);
      }),
  );
  return { passed: expected + flaky, failed: unexpected, skipped, troubles };
}

/**
 * @param {readonly PlaywrightSuite[]} suites
 * @returns {PlaywrightSpec[]}
 */
function specsOf(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsOf(inner)]);
}

/**
 * @param {string} what
 * @param {string} name
 * @param {string} [error]
 */
function describe(what, name, error = '') {
  const lines = error.replaceAll(colours, '').split('\n');
  return [`${what}  ${name}`, ...lines.filter((line) => line.trim() !== '').slice(0, shownLines)].join('\n    ');
}
