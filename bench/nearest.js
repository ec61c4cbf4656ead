// @ts-check
/** The neighbours of one text among many: ours beside plain loops and hnswlib-wasm, in Node and in a worker of Chromium. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { responseHeaders } from '../scripts/policy.js';
import { root } from '../scripts/run.js';
import { createServer } from '../scripts/server.js';
import { buildForBrowser } from './build.js';
import { openBrowser } from './chromium.js';

/** @typedef {import('./nearest/turns').NearestTimes} NearestTimes */
/** @typedef {import('./nearest/page').NearestTask} NearestTask */

/**
 * Runs the program of `similarity.ts`, and resolves to what it prints.
 *
 * @param {string} program
 * @param {import('./similarity').SimilarityTask} task
 * @returns {Promise<string>}
 */
export async function runTask(program, task) {
  const folder = mkdtempSync(join(tmpdir(), 'constela-bench-'));
  try {
    // The texts of a bundle are too many for an argument.
    const file = join(folder, 'task.json');
    writeFileSync(file, JSON.stringify(task));
    const { stdout } = await promisify(execFile)(process.execPath, [program, file], { cwd: root });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} vectors file of raw float32 numbers
 * @param {NearestTask} task
 * @returns {Promise<import('./nearest/page').NearestResult>}
 */
export async function measureInChromium(vectors, task) {
  const folder = await buildForBrowser('nearest', task.hnsw ? [] : ['hnswlib-wasm']);
  symlinkSync(vectors, join(folder, 'vectors.f32'));
  // hnswlib-wasm carries its module as an address of data, which the page's own policy does not let it fetch.
  const { 'Content-Security-Policy': _, ...headers } = responseHeaders;
  const server = await createServer({ root: folder, headers });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(server.address);
    return await page.evaluate((given) => window.measureNearest(given), task);
  } finally {
    await browser.close();
    await server.close();
  }
}
