// @ts-check
/**
 * `npm run bench:projection`: our projection beside umap-js and Embedding Atlas (in the same process, taking turns) and beside
 * umap-learn (where `PYTHON`, or else python3, has it), on several sets of data. The table is added to bench/RESULTS.md;
 * `--data` and sizes as arguments run those alone, and only print: `npm run bench:projection -- --data glosses 5000`.
 */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildForNode } from '../bench/build.js';
import { describeGrowth } from '../bench/growth.js';
import { findAtlas, findUmapLearn } from '../bench/peers.js';
import { describeRun, results } from '../bench/report.js';
import { header, measureSize } from '../bench/sizes.js';
import { dataSets, vectorFile } from '../bench/vectors.js';
import { fail } from './run.js';

/** The words at every size of the project's targets, the others to see that it holds for them too. */
const usual = { words: [1000, 5000, 20_000, 50_000] };
const usualOfOthers = [5000, 20_000];
/** Quality by 15 neighbours says little of fewer rows. */
const least = 200;

const legend = `The projection, one thread unless it says otherwise, seconds, medians: of ours nine up to 10,000 rows and three beyond, of umap-js three up
to 10,000, of the others three up to 20,000, single runs beyond; × is how many times as long as ours the other takes. Ours asks for neighbours
and start at once, as the page does. 3D, 15 neighbours, minimum distance 0.1, cosine, seed 42, 500 epochs up to 10,000 rows and 200 beyond, on every
side. Recall of the search is the share of the 14 nearest that it found, by comparing 1,000 rows with all others. Quality is
trustworthiness and share of the 15 nearest kept, both by 1,000 rows and of four seeds' maps (beyond 20,000 rows: three) in the mean, and the
mean Procrustes correlation of every two of these.`;

try {
  const { names, sizes } = readArguments();
  const heading = describeRun();
  const program = await buildForNode('projection');
  const sides = { program, atlas: findAtlas(), umapLearn: await findUmapLearn() };
  /** @type {import('../bench/sizes.js').Line[]} */
  const lines = [];
  for (const name of names) {
    const own = sizes ?? (name === 'words' ? usual.words : usualOfOthers);
    const file = await vectorFile(name, Math.max(...own));
    for (const rows of own) {
      process.stderr.write(`constela: measuring ${rows} of ${name} …\n`);
      const line = await measureSize(sides, name, file, rows);
      process.stderr.write(`${line.cells.join(' | ')}\n`);
      lines.push(line);
    }
  }
  const columns = header(sides);
  const rows = [columns, columns.map(() => '---'), ...lines.map(({ cells }) => cells)];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const data = names.map((name) => `*${name}*: ${dataSets[name]?.what}`).join('; ');
  const growth = describeGrowth(lines).map((line) => `- Growth, ${line}.\n`);
  const section = `\n${heading}\n${legend}\nData: ${data}.\n\n${table}\n${growth.length > 0 ? `\n${growth.join('')}` : ''}`;
  process.stdout.write(section);
  if (process.argv.length === 2) appendFileSync(results, section);
} catch (error) {
  fail(error);
}

/** Throws an error that names what is not known. */
function readArguments() {
  const { values, positionals } = parseArgs({
    options: { data: { type: 'string', multiple: true } },
    allowPositionals: true,
  });
  const names = values.data ?? Object.keys(dataSets);
  const unknown = names.filter((name) => !(name in dataSets));
  if (unknown.length > 0)
    throw new Error(`there are no data called ${unknown.join(', ')}; there are ${Object.keys(dataSets).join(', ')}`);
  const sizes = positionals.map(Number);
  const wrong = positionals.filter((_, i) => !Number.isInteger(sizes[i]) || Number(sizes[i]) < least);
  if (wrong.length > 0) throw new Error(`a size is a whole number from ${least} on, not ${wrong.join(', ')}`);
  return { names, sizes: sizes.length > 0 ? sizes : undefined };
}
