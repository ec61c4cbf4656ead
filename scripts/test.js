// @ts-check
/**
 * `npm test`: every check, then the unit tests, the build and the end-to-end tests, one after another, and a summary whose
 * last line is the totals. Names as arguments (`lint`, `types`, ...) run those steps alone; `everything` runs all of them, the
 * tests that need more than Node too.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runPackage } from './run.js';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 * @typedef {{ name: string, title: string, start: () => Promise<number>, count?: () => Totals, needsMore?: boolean }} Step
 */

const reports = join(root, 'test-results');
const unitReport = join(reports, 'unit.json');
const endToEndReport = join(reports, 'e2e.json');
const outsideReport = join(reports, 'outside.json');
/** @type {Parameters<typeof run>[2]} */
const shown = { onOutput: (text) => void process.stdout.write(text) };

/**
 * @param {string} name
 * @param {string} project
 * @returns {Step}
 */
const compile = (name, project) => ({
  name: 'types',
  title: `types of the ${name}`,
  start: () => runPackage('typescript', 'tsc', ['-p', project, '--noEmit'], shown),
});

/** @type {readonly Step[]} */
const steps = [
  { name: 'style', title: 'format', start: () => runPackage('prettier', 'prettier', ['--check', '.'], shown) },
  { name: 'lint', title: 'lint', start: () => runPackage('eslint', 'eslint', ['.'], shown) },
  compile('page', 'tsconfig.json'),
  compile('workers', 'tsconfig.worker.json'),
  compile('tools and tests', 'tsconfig.node.json'),
  {
    name: 'types',
    title: 'types of the components',
    start: () => runPackage('svelte-check', 'svelte-check', ['--fail-on-warnings'], shown),
  },
  { name: 'rules', title: 'import rules', start: () => runPackage('dependency-cruiser', 'depcruise', ['src'], shown) },
  {
    name: 'unit',
    title: 'unit tests',
    start: () => {
      const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
      return runPackage('vitest', 'vitest', ['run', ...report], shown);
    },
    count: () => {
      const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(unitReport, 'utf8'));
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
    },
  },
  { name: 'build', title: 'build', start: () => run(process.execPath, ['scripts/build.js'], shown) },
  {
    name: 'e2e',
    title: 'end-to-end tests',
    start: () => run(process.execPath, ['scripts/e2e.js'], shown),
    count: () => {
      const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(endToEndReport, 'utf8')).stats;
      return { passed: expected + flaky, failed: unexpected, skipped };
    },
  },
  {
    name: 'outside',
    title: 'tests with Python',
    start: () => run(process.execPath, ['scripts/test-outside.js', outsideReport], shown),
    count: () => JSON.parse(readFileSync(outsideReport, 'utf8')),
    needsMore: true,
  },
];

/** @returns {Promise<Totals>} what a step counts for: its tests, or one for a step without any */
async function perform(/** @type {Step} */ { title, start, count, needsMore }) {
  process.stdout.write(`\n--- ${title}\n`);
  const ok = (await start()) === 0;
  if (!count) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  /** @type {Totals} */
  let totals = { passed: 0, failed: 0, skipped: 0 };
  try {
    totals = count();
  } catch {
    // No report: the tests did not come to run, which the next line counts.
  }
  // A file that cannot be loaded has no failed test, and neither has a run without tests; both are failures. Where what a step
  // needs is missing, its tests are skipped.
  const ran = totals.passed > 0 || (needsMore && totals.skipped > 0);
  const hidden = totals.failed === 0 && (!ok || !ran);
  return { ...totals, failed: totals.failed + (hidden ? 1 : 0) };
}

const named = process.argv.slice(2);
const everything = 'everything';
const unknown = named.filter((name) => name !== everything && !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  const known = [...new Set(steps.map(({ name }) => name)), everything].join(', ');
  process.stderr.write(`constela: there is no step called ${unknown.join(', ')}; there are ${known}\n`);
  process.exit(2);
}
const chosen = steps.filter(({ name, needsMore }) =>
  named.length === 0 ? !needsMore : named.includes(everything) || named.includes(name),
);

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const sum = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const lines = [];
let built = true;
for (const step of chosen) {
  const began = performance.now();
  // Over an old page the end-to-end tests would test something else.
  /** @type {Totals} */
  const totals = step.name === 'e2e' && !built ? { passed: 0, failed: 1, skipped: 0 } : await perform(step);
  if (step.name === 'build') built = totals.failed === 0;
  sum.passed += totals.passed;
  sum.failed += totals.failed;
  sum.skipped += totals.skipped;
  const counts = step.count ? `: ${say(totals)}` : '';
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  lines.push(`${totals.failed === 0 ? 'passed' : 'FAILED'}  ${step.title}${counts} (${seconds} s)`);
}
process.exitCode = sum.failed === 0 && sum.passed + sum.skipped > 0 ? 0 : 1;
process.stdout.write(`\n${lines.join('\n')}\n${say(sum)}\n`);

/** @param {Totals} totals */
function say({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
