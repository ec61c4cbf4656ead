// @ts-check
/** What is measured: each part gives rows of the table. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import registry from '../models/models.json' with { type: 'json' };
import { root } from '../scripts/run.js';
import { createServer } from '../scripts/server.js';
import { buildForBrowser, buildForNode } from './build.js';
import { openBrowser } from './chromium.js';
import { makePairs, makeSentences, readWords } from './texts.js';

/**
 * @typedef {{ what: string, ours: string, plain?: string, ratio?: string }} Row
 * @typedef {import('./embedding').EmbeddingTask} EmbeddingTask
 * @typedef {import('./embedding').EmbeddingRate} EmbeddingRate
 */

const modelsPath = join(root, 'models');
const rounds = 3;
/** Texts of a kind, a multiple of every batch, and the batches; 0 stands for all at once. A browser takes longer. */
const inNode = { count: 96, batches: [1, 8, 32, 0] };
const inBrowser = { count: 32, batches: [1, 8, 32] };

/**
 * @param {string} place
 * @param {typeof inNode} extent
 * @param {(task: EmbeddingTask) => Promise<readonly EmbeddingRate[]>} measure
 * @returns {Promise<Row[]>}
 */
async function embeddingRows(place, { count, batches }, measure) {
  const texts = { words: readWords().slice(0, count), sentences: makeSentences(count) };
  /** @type {Row[]} */
  const rows = [];
  for (const { id } of registry)
    for (const { kind, batch, ours, plain, ratio } of await measure({ modelId: id, texts, batches, rounds }))
      rows.push({
        what: `${id}, ${place}: ${kind} a second, ${batch === 0 ? `all ${count} at once` : `${batch} at a time`}`,
        ours: ours.toFixed(0),
        plain: plain.toFixed(0),
        ratio: ratio.toFixed(1),
      });
  return rows;
}

/** Embedding in Node. */
export async function measureNode() {
  const program = await buildForNode('node');
  return embeddingRows('Node', inNode, (task) => runProgram(program, { kind: 'embedding', modelsPath, task }));
}

/** Embedding in Chromium, with the threads of an isolated page and without. */
export async function measureBrowser() {
  const folder = await buildForBrowser('browser');
  const browser = await openBrowser();
  /** @type {Row[]} */
  const rows = [];
  try {
    for (const isIsolated of [false, true]) {
      const server = await createServer({ root: folder, ...(!isIsolated && { headers: {} }) });
      try {
        const page = await browser.newPage();
        await page.goto(server.address);
        const threads = await page.evaluate(() =>
          crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1,
        );
        const place = `Chromium (wasm, ${threads} thread${threads === 1 ? '' : 's'})`;
        const measure = (/** @type {EmbeddingTask} */ task) => page.evaluate((given) => window.measure(given), task);
        rows.push(...(await embeddingRows(place, inBrowser, measure)));
        await page.close();
      } finally {
        await server.close();
      }
    }
  } finally {
    await browser.close();
  }
  return rows;
}

/** The stages of the pipeline in Node. */
export async function measureStages() {
  const program = await buildForNode('node');
  /** @type {Row[]} */
  const rows = [];
  for (const count of [1000, 5000]) {
    /** @type {import('./stages').StageTimes} */
    const { peakMemoryMB, ...stages } = await runProgram(program, {
      kind: 'stages',
      modelsPath,
      texts: makePairs(count),
    });
    const place = `${count.toLocaleString('en')} word pairs, Node`;
    for (const [stage, seconds] of Object.entries(stages))
      rows.push({
        what: `${place}: ${stage === 'model' ? 'loading the model' : stage}`,
        ours: `${seconds.toFixed(2)} s`,
      });
    rows.push({ what: `${place}: peak memory`, ours: `${peakMemoryMB.toFixed(0)} MB` });
  }
  return rows;
}

/**
 * @param {string} program
 * @param {import('./node').NodeTask} task
 */
async function runProgram(program, task) {
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(task)], { cwd: root });
  return JSON.parse(stdout);
}
