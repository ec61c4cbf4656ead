// @ts-check
/** Implementations of others that the benchmarks take along where they are installed. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/run.js';

const execute = promisify(execFile);
const python = process.env.PYTHON ?? 'python3';
/** Without its peers, which are a database and a plotting library: its UMAP needs none of them. */
const installAtlas = 'npm install --no-save --legacy-peer-deps embedding-atlas@0.26.0';

/** @typedef {{ version: string, file: string }} Atlas its version, and the file of its UMAP */

/** @returns {Atlas | undefined} */
export function findAtlas() {
  const folder = join(root, 'node_modules/embedding-atlas');
  // The package does not export this file by name; it does without the interface that the rest loads.
  const file = join(folder, 'dist/umap.js');
  if (existsSync(file))
    return { version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version, file };
  say(`Embedding Atlas is not installed and is left out (${installAtlas})`);
  return undefined;
}

/** @returns {string | undefined} the version of hnswlib-wasm */
export function findHnswlib() {
  const file = join(root, 'node_modules/hnswlib-wasm/package.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).version;
  say('hnswlib-wasm is not installed and is left out (npm install --no-save hnswlib-wasm@0.8.2)');
  return undefined;
}

/** @returns {Promise<string | undefined>} the version of umap-learn */
export async function findUmapLearn() {
  try {
    const { stdout } = await execute(python, ['-c', 'import umap; print(umap.__version__)']);
    return stdout.trim();
  } catch {
    say(`${python} has no umap-learn, which is left out (pip install umap-learn==0.5.12; PYTHON names another Python)`);
    return undefined;
  }
}

/**
 * Runs umap-learn with the seeds from 42 on, and writes their maps.
 *
 * @param {string} vectors path
 * @param {number} rows
 * @param {number} dim
 * @param {readonly string[]} maps paths, one for each seed
 * @param {number} repeats
 * @returns {Promise<readonly number[]>} seconds of each run with the first seed
 */
export async function runUmapLearn(vectors, rows, dim, maps, repeats) {
  const given = [vectors, String(rows), String(dim), String(repeats), ...maps];
  const { stdout } = await execute(python, [join(root, 'bench/umap_learn.py'), ...given]);
  return JSON.parse(stdout).seconds;
}

/** @param {string} what */
function say(what) {
  process.stderr.write(`constela: ${what}\n`);
}
