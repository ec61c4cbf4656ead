// @ts-check
/** What is built: the command line, the starters (by that command line) and the page, each only when it is stale. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFresh } from './fresh.js';
import { root, run, runPackage } from './run.js';

/** @param {readonly string[]} paths */
const inRoot = (...paths) => paths.map((path) => join(root, path));

/** The built command line: one file. */
export const commandLine = join(root, 'dist-cli/constela.js');
/** Beside it, what it puts into standalone pages. */
export const viewerFile = 'viewer.json';
/** The built page's folder. */
export const pageFolder = join(root, 'dist');

const configuration = inRoot('vite.config.ts', 'package.json');
const pipeline = inRoot(
  ...[
    'src/pipeline.ts',
    'src/types.ts',
    'src/errors.ts',
    'src/standalone.ts',
    'src/turn.ts',
    'src/vectors.ts',
    'src/sha256.ts',
    'src/imported.ts',
    'src/engine',
    'src/kernels',
  ],
  ...['src/data', 'src/embedding', 'src/projection', 'src/similarity', 'models/models.json'],
);
/** What serves the page, for `npm start` and `constela open`. */
const served = ['scripts/browser.js', 'scripts/policy.js', 'scripts/server.js'];
/** What a standalone page carries, which the command line holds as text. */
const viewer = ['src/viewer', 'src/scene', 'src/app', 'scripts/vite/standalone.ts'];
const commandLineSources = [...configuration, ...pipeline, ...inRoot('src/cli.ts', 'src/cli', ...served, ...viewer)];
const pageSources = [
  ...configuration,
  ...inRoot('index.html', 'src', 'models', 'public', 'scripts/vite', 'scripts/policy.js'),
];

/** The collections of a first visit, and the model that each is for. */
const starters = [
  { name: 'english-words', model: 'all-MiniLM-L6-v2' },
  { name: 'english-portuguese', model: 'multilingual-e5-small-en-pt' },
];

/**
 * Builds `dist-cli/constela.js` if it is missing or stale, or in any case with `force`. It is built beside and then renamed,
 * so that two commands started at once never run half a file. Without sources (an installed package) it stays as it is.
 */
export async function buildCommandLine({ force = false } = {}) {
  if (!existsSync(join(root, 'src/cli.ts'))) return;
  if (!force && isFresh(commandLine, commandLineSources)) return;
  say('building the command line');
  const beside = join(root, `dist-cli/building-${process.pid}`);
  try {
    await mkdir(beside, { recursive: true });
    await vite('--mode', 'cli', '--outDir', beside, '--logLevel', 'warn');
    await rename(join(beside, viewerFile), join(root, 'dist-cli', viewerFile));
    await rename(join(beside, 'constela.js'), commandLine);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Makes the vectors and positions of the starters that are missing or stale, by the project's own command line. */
export async function buildStarters() {
  const folder = join(root, 'public/starters');
  for (const { name, model } of starters) {
    const texts = join(folder, `${name}.csv`);
    const out = join(folder, `${name}.npz`);
    if (isFresh(out, [texts, ...pipeline])) continue;
    await buildCommandLine();
    say(`making the starter ${name}`);
    const code = await run(process.execPath, [commandLine, 'map', texts, '--model', model, '--out', out]);
    if (code !== 0) throw new Error(`the starter ${name} could not be made (exit code ${code})`);
  }
}

/** Builds `dist/` if it is missing or stale, or in any case with `force`; the starters first. */
export async function buildPage({ force = false } = {}) {
  await buildStarters();
  if (!force && isFresh(join(pageFolder, 'index.html'), pageSources)) return;
  say('building the page');
  await vite('--logLevel', 'warn');
}

/** @param {readonly string[]} args */
async function vite(...args) {
  // Vite warns of a loader of configuration files that is not yet the default.
  const env = { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };
  const code = await runPackage('vite', 'vite', ['build', ...args], { env });
  if (code !== 0) throw new Error(`the build failed (exit code ${code})`);
}

/** @param {string} what */
function say(what) {
  // Standard output belongs to the results of a command.
  process.stderr.write(`constela: ${what} …\n`);
}
