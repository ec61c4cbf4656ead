// @ts-check
/**
 * `npm run bench`: one table of every measurement, also added to bench/RESULTS.md. Names as arguments (`node`, `browser`,
 * `stages`, `page`, `layers`) run those parts alone, and only print.
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { measurePage } from '../bench/page.js';
import { measureAllLayers, measureBrowser, measureNode, measureStages } from '../bench/parts.js';
import { describeRun, results } from '../bench/report.js';
import { fail } from './run.js';

/** @type {Readonly<Record<string, () => Promise<import('../bench/parts.js').Row[]>>>} */
const parts = {
  stages: measureStages,
  page: measurePage,
  node: measureNode,
  browser: measureBrowser,
  layers: measureAllLayers,
};

const introduction = `# Benchmarks

Made by \`npm run bench\`, newest run last. Both sides of a row take turns in one run; rates are medians of three
rounds, and the ratio is the median of the three rounds’ ratios, since both sides of a round meet the same load.
*Plain pipeline* is transformers.js' own \`feature-extraction\` on the same file, mean-pooled and normalised; it gives
the same vectors to 1e-4, which is checked. *Words* are the first 96 (in Chromium 32) of the English starter,
*sentences* 4 to 20 of its words, *word pairs* two of them, all by fixed rules (bench/texts.js). Stages run with
all-MiniLM-L6-v2 and the default options (3D, 15 neighbours, seed 42), once, each size in a process of its own. A
frame counts once it was drawn.
`;

try {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`there is no part called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  const heading = describeRun();
  const rows = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (named.length > 0 && !named.includes(name)) continue;
    process.stderr.write(`constela: measuring ${name} …\n`);
    rows.push(...(await measure()));
  }
  const section = `\n${heading}\n${formatTable(rows)}`;
  process.stdout.write(section);
  if (named.length === 0) {
    if (!existsSync(results)) writeFileSync(results, introduction);
    appendFileSync(results, section);
  }
} catch (error) {
  fail(error);
}

/** @param {readonly import('../bench/parts.js').Row[]} rows */
function formatTable(rows) {
  const cells = [
    ['measurement', 'Constela', 'plain pipeline', 'ratio'],
    ['---', '---:', '---:', '---:'],
    ...rows.map(({ what, ours, plain = '', ratio = '' }) => [what, ours, plain, ratio]),
  ];
  return cells.map((row) => `| ${row.join(' | ')} |\n`).join('');
}
