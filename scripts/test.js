// @ts-check
/**
 * `npm test`: every check, two at a time, then the unit tests, the build and the end-to-end tests, one after another, and a summary
 * of the tests that failed, of the steps, and in its last line the totals. Names as arguments (`lint`, `types`, ...) run those
 * steps alone; `everything` runs all of them, the tests that need more than Node too.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaywright, readVitest } from './reports.js';
import { root, run, runPackage } from './run.js';

/**
 * @typedef {import('./reports.js').Totals} Totals
 * @typedef {{ onOutput: (text: string) => void }} Shown
 * @typedef {{ name: string, title: string, start: (shown: Shown) => Promise<number>, check?: boolean,
 *   count?: () => Totals, needsMore?: boolean }} Step
 */

const reports = join(root, 'test-results');
const unitReport = join(reports, 'unit.json');
const endToEndReport = join(reports, 'e2e.json');
const outsideReport = join(reports, 'outside.json');
/** Checks of one thread each, which need nothing of one another. */
const atOnce = 2;

/**
 * @param {string} name
 * @param {string} project
 * @returns {Step}
 */
const compile = (name, project) => ({
  name: 'types',
  title: `types of the ${name}`,
  check: true,
  start: (shown) => runPackage('typescript', 'tsc', ['-p', project, '--noEmit'], shown),
});

/** @type {readonly Step[]} */
const steps = [
  {
    name: 'style',
    title: 'format',
    check: true,
    start: (shown) => runPackage('prettier', 'prettier', ['--check', '.'], shown),
  },
  {
    name: 'lint',
    title: 'lint',
    check: true,
    start: (shown) => runPackage('eslint', 'eslint', ['.'], shown),
  },
  compile('page', 'tsconfig.json'),
  compile('workers', 'tsconfig.worker.json'),
  compile('tools and tests', 'tsconfig.node.json'),
  {
    name: 'types',
    title: 'types of the components',
    check: true,
    start: (shown) => runPackage('svelte-check', 'svelte-check', ['--fail-on-warnings'], shown),
  },
  {
    name: 'rules',
    title: 'import rules',
    check: true,
    start: (shown) => runPackage('dependency-cruiser', 'depcruise', ['src'], shown),
  },
  {
    name: 'unit',
    title: 'unit tests',
    start: (shown) => {
      const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
      return runPackage('vitest', 'vitest', ['run', ...report], shown);
    },
    count: () => readVitest(JSON.parse(readFileSync(unitReport, 'utf8'))),
  },
  { name: 'build', title: 'build', start: (shown) => run(process.execPath, ['scripts/build.js'], shown) },
  {
    name: 'e2e',
    title: 'end-to-end tests',
    start: (shown) => run(process.execPath, ['scripts/e2e.js'], shown),
    count: () => readPlaywright(JSON.parse(readFileSync(endToEndReport, 'utf8'))),
  },
  {
    name: 'outside',
    title: 'tests with Python',
    start: (shown) => run(process.execPath, ['scripts/test-outside.js', outsideReport], shown),
    count: () => JSON.parse(readFileSync(outsideReport, 'utf8')),
    needsMore: true,
  },
];

/** @returns {Promise<Totals>} what a step counts for: its tests, or one for a step without any */
async function perform(/** @type {Step} */ { title, start, count, needsMore }, /** @type {Shown} */ shown) {
  shown.onOutput(`\n--- ${title}\n`);
  const ok = (await start(shown)) === 0;
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
let built = true;
/** @type {Map<Step, { totals: Totals, seconds: number }>} */
const done = new Map();

/** Shows what a check prints when it has ended: two at once would print into one another. */
async function takeTurns(/** @type {Step[]} */ waiting) {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    let printed = '';
    await report(step, { onOutput: (text) => void (printed += text) });
    process.stdout.write(printed);
  }
}

async function report(/** @type {Step} */ step, /** @type {Shown} */ shown) {
  const began = performance.now();
  // Over an old page the end-to-end tests would test something else.
  /** @type {Totals} */
  const totals = step.name === 'e2e' && !built ? { passed: 0, failed: 1, skipped: 0 } : await perform(step, shown);
  if (step.name === 'build') built = totals.failed === 0;
  done.set(step, { totals, seconds: (performance.now() - began) / 1000 });
}

const checks = chosen.filter(({ check }) => check);
await Promise.all(Array.from({ length: atOnce }, () => takeTurns(checks)));
for (const step of chosen) {
  if (!step.check) await report(step, { onOutput: (text) => void process.stdout.write(text) });
}

const sum = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
const troubles = [];
for (const [step, { totals, seconds }] of done) {
  sum.passed += totals.passed;
  sum.failed += totals.failed;
  sum.skipped += totals.skipped;
  troubles.push(...(totals.troubles ?? []));
  const counts = step.count ? `: ${say(totals)}` : '';
  lines.push(`${totals.failed === 0 ? 'passed' : 'FAILED'}  ${step.title}${counts} (${seconds.toFixed(1)} s)`);
}
process.exitCode = sum.failed === 0 && sum.passed + sum.skipped > 0 ? 0 : 1;
process.stdout.write(`\n${[...troubles, ...lines, say(sum)].join('\n')}\n`);

/** @param {Totals} totals */
function say({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
