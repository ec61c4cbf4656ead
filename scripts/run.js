// @ts-check
/** Programs that the scripts start: always by path and list of arguments, never through a shell. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** The project's folder. */
export const root = resolve(import.meta.dirname, '..');

/**
 * Runs a program in the project's folder and resolves to its exit code: 1 when a signal ended it, 127 when it could not
 * be started. `onOutput` gets what it prints on both streams; without it that goes to standard error, or nowhere when
 * `quiet`. After `limit` milliseconds it is ended.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ onOutput?: (text: string) => void, quiet?: boolean, env?: NodeJS.ProcessEnv, limit?: number }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { onOutput, quiet = false, env = process.env, limit } = {}) {
  return new Promise((done) => {
    const output = onOutput ? 'pipe' : quiet ? 'ignore' : process.stderr;
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', output, output], timeout: limit });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput ?? (() => {}));
    child.once('error', () => done(127));
    child.once('close', (code) => done(code ?? 1));
  });
}

/**
 * Runs the command `name` of an installed package with this very Node.
 *
 * @param {string} packageName
 * @param {string} name
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runPackage(packageName, name, args, options) {
  const require = createRequire(import.meta.url);
  const manifestPath = findManifest(require, packageName);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = require(manifestPath);
  const script = typeof bin === 'string' ? bin : bin[name];
  if (script === undefined) throw new Error(`the package ${packageName} has no command called ${name}`);
  return run(process.execPath, [join(dirname(manifestPath), script), ...args], options);
}

/**
 * A package may keep its package.json to itself (`exports`), so it is looked for where Node looks for packages.
 *
 * @param {NodeJS.Require} require
 * @param {string} packageName
 */
function findManifest(require, packageName) {
  for (const folder of require.resolve.paths(packageName) ?? []) {
    try {
      return require.resolve(join(folder, packageName, 'package.json'));
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  throw new Error(`${packageName} is not installed: run npm install`);
}

/**
 * Says in one line on standard error what went wrong, and has the script end with exit code 1.
 *
 * @param {unknown} error
 */
export function fail(error) {
  process.stderr.write(`constela: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
