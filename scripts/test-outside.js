// @ts-check
/**
 * The tests of what is not Node's: the recipes of the models (models/recipes), in a Python environment of their own, made on the
 * first run. Without a Python for it, or without the packages, they are skipped, and counted so. Its argument is the file that
 * gets the totals.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.js';
import { countTests, readTotals } from './unittest.js';

/** As numpy's pinned version needs it. */
const oldest = '3.11';
/** Downloads of some 60 MB; where they take longer, the other tests' results should not wait for them. */
const installLimit = 120_000;
const testLimit = 120_000;

const recipes = join(root, 'models/recipes');
const requirements = join(recipes, 'requirements.txt');
const environment = join(root, 'node_modules/.cache/constela-recipes');
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
/** The requirements that the environment was made for. */
const marker = join(environment, 'requirements.sha256');

const reason = await prepare();
let code = 0;
let totals = { passed: 0, failed: 0, skipped: 0 };
if (reason === undefined) {
  let printed = '';
  const onOutput = (/** @type {string} */ text) => {
    printed += text;
    process.stdout.write(text);
  };
  code = await run(python, ['-m', 'unittest', 'discover', recipes], { onOutput, limit: testLimit });
  totals = readTotals(printed);
} else {
  const files = readdirSync(recipes).filter((name) => /^test_.*\.py$/.test(name));
  totals.skipped = countTests(files.map((name) => readFileSync(join(recipes, name), 'utf8')));
  process.stdout.write(`${totals.skipped} tests of the recipes are skipped: ${reason}\n`);
}
const [report] = process.argv.slice(2);
if (report !== undefined) writeFileSync(report, JSON.stringify(totals));
process.exitCode = code;

/** Makes the environment unless it is there. Resolves to the reason why it cannot be had, if so. */
async function prepare() {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(python) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return undefined;
  const version = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${oldest.replace('.', ', ')}))`;
  /** @type {string | undefined} */
  let found;
  for (const name of ['python3', 'python'])
    if (found === undefined && (await run(name, ['-c', version], { quiet: true })) === 0) found = name;
  if (found === undefined) return `there is no Python ${oldest} or newer with venv`;
  process.stdout.write('installing the packages of the recipes\n');
  const installs = [
    [found, '-m', 'venv', environment],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
  ];
  for (const [command, ...args] of installs)
    if ((await run(command ?? '', args, { limit: installLimit })) !== 0) return `${args[1]} failed`;
  writeFileSync(marker, wanted);
  return undefined;
}
