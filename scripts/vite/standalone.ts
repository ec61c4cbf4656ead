import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type Plugin } from 'vite';
import type { ViewerParts } from '../../src/standalone.ts';
import { viewerFile } from '../built.js';

const pattern = /^(.*)\?standalone$/;
const prefix = '\0standalone:';

/**
 * Bundles what is imported as `./main.ts?standalone` into one classic script and one style sheet, as text, for the page and the command
 * line to put into a file of their own. The page has the text in a chunk that it loads when it is needed; the command line is one
 * file, in which it would cost every verb 15 ms to parse, and reads it from a file beside.
 */
export function standalone(): Plugin {
  let isBeside = false;
  return {
    name: 'constela-standalone',
    enforce: 'pre',
    configResolved({ command, build: { ssr } }) {
      isBeside = command === 'build' && Boolean(ssr);
    },
    resolveId(source, importer) {
      const path = pattern.exec(source)?.[1];
      return path !== undefined && importer !== undefined ? `${prefix}${resolve(dirname(importer), path)}` : null;
    },
    watchChange: () => built.clear(),
    async load(id) {
      if (!id.startsWith(prefix)) return null;
      const path = id.slice(prefix.length);
      let parts = built.get(path);
      if (!parts) built.set(path, (parts = bundle(path)));
      const json = JSON.stringify(await parts);
      if (!isBeside) return `export default ${json};`;
      this.emitFile({ type: 'asset', fileName: viewerFile, source: json });
      return [
        `import { readFileSync } from 'node:fs';`,
        `const parts = readFileSync(new URL('./${viewerFile}', import.meta.url), 'utf8');`,
        'export default JSON.parse(parts);',
      ].join('\n');
    },
  };
}

/** By path. */
const built = new Map<string, Promise<ViewerParts>>();

async function bundle(path: string): Promise<ViewerParts> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    mode: 'production',
    plugins: [svelte({ configFile: false })],
    build: {
      write: false,
      target: 'es2022',
      cssCodeSplit: false,
      modulePreload: false,
      // A classic script: from a disk, no browser loads modules, and this one loads nothing.
      rollupOptions: { input: path, output: { format: 'iife', entryFileNames: 'viewer.js' } },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []));
  const script = outputs.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('');
  const style = outputs
    .flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : []))
    .join('');
  // Within a script element nothing else may begin or end one.
  const safe = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--');
  // A parser of HTML turns these into others, and then the hash is another.
  if (/[\0\r]/.test(safe + style)) throw new Error(`${path}: its bundle holds a character that a page cannot`);
  return { script: safe, style, scriptHash: hashOf(safe), styleHash: hashOf(style) };
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
