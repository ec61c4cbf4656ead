// @ts-check
/** The data of the projection's benchmark, as files of vectors that are made once. */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { buildCommandLine, commandLine } from '../scripts/built.js';
import { root, run } from '../scripts/run.js';
import { syntheticVectors } from './synthetic.js';
import { wordnetGlosses, wordnetWords } from './wordnet.js';

const folder = join(root, 'dist-cli/bench');
export const dimension = 384;

/**
 * What a set is, and how its texts become vectors. Fewer rows are always the first of more.
 *
 * @typedef {{ what: string, texts?: () => string[], model?: string }} DataSet
 * @type {Readonly<Record<string, DataSet>>}
 */
export const dataSets = {
  words: { what: 'words and phrases of WordNet by all-MiniLM-L6-v2', texts: wordnetWords, model: 'all-MiniLM-L6-v2' },
  glosses: {
    what: 'definitions and examples of WordNet by all-MiniLM-L6-v2',
    texts: wordnetGlosses,
    model: 'all-MiniLM-L6-v2',
  },
  e5: {
    what: 'words and phrases of WordNet by multilingual-e5-small-en-pt, whose cosines crowd together',
    texts: wordnetWords,
    model: 'multilingual-e5-small-en-pt',
  },
  synthetic: { what: 'Gaussian clusters on the sphere and a tenth of uniform noise' },
};

/**
 * A file whose first `count` rows are vectors of the set: raw float32, row-major, of unit length. One with as many rows or more
 * is taken if it is there, or else made, by the project's own command line where there are texts.
 *
 * @param {string} name of the set
 * @param {number} count
 * @returns {Promise<string>} its path
 */
export async function vectorFile(name, count) {
  const set = dataSets[name];
  if (!set) throw new Error(`there are no data called ${name}; there are ${Object.keys(dataSets).join(', ')}`);
  mkdirSync(folder, { recursive: true });
  const made = readdirSync(folder).find((file) => rowsOf(file, name) >= count);
  if (made !== undefined) return join(folder, made);
  const file = join(folder, `${name}-${count}.f32`);
  process.stderr.write(`constela: making ${count} vectors of ${name} …\n`);
  const vectors = set.texts ? await embed(name, set, count) : syntheticVectors(count, dimension);
  // Beside first: a file that is there is whole.
  writeFileSync(`${file}.part`, vectors);
  renameSync(`${file}.part`, file);
  return file;
}

/**
 * @param {string} file
 * @param {string} name
 */
function rowsOf(file, name) {
  const [, set, rows] = /^([a-z0-9]+)-(\d+)\.f32$/.exec(file) ?? [];
  return set === name ? Number(rows) : 0;
}

/**
 * @param {string} name
 * @param {DataSet} set
 * @param {number} count
 */
async function embed(name, { texts = () => [], model = '' }, count) {
  const all = texts();
  if (all.length < count) throw new Error(`${name} has ${all.length} texts, not ${count}`);
  await buildCommandLine();
  const [list, bundle] = [join(folder, `${name}-${count}.txt`), join(folder, `${name}-${count}.npz`)];
  writeFileSync(list, `${all.slice(0, count).join('\n')}\n`);
  const code = await run(process.execPath, [commandLine, 'embed', list, '--model', model, '--out', bundle]);
  if (code !== 0) throw new Error(`the vectors of ${count} ${name} could not be made (exit code ${code})`);
  const { 'vectors.npy': vectors } = unzipSync(new Uint8Array(readFileSync(bundle)));
  rmSync(bundle);
  // The numbers are the file's end, after a header of NumPy's of 128 bytes.
  const header = (vectors?.length ?? 0) - count * dimension * 4;
  if (!vectors || header !== 128) throw new Error(`${bundle} has not the vectors of ${count} different texts`);
  return vectors.subarray(header);
}
