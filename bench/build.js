// @ts-check
/** The measured code, built as the command line and the page are, into folders of dist-cli/ that git ignores. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build, loadConfigFromFile } from 'vite';
import { root } from '../scripts/run.js';

const target = join(root, 'dist-cli/bench');

/**
 * @param {'node' | 'projection' | 'labels'} name of the program: a process that measures the projection loads no model's runtime
 * @returns {Promise<string>} the path of the program that measures in Node
 */
export async function buildForNode(name) {
  const outDir = join(target, name);
  await build({ root, mode: 'cli', logLevel: 'warn', build: { ssr: `bench/${name}.ts`, outDir } });
  return join(outDir, 'constela.js');
}

/** @returns {Promise<string>} the folder of the page that measures in a browser */
export async function buildForBrowser() {
  const outDir = join(target, 'browser');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, undefined, root);
  const { resolve, worker, build: options } = loaded?.config ?? {};
  // Without the page's plugins: they add its models, its policy and its service worker.
  await build({
    configFile: false,
    root: join(root, 'bench/browser'),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    ...(resolve && { resolve }),
    ...(worker && { worker }),
    build: { ...options, outDir, emptyOutDir: true },
  });
  symlinkSync(join(root, 'models'), join(outDir, 'models'));
  return outDir;
}
