// @ts-check
/**
 * `npm run bench:projection`: our projection beside umap-js (in the same process, taking turns) and beside umap-learn (where
 * `PYTHON`, or else python3, has it), on words of WordNet. The table is added to bench/RESULTS.md; sizes as arguments run
 * those alone, and only print.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildForNode } from '../bench/build.js';
import { describeRun, results } from '../bench/report.js';
import { dimension, wordVectors } from '../bench/words.js';
import { fail, root } from './run.js';

const execute = promisify(execFile);
const python = process.env.PYTHON ?? 'python3';
/** umap-js takes minutes and gigabytes at 50,000. */
const sizes = [
  { rows: 1000, repeats: 3, umapJs: true },
  { rows: 5000, repeats: 3, umapJs: true },
  { rows: 20_000, repeats: 1, umapJs: true },
  { rows: 50_000, repeats: 1, umapJs: false },
];

try {
  const asked = process.argv.slice(2).map(Number);
  const chosen = sizes.filter(({ rows }) => asked.length === 0 || asked.includes(rows));
  const heading = describeRun();
  const program = await buildForNode('projection');
  const file = await wordVectors(Math.max(...sizes.map(({ rows }) => rows)));
  const version = await findUmapLearn();
  const lines = [];
  for (const { rows, repeats, umapJs } of chosen) {
    process.stderr.write(`constela: measuring ${rows} words …\n`);
    lines.push(await measureSize(program, file, rows, repeats, umapJs, version !== undefined));
  }
  const beside = version ? `umap-learn ${version}` : 'umap-learn (not there)';
  const header = [
    'words',
    'neighbours + start + layout',
    'umap-js',
    beside,
    'placing a text',
    'peak memory',
    'quality',
    'of umap-learn',
  ];
  const table = [header, header.map((_, i) => (i === 0 ? '---:' : '---')), ...lines].map(
    (row) => `| ${row.join(' | ')} |`,
  );
  const section = `\n${heading}\nThe projection, one thread, seconds; × is how many times as long as ours the other takes. Quality is
trustworthiness, share of the 15 nearest kept, and Procrustes correlation of two seeds.\n\n${table.join('\n')}\n`;
  process.stdout.write(section);
  if (asked.length === 0) appendFileSync(results, section);
} catch (error) {
  fail(error);
}

/** @returns {Promise<string | undefined>} the version of umap-learn, where it is installed */
async function findUmapLearn() {
  try {
    const { stdout } = await execute(python, ['-c', 'import umap; print(umap.__version__)']);
    return stdout.trim();
  } catch {
    process.stderr.write(`constela: ${python} has no umap-learn, which is left out (pip install umap-learn==0.5.12)\n`);
    return undefined;
  }
}

/**
 * @param {string} program
 * @param {string} file
 * @param {number} rows
 * @param {number} repeats
 * @param {boolean} umapJs
 * @param {boolean} umapLearn
 * @returns {Promise<string[]>} cells of the table
 */
async function measureSize(program, file, rows, repeats, umapJs, umapLearn) {
  const folder = mkdtempSync(join(tmpdir(), 'constela-bench-'));
  try {
    /** @type {[string, string]} */
    const maps = [join(folder, 'a.f32'), join(folder, 'b.f32')];
    /** @type {{ seconds: number[] } | undefined} */
    let learned;
    if (umapLearn) {
      const given = [file, String(rows), String(dimension), ...maps, String(repeats)];
      const { stdout } = await execute(python, [join(root, 'bench/umap_learn.py'), ...given]);
      learned = JSON.parse(stdout);
    }
    const task = { file, rows, dim: dimension, repeats, umapJs, quality: false };
    // Memory is that of a process which does nothing else.
    const alone = await measure(program, { ...task, repeats: 1, umapJs: false });
    const result = await measure(program, { ...task, quality: true, ...(learned && { others: maps }) });
    const stages = result.ours.map(({ neighbours, start, layout }) => neighbours + start + layout);
    const ours = median(stages);
    const middle = result.ours[stages.indexOf(ours)] ?? { neighbours: NaN, start: NaN, layout: NaN };
    return [
      rows.toLocaleString('en'),
      `**${ours.toFixed(2)}** = ${middle.neighbours.toFixed(2)} + ${middle.start.toFixed(2)} + ${middle.layout.toFixed(2)}`,
      compare(median(result.umapJs), ours),
      compare(median(learned?.seconds ?? []), ours),
      `${median(result.placing).toFixed(1)} ms`,
      `${alone.peakMemoryMB.toFixed(0)} MB`,
      describe(result.quality),
      describe(result.others),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} program
 * @param {import('../bench/projection').ProjectionTask} task
 * @returns {Promise<import('../bench/projection').ProjectionResult>}
 */
async function measure(program, task) {
  const { stdout } = await execute(process.execPath, [program, JSON.stringify(task)], {
    cwd: root,
  });
  return JSON.parse(stdout);
}

/**
 * @param {number} theirs
 * @param {number} ours
 */
function compare(theirs, ours) {
  return Number.isNaN(theirs) ? 'not run' : `${theirs.toFixed(2)} (${(theirs / ours).toFixed(1)} ×)`;
}

/** @param {{ trustworthiness: number, recall: number, stability: number } | undefined} quality */
function describe(quality) {
  if (!quality) return 'not run';
  const { trustworthiness, recall, stability } = quality;
  return [trustworthiness, recall, stability].map((value) => value.toFixed(3)).join(' / ');
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
