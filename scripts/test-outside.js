// @ts-check
/**
 * The tests that need Python: those of the models' recipes (models/recipes), and those that hold the formats of data against
 * pandas, pyarrow and gensim (tests/outside). They run in an environment of their own, made on the first run. Without a Python for
 * it, or without the recipes' packages, all are skipped, and counted so; without one of the others, the tests that need it. Its
 * argument is the file that gets the totals.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommandLine } from './built.js';
import { root, run } from './run.js';
import { countTests, readTotals } from './unittest.js';

/** As numpy's pinned version needs it. */
const oldest = '3.11';
/** Downloads of some 60 MB, and 150 MB for the formats; where they take longer, the other tests' results should not wait for them. */
const installLimit = 120_000;
const testLimit = 200_000;

const recipes = join(root, 'models/recipes');
const formats = join(root, 'tests/outside');
const environment = join(root, 'node_modules/.cache/constela-recipes');
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const pip = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];

const reason = await prepare();
let code = 0;
const totals = { passed: 0, failed: 0, skipped: 0 };
if (reason === undefined) {
  await installFormats();
  await buildCommandLine();
  for (const folder of [recipes, formats]) await test(folder);
} else {
  const sources = [recipes, formats].flatMap((folder) =>
    readdirSync(folder).flatMap((name) =>
      /^test_.*\.py$/.test(name) ? [readFileSync(join(folder, name), 'utf8')] : [],
    ),
  );
  totals.skipped = countTests(sources);
  process.stdout.write(`${totals.skipped} tests that need Python are skipped: ${reason}\n`);
}
const [report] = process.argv.slice(2);
if (report !== undefined) writeFileSync(report, JSON.stringify(totals));
process.exitCode = code;

/** Runs the tests in a folder, and adds them to the totals. */
async function test(/** @type {string} */ folder) {
  let printed = '';
  const onOutput = (/** @type {string} */ text) => {
    printed += text;
    process.stdout.write(text);
  };
  const env = { ...process.env, NODE: process.execPath };
  const ended = await run(python, ['-m', 'unittest', 'discover', folder], { onOutput, env, limit: testLimit });
  const { passed, failed, skipped } = readTotals(printed);
  totals.passed += passed;
  totals.skipped += skipped;
  // Tests that were ended before they could tell, or could not be loaded, have failed.
  totals.failed += failed + (ended !== 0 && failed === 0 ? 1 : 0);
  code ||= ended;
}

/** Makes the environment unless it is there. Resolves to the reason why it cannot be had, if so. */
async function prepare() {
  const mark = markOf(recipes);
  if (existsSync(python) && mark.isThere()) return undefined;
  const version = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${oldest.replace('.', ', ')}))`;
  /** @type {string | undefined} */
  let found;
  for (const name of ['python3', 'python'])
    if (found === undefined && (await run(name, ['-c', version], { quiet: true })) === 0) found = name;
  if (found === undefined) return `there is no Python ${oldest} or newer with venv`;
  process.stdout.write('installing the packages of the recipes\n');
  const installs = [
    [found, '-m', 'venv', environment],
    [...pip, '--requirement', mark.requirements],
  ];
  for (const [command, ...args] of installs)
    if ((await run(command ?? '', args, { limit: installLimit })) !== 0) return `${args[1]} failed`;
  mark.set();
  return undefined;
}

/** Installs what the formats are held against, each package alone: one that cannot be had takes no other with it. */
async function installFormats() {
  const mark = markOf(formats);
  if (mark.isThere()) return;
  process.stdout.write('installing the packages that the formats are held against\n');
  const wanted = readFileSync(mark.requirements, 'utf8').match(/^\w.*$/gm) ?? [];
  const [command = '', ...args] = pip;
  let all = true;
  for (const one of wanted)
    if ((await run(command, [...args, one], { limit: installLimit })) !== 0) {
      all = false;
      process.stdout.write(`${one} cannot be installed: the tests that need it are skipped\n`);
    }
  if (all) mark.set();
}

/** The requirements of a folder's tests, and whether the environment has them: it keeps a hash of what was installed. */
function markOf(/** @type {string} */ folder) {
  const requirements = join(folder, 'requirements.txt');
  const file = join(environment, folder === recipes ? 'requirements.sha256' : 'formats.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  return {
    requirements,
    isThere: () => existsSync(file) && readFileSync(file, 'utf8') === wanted,
    set: () => writeFileSync(file, wanted),
  };
}
