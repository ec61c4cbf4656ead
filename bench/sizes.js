// @ts-check
/** One line of the projection's table: one set of data at one size. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/run.js';
import { runUmapLearn } from './peers.js';
import { dimension } from './vectors.js';

const execute = promisify(execFile);
/** Up to these sizes another side runs three times: one run beside other work said 19 s where umap-learn takes 8.5. */
const mostForRepeats = 20_000;
const mostForRepeatsOfUmapJs = 10_000;
/** Up to this size ours run nine times, beyond three: of three runs of a second each, what threads share varied from 1.4 to 1.8. */
const mostForManyRepeats = 10_000;
/** Two seeds agree by chance more or less: of 1,000 words, umap-learn's pairs by 0.968 to 0.993. Beyond these sizes there are three. */
const seedsUpTo = { rows: 20_000, seeds: 4 };
/** umap-js takes minutes and gigabytes beyond. */
const mostForUmapJs = 20_000;

/**
 * @typedef {{ program: string, atlas?: import('./peers.js').Atlas | undefined, umapLearn?: string | undefined }} Sides
 * @typedef {{ name: string, rows: number, seconds: number, cells: string[] }} Line
 */

export const header = (/** @type {Sides} */ { atlas, umapLearn }) => [
  'data',
  'neighbours and start + layout',
  'on two threads',
  'umap-js',
  umapLearn ? `umap-learn ${umapLearn}` : 'umap-learn (not there)',
  atlas ? `Embedding Atlas ${atlas.version}` : 'Embedding Atlas (not there)',
  'recall of the search (of Embedding Atlas)',
  'placing a text',
  'peak memory',
  'quality',
  'of umap-learn',
  'of Embedding Atlas',
];

/**
 * @param {Sides} sides
 * @param {string} name of the data
 * @param {string} file of its vectors
 * @param {number} rows
 * @returns {Promise<Line>} the median seconds of our whole projection, and the cells of the table
 */
export async function measureSize({ program, atlas, umapLearn }, name, file, rows) {
  const folder = mkdtempSync(join(tmpdir(), 'constela-bench-'));
  const repeats = rows <= mostForRepeats ? 3 : 1;
  try {
    const seeds = rows <= seedsUpTo.rows ? seedsUpTo.seeds : seedsUpTo.seeds - 1;
    const maps = Array.from({ length: seeds }, (_, i) => join(folder, `${i}.f32`));
    const learned = umapLearn ? await runUmapLearn(file, rows, dimension, maps, repeats) : [];
    // Memory is that of a process which does nothing else.
    const bare = { file, rows, dim: dimension, repeats: 1, umapJs: 0, quality: false, seeds };
    const { peakMemoryMB } = await measure(program, bare);
    const {
      ours,
      shared,
      umapJs,
      atlas: ofAtlas,
      quality,
    } = await measure(program, {
      ...bare,
      repeats: rows <= mostForManyRepeats ? 9 : 3,
      umapJs: rows <= mostForRepeatsOfUmapJs ? repeats : rows <= mostForUmapJs ? 1 : 0,
      quality: true,
      ...(atlas && { atlas: { file: atlas.file, repeats } }),
      ...(umapLearn && { umapLearn: maps }),
    });
    const wholes = ours.map(({ vectors, layout }) => vectors + layout);
    const seconds = median(wholes);
    const { vectors = NaN, layout = NaN } = ours[wholes.indexOf(seconds)] ?? {};
    const recalls = [quality?.searchRecall, quality?.atlasSearchRecall].filter((value) => value !== undefined);
    const cells = [
      `${name}, ${rows.toLocaleString('en')}`,
      `**${seconds.toFixed(2)}** = ${[vectors, layout].map((part) => part.toFixed(2)).join(' + ')}`,
      `${median(shared).toFixed(2)} (1 / ${(seconds / median(shared)).toFixed(2)})`,
      compare(median(umapJs), seconds),
      compare(median(learned), seconds),
      compare(median(ofAtlas), seconds),
      recalls.map((recall, i) => (i === 0 ? recall.toFixed(4) : `(${recall.toFixed(4)})`)).join(' '),
      `${median(quality?.placing ?? []).toFixed(1)} ms`,
      `${peakMemoryMB.toFixed(0)} MB`,
      describe(quality?.ours),
      describe(quality?.umapLearn),
      describe(quality?.atlas),
    ];
    return { name, rows, seconds, cells };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} program
 * @param {import('./projection').ProjectionTask} task
 * @returns {Promise<import('./projection').ProjectionResult>}
 */
async function measure(program, task) {
  const { stdout } = await execute(process.execPath, [program, JSON.stringify(task)], { cwd: root });
  return JSON.parse(stdout);
}

/**
 * @param {number} theirs
 * @param {number} ours
 */
function compare(theirs, ours) {
  return Number.isNaN(theirs) ? 'not run' : `${theirs.toFixed(2)} (${(theirs / ours).toFixed(1)} ×)`;
}

/** @param {import('./projection').MapQuality | undefined} quality */
function describe(quality) {
  if (!quality) return 'not run';
  const { trustworthiness, recall, stability } = quality;
  return [trustworthiness, recall, stability].map((value) => value.toFixed(3)).join(' / ');
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
