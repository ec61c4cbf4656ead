// @ts-check
/** The measured code, built as the command line and the page are, into folders of dist-cli/ that git ignores. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build, loadConfigFromFile } from 'vite';
import { root } from '../scripts/run.js';

const target = join(root, 'dist-cli/bench');

/**
 * @param {'node' | 'data' | 'projection' | 'labels' | 'similarity'} name of the program: a process that measures the projection loads no model's runtime
 * @returns {Promise<string>} the path of the program that measures in Node
 */
export async function buildForNode(name) {
  const outDir = join(target, name);
  await build({ root, mode: 'cli', logLevel: 'warn', build: { ssr: `bench/${name}.ts`, outDir } });
  return join(outDir, 'constela.js');
}

/**
 * @param {'browser' | 'scene' | 'nearest'} name of the page, and of its folder
 * @param {readonly string[]} absent packages that it imports and that are not installed: it does without them
 * @returns {Promise<string>} the folder of the built page
 */
export async function buildForBrowser(name, absent = []) {
  const outDir = join(target, name);
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, undefined, root);
  const { resolve, worker, build: options } = loaded?.config ?? {};
  // Without the page's plugins: they add its models, its policy and its service worker.
  await build({
    configFile: false,
    root: join(root, 'bench', name),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    ...(resolve && { resolve }),
    ...(worker && { worker }),
    build: {
      ...options,
      outDir,
      emptyOutDir: true,
      rollupOptions: { ...options?.rollupOptions, external: [...absent] },
    },
  });
  symlinkSync(join(root, 'models'), join(outDir, 'models'));
  return outDir;
}
