/** Builds and serves the page of the cloud alone. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { createServer } from '../../scripts/server.js';

const outDir = fileURLToPath(new URL('../../test-results/cloud', import.meta.url));

export async function serveCloud(): Promise<{ address: string; close: () => Promise<void> }> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  });
  return createServer({ root: outDir });
}
