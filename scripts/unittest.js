// @ts-check
/** What Python's unittest says of a run, in numbers. */

/**
 * The totals at the end of what unittest printed. A test may fail in several parts; no test that ran without a result counts.
 *
 * @param {string} printed
 */
export function readTotals(printed) {
  const ran = read(printed, /^Ran (\d+) tests? in /m);
  const skipped = read(printed, /^(?:OK|FAILED) \(.*?skipped=(\d+)/m);
  const failed = read(printed, /^FAILED \(.*?failures=(\d+)/m) + read(printed, /^FAILED \(.*?errors=(\d+)/m);
  return { passed: Math.max(0, ran - skipped - failed), failed, skipped };
}

/**
 * How many tests there are in files of Python.
 *
 * @param {readonly string[]} sources
 */
export function countTests(sources) {
  return sources.reduce((sum, source) => sum + (source.match(/^ {4}def test_/gm)?.length ?? 0), 0);
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function read(text, pattern) {
  return Number(pattern.exec(text)?.[1] ?? 0);
}
