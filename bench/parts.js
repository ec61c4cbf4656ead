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
import { wordnetWords } from './wordnet.js';

/**
 * @typedef {{ what: string, ours: string, plain?: string, ratio?: string }} Row
 * @typedef {import('./embedding').EmbeddingTask} EmbeddingTask
 * @typedef {import('./embedding').EmbeddingRate} EmbeddingRate
 * @typedef {import('./layers').LayersTask} LayersTask
 * @typedef {import('./layers').LayersCost} LayersCost
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

/** Words of which the vectors after all layers are made, and turns of both sides; a browser takes longer. */
const layered = { count: 1000, rounds: { node: 5, browser: 3 } };

/**
 * @param {string} place
 * @param {number} rounds
 * @param {(task: LayersTask) => Promise<LayersCost>} measure
 * @returns {Promise<Row[]>}
 */
async function layersRows(place, rounds, measure) {
  const { count } = layered;
  const texts = wordnetWords().slice(0, count);
  /** @type {Row[]} */
  const rows = [];
  for (const { id } of registry) {
    const { layers, last, all, ratio } = await measure({ modelId: id, texts, rounds });
    rows.push({
      what: `${id}, ${place}: ${count.toLocaleString('en')} words after all ${layers} layers, beside the last alone (${last.toFixed(2)} s)`,
      ours: `${all.toFixed(2)} s`,
      ratio: ratio.toFixed(2),
    });
  }
  return rows;
}

/** Embedding in Node. */
export async function measureNode() {
  const program = await buildForNode('node');
  return embeddingRows('Node', inNode, (task) => runProgram(program, { kind: 'embedding', modelsPath, task }));
}

/** Embedding in Chromium, with the threads of an isolated page and without. */
export function measureBrowser() {
  return inChromium([false, true], (page, place) =>
    embeddingRows(place, inBrowser, (task) => page.evaluate((given) => window.measure(given), task)),
  );
}

/** Vectors after all layers, in Node and in Chromium as the page has it: isolated. */
export async function measureAllLayers() {
  const program = await buildForNode('node');
  return [
    ...(await layersRows('Node', layered.rounds.node, (task) =>
      runProgram(program, { kind: 'layers', modelsPath, task }),
    )),
    ...(await inChromium([true], (page, place) =>
      layersRows(place, layered.rounds.browser, (task) => page.evaluate((given) => window.measureLayers(given), task)),
    )),
  ];
}

/**
 * @param {readonly boolean[]} isolations whether the page is isolated, which gives it threads
 * @param {(page: import('@playwright/test').Page, place: string) => Promise<readonly Row[]>} measure
 */
async function inChromium(isolations, measure) {
  const folder = await buildForBrowser('browser');
  const browser = await openBrowser();
  /** @type {Row[]} */
  const rows = [];
  try {
    for (const isIsolated of isolations) {
      const server = await createServer({ root: folder, ...(!isIsolated && { headers: {} }) });
      try {
        const page = await browser.newPage();
        await page.goto(server.address);
        const threads = await page.evaluate(() =>
          crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1,
        );
        const place = `Chromium (wasm, ${threads} thread${threads === 1 ? '' : 's'})`;
        rows.push(...(await measure(page, place)));
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
