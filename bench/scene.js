// @ts-check
/** How long the cloud keeps the main thread, in Chromium without a graphics card, and regl-scatterplot beside it where it is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { responseHeaders } from '../scripts/policy.js';
import { root } from '../scripts/run.js';
import { createServer } from '../scripts/server.js';
import { buildForBrowser } from './build.js';
import { openBrowser } from './chromium.js';

const install = 'npm install --no-save regl-scatterplot@1.16.0';

/** @typedef {import('./scene/page').SceneTask} SceneTask */
/** @typedef {import('./scene/page').SceneResult} SceneResult */

/** @returns {string | undefined} the version of regl-scatterplot */
export function findScatterplot() {
  const file = join(root, 'node_modules/regl-scatterplot/package.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).version;
  process.stderr.write(`constela: regl-scatterplot is not installed and is left out (${install})\n`);
  return undefined;
}

/**
 * @param {readonly SceneTask[]} tasks each in a page of its own
 * @param {(task: SceneTask, result: SceneResult) => void} told
 */
export async function measureScene(tasks, told) {
  const folder = await buildForBrowser('scene', tasks.some(({ beside }) => beside) ? [] : ['regl-scatterplot']);
  // regl compiles its shaders' callers from text, which the page's own policy forbids.
  const { 'Content-Security-Policy': _, ...headers } = responseHeaders;
  const server = await createServer({ root: folder, headers });
  const browser = await openBrowser(['--js-flags=--expose-gc', '--enable-precise-memory-info']);
  try {
    for (const task of tasks) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(server.address);
      told(task, await page.evaluate((given) => window.measureScene(given), task));
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
