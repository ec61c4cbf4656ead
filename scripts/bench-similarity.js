// @ts-check
/**
 * `npm run bench:similarity`: the neighbours of one text among 100,000 beside plain loops and hnswlib-wasm (where it is
 * installed), then the built page: from a click to its answer on the screen, and its long tasks while questions are answered. The
 * tables are added to bench/RESULTS.md; `nearest` or `page` as an argument runs that part alone, and only prints.
 */
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { measureAsking } from '../bench/asking.js';
import { buildForNode } from '../bench/build.js';
import { measureInChromium, runTask } from '../bench/nearest.js';
import { findHnswlib } from '../bench/peers.js';
import { describeRun, results } from '../bench/report.js';
import { makePairs } from '../bench/texts.js';
import { dataSets, dimension, vectorFile } from '../bench/vectors.js';
import { buildPage, pageFolder } from './built.js';
import { fail, root } from './run.js';

const most = 100_000;
const pageSizes = [5000, most];
const k = 12;
const questions = 30;
/** Built less broadly than by the 200 of its own example, with which it had not ended after six minutes; searched as broadly as it recommends. */
const hnswOptions = { m: 16, efConstruction: 64, efSearch: 128 };
const data = 'words';
/** Questions during which the page's long tasks are counted, where the page asks them. */
const kinds = ['fidelity', 'clusters', 'extremes', 'mapOverlap', 'matrix'];

const parts = { nearest: nearestTable, page: pageTables };

try {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`there is no part called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  const heading = describeRun();
  const file = await vectorFile(data, most);
  const program = await buildForNode('similarity');
  const sections = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (named.length > 0 && !named.includes(name)) continue;
    process.stderr.write(`constela: measuring ${name} …\n`);
    sections.push(await measure(program, file));
  }
  const section = `\n${heading}\nData: ${dataSets[data]?.what}.\n\n${sections.join('\n')}`;
  process.stdout.write(section);
  if (named.length === 0) appendFileSync(results, section);
} catch (error) {
  fail(error);
}

/**
 * @param {string} program
 * @param {string} file
 */
async function nearestTable(program, file) {
  const task = { rows: most, dim: dimension, k, questions };
  /** @type {import('../bench/nearest/turns').NearestTimes} */
  const inNode = JSON.parse(await runTask(program, { kind: 'nearest', file, ...task }));
  const version = findHnswlib();
  const inChromium = await measureInChromium(file, { ...task, hnsw: version ? hnswOptions : undefined });
  const { hnsw } = inChromium;
  const { m, efConstruction, efSearch } = hnswOptions;
  const table = [
    [
      'where',
      'ours: first question',
      'ours',
      'loop that keeps the best',
      'loop and sort of all',
      version ? `hnswlib-wasm ${version}` : 'hnswlib-wasm (not there)',
      'its recall@12',
      'its building',
    ],
    ['Node', ...exactCells(inNode), '', '', ''],
    [
      'Chromium, worker',
      ...exactCells(inChromium),
      ...(hnsw
        ? [beside(hnsw.times, inChromium.ours), hnsw.recall.toFixed(4), `${hnsw.buildSeconds.toFixed(0)} s`]
        : ['', '', '']),
    ],
  ];
  return `The ${k} nearest of one row among ${most.toLocaleString('en')} x ${dimension}, exactly: median of ${questions} questions by which the sides take turns
(the fastest in brackets); × is how many times as long as ours the other takes, the median of the questions' ratios. *Ours* is the
whole question as the page's worker answers it, with percentiles; its first one rounds the rows and samples the pairs. hnswlib-wasm
has M ${m}, efConstruction ${efConstruction}, efSearch ${efSearch}, and runs on the page's main thread: it refuses workers and Node.\n\n${format(table)}`;
}

/** @param {import('../bench/nearest/turns').NearestTimes} times */
function exactCells({ first, ours, kept, sorted }) {
  return [ms(first), spread(ours), beside(kept, ours), beside(sorted, ours)];
}

/**
 * @param {string} program
 * @param {string} file
 */
async function pageTables(program, file) {
  const bundles = [];
  for (const rows of pageSizes) bundles.push({ rows, file: await bundleFile(program, file, rows) });
  await buildPage();
  const measured = await measureAsking(pageFolder, bundles, kinds);
  const answered = [
    [
      'texts',
      'question of a worker',
      'click to the list in the page',
      'to the frame that shows it',
      'to that of the cloud',
      'clicks',
    ],
    ...measured.map(({ rows, questions: times, clicks }) => [
      rows.toLocaleString('en'),
      spread(times),
      spread(clicks.map(({ changed }) => changed)),
      spread(clicks.map(({ painted }) => painted)),
      spread(clicks.map(({ lit }) => lit)),
      String(clicks.length),
    ]),
  ];
  const kept = [
    ['texts', 'while', 'for', 'tasks above 50 ms', 'the longest', 'frames a second'],
    ...measured.flatMap(({ rows, watched }) =>
      watched.map(({ kind, seconds, longTasks, frames }) => [
        rows.toLocaleString('en'),
        kind,
        `${seconds.toFixed(1)} s`,
        String(longTasks.length),
        longTasks.length > 0 ? ms(Math.max(...longTasks)) : '',
        frames.toFixed(0),
      ]),
    ),
  ];
  return `The built page in Chromium, 1280 x 800, drawn by SwiftShader, without a graphics card, with vectors and places from a file: medians (the
fastest in brackets). A question is timed from the page's call to its answer, a click from the mouse's release.\n\n${format(answered)}\nLong tasks of the page while its instruments ask, by the browser's own observer.\n\n${format(kept)}`;
}

/**
 * @param {string} program
 * @param {string} file
 * @param {number} rows
 */
async function bundleFile(program, file, rows) {
  const folder = join(root, 'dist-cli/bench');
  mkdirSync(folder, { recursive: true });
  const out = join(folder, `similarity-${rows}.npz`);
  // The same vectors and texts each time: what is there is the same.
  if (existsSync(out)) return out;
  // Fewer pairs of words than texts: the last of them are numbered.
  const pairs = makePairs(Math.min(rows, 30_000));
  const texts = Array.from({ length: rows }, (_, i) => pairs[i] ?? `${pairs[i % pairs.length]} ${i}`);
  await runTask(program, { kind: 'bundle', file, rows, dim: dimension, out, texts });
  return out;
}

/** @param {readonly (readonly string[])[]} rows */
function format([columns = [], ...rows]) {
  return [columns, columns.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/**
 * @param {readonly number[]} theirs
 * @param {readonly number[]} ours
 */
function beside(theirs, ours) {
  const ratio = median(theirs.map((time, i) => time / (ours[i] ?? NaN)));
  return `${spread(theirs)}, ${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
}

/** @param {readonly number[]} times */
function spread(times) {
  return `${ms(median(times))} (${ms(Math.min(...times))})`;
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** @param {number} time */
function ms(time) {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}
