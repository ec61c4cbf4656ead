// @ts-check
/** A Chromium for the end-to-end tests: one that is there, or else one that is installed now. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { run, runPackage } from './run.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
/** Milliseconds that Playwright's installer may take: behind a wall it would try for ever. */
const installLimit = 60_000;

/**
 * The path of a Chromium: `CHROME_PATH`, Playwright's own, one on the PATH, or one installed for this. Throws an error that
 * says what to do.
 *
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`CHROME_PATH names ${given}, which is no program: correct it, or unset it`);
  }
  const found = find();
  if (found) return found;
  process.stderr.write('constela: no Chromium found, installing one …\n');
  await install();
  const installed = find();
  if (installed) return installed;
  throw new Error('there is no Chromium and none could be installed: install one, and set CHROME_PATH to its path');
}

/** @returns {string | undefined} */
function find() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...onPath].find(isProgram);
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function install() {
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if ((await run('apt-get', ['update'], { env })) === 0)
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
    if (find()) return;
  }
  await runPackage('@playwright/test', 'playwright', ['install', 'chromium'], { limit: installLimit });
}
