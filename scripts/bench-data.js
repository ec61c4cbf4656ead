// @ts-check
/**
 * `npm run bench:data`: files of 100,000 texts, and of as many vectors of 384 dimensions: opened in Node beside pyarrow, pandas and
 * DuckDB (where the Python that `PYTHON` names has them), written in every format, and opened in the built page. The tables are added
 * to bench/RESULTS.md; `open`, `write` or `page` as an argument runs that part alone, and only prints.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildForNode } from '../bench/build.js';
import { measureExporting } from '../bench/exporting.js';
import { measureOpening } from '../bench/opening.js';
import { describeRun, results } from '../bench/report.js';
import { makeSentences } from '../bench/texts.js';
import { dimension, vectorFile } from '../bench/vectors.js';
import { buildPage, pageFolder } from './built.js';
import { fail, root } from './run.js';

/** @typedef {import('../bench/data').DataTimes} DataTimes */
/** @typedef {Readonly<Record<string, { version: string, seconds: number }>>} Peers */

const execute = promisify(execFile);
const rows = 100_000;
const rounds = 3;
/** That of `npm run test:outside` has pyarrow and pandas; DuckDB is added to it by hand. */
const environment = join(root, 'node_modules/.cache/constela-recipes/bin/python');
const python = process.env.PYTHON ?? (existsSync(environment) ? environment : 'python3');
const peers = ['pyarrow', 'pandas', 'duckdb'];
const opened = /** @type {const} */ (['csv', 'parquet', 'arrow', 'npz', 'capsule', 'bin', 'json', 'jsonl']);
const written = /** @type {const} */ ([
  'parquet',
  'arrow',
  'npz',
  'capsule',
  'bin',
  'csv',
  'json',
  'jsonl',
  'vec',
  'projector',
]);
/** As the page calls them. */
const exported = [
  'Parquet',
  'Arrow',
  'NumPy',
  'Constela',
  'word2vec (binary)',
  'CSV',
  'JSON',
  'JSON Lines',
  'word2vec (text)',
  'Embedding Projector',
];
/** Whose readers take the same files, with lists of numbers in them. */
const shared = ['csv', 'parquet'];
const endings = { capsule: 'constela', projector: 'zip' };

const parts = { open: openTable, write: writeTable, page: pageTable };
const folder = join(root, 'dist-cli/bench/data-files');

try {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`there is no part called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  mkdirSync(folder, { recursive: true });
  const heading = describeRun();
  const program = await buildForNode('data');
  const sections = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (named.length > 0 && !named.includes(name)) continue;
    process.stderr.write(`constela: measuring ${name} …\n`);
    sections.push(await measure(program));
  }
  const section = `\n${heading}\nData: ${rows.toLocaleString('en')} sentences of 4 to 20 words with a group, a number and a word; vectors of ${dimension} dimensions, Gaussian clusters on the
sphere. Medians of ${rounds} rounds, the fastest in brackets.\n\n${sections.join('\n')}`;
  process.stdout.write(section);
  if (named.length === 0) appendFileSync(results, section);
} catch (error) {
  fail(error);
}

/** @param {string} program */
async function openTable(program) {
  const table = [['file', 'its size', 'ours', 'peak of memory', 'beside the vectors', ...peers]];
  for (const format of opened) {
    const file = await fileOf(program, format);
    /** @type {DataTimes[]} */
    const ours = [];
    /** @type {Peers[]} */
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await runTask(program, { kind: 'open', file }));
      if (shared.includes(format)) theirs.push(await readByPeers(file));
    }
    table.push([
      format === 'csv' ? 'CSV, texts only' : format,
      megabytes(statSync(file).size),
      spread(ours.map(({ seconds }) => seconds)),
      ...peakOf(ours, format !== 'csv'),
      ...peers.map((name) => {
        const times = theirs.flatMap((each) => each[name]?.seconds ?? []);
        if (times.length < rounds) return '';
        const ratio = median(ours.map(({ seconds }, i) => seconds / (times[i] ?? NaN)));
        return `${theirs[0]?.[name]?.version}: ${spread(times)}; ours takes ${ratio.toFixed(2)} ×`;
      }),
    ]);
  }
  return `Opened in Node, a fresh process each time, as the command line opens files: from the disk to texts, groups, columns and vectors. The others
do so once in a fresh process, on all cores. The peak is what the process grew by, with the file's own bytes where it is read as a whole; vectors take ${megabytes(rows * dimension * 4)}.\n\n${format(table)}`;
}

/** @param {string} program */
async function writeTable(program) {
  const source = { texts: makeSentences(rows), vectors: await vectorFile('synthetic', rows), dim: dimension };
  const table = [['format', 'size', 'time', 'of the processor', 'peak of memory', 'beside the vectors']];
  for (const format of written) {
    const out = join(folder, `written.${format}`);
    /** @type {DataTimes[]} */
    const times = [];
    for (let round = 0; round < rounds; round++)
      times.push(await runTask(program, { kind: 'write', out, format, ...source }));
    rmSync(out);
    table.push([
      format,
      megabytes(times[0]?.bytes ?? 0),
      spread(times.map(({ seconds }) => seconds)),
      spread(times.map(({ processorSeconds }) => processorSeconds)),
      ...peakOf(times, true),
    ]);
  }
  return `Written in Node to a file, as the command line writes it, a fresh process each time, vectors in every format. The processor's time is without the
system's, which puts the bytes into the file. The peak has the texts and vectors themselves in it.\n\n${format(table)}`;
}

/** @param {string} program */
async function pageTable(program) {
  await buildPage();
  const table = [['file', 'its size', 'from its choice to the frame that shows its list']];
  for (const format of opened) {
    // Its texts are words: what is written of others has underscores, and is not found by them.
    if (format === 'bin') continue;
    const file = await fileOf(program, format);
    const asks = format === 'csv';
    const times = await measureOpening(pageFolder, file, makeSentences(1)[0] ?? '', asks, rounds);
    const name = asks ? 'CSV, texts only, from the button of the dialog' : format;
    table.push([name, megabytes(statSync(file).size), spread(times.map((time) => time / 1000))]);
  }
  const out = [['format', 'from the button of the dialog to the file']];
  const parquet = await fileOf(program, 'parquet');
  for (const [name, times] of await measureExporting(pageFolder, parquet, exported, rounds))
    out.push([name, spread(times.map((time) => time / 1000))]);
  return `The built page in Chromium, 1280 x 800, a fresh profile each time, once its own model is loaded.\n\n${format(table)}
Made in the page, of the Parquet file once its map was there: vectors and positions in every format.\n\n${format(out)}`;
}

/**
 * A file of the texts, with their vectors unless it is CSV: made once, as it is the same each time.
 *
 * @param {string} program
 * @param {import('../src/types').ExportFormat} format
 */
async function fileOf(program, format) {
  const ending = format in endings ? endings[/** @type {keyof typeof endings} */ (format)] : format;
  const out = join(folder, `sentences-${rows}.${ending}`);
  if (existsSync(out)) return out;
  const vectors = format === 'csv' ? undefined : await vectorFile('synthetic', rows);
  await runTask(program, { kind: 'write', out, format, texts: makeSentences(rows), vectors, dim: dimension });
  return out;
}

/**
 * @param {string} program
 * @param {import('../bench/data').DataTask} task
 * @returns {Promise<DataTimes>}
 */
async function runTask(program, task) {
  return JSON.parse(await runProgram(program, task));
}

/**
 * @param {string} program
 * @param {import('../bench/data').DataTask} task
 */
async function runProgram(program, task) {
  const place = mkdtempSync(join(tmpdir(), 'constela-bench-'));
  try {
    const file = join(place, 'task.json');
    writeFileSync(file, JSON.stringify(task));
    const { stdout } = await execute(process.execPath, ['--expose-gc', program, file], { cwd: root });
    return stdout;
  } finally {
    rmSync(place, { recursive: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<Peers>}
 */
async function readByPeers(file) {
  try {
    return JSON.parse((await execute(python, [join(root, 'bench/data_peers.py'), file])).stdout);
  } catch {
    process.stderr.write(`constela: ${python} does not run the others' readers, which are left out\n`);
    return {};
  }
}

/**
 * @param {readonly DataTimes[]} times
 * @param {boolean} hasVectors
 */
function peakOf(times, hasVectors) {
  const peak = Math.max(...times.map(({ peakBytes }) => peakBytes));
  return [megabytes(peak), hasVectors ? `${(peak / (rows * dimension * 4)).toFixed(2)} ×` : ''];
}

/** @param {readonly (readonly string[])[]} rows */
function format([columns = [], ...rows]) {
  return [columns, columns.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** @param {readonly number[]} times in seconds */
function spread(times) {
  return `${median(times).toFixed(2)} s (${Math.min(...times).toFixed(2)} s)`;
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
}
