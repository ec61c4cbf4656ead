import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import type { Manifest } from '../../src/workers/manifest.ts';
import { responseHeaders } from '../policy.js';

const name = 'service-worker.js';

/** Loaded only where WebGPU is used: 27 MB that nobody else should fetch. */
const optional = /^assets\/(ort[.-]webgpu|.*\.asyncify)/;
/** Kept by the embedding worker, and the service worker itself, which the browser keeps. */
const left = new RegExp(`^(models/|${name}$)`);

/** Emits `service-worker.js` beside the page, with the list of the files that were built. */
export function serviceWorker(): Plugin {
  let root = '.';
  let outDir = 'dist';
  return {
    name: 'constela-service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = resolve(root, config.build.outDir);
    },
    writeBundle: {
      // After the other plugins have written their files.
      order: 'post',
      sequential: true,
      async handler() {
        const manifest = await listFiles(outDir);
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'warn',
          define: { __MANIFEST__: JSON.stringify(manifest) },
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2022',
            rollupOptions: {
              input: resolve(root, 'src/workers/service.worker.ts'),
              // A classic script: not every browser runs modules there.
              output: { format: 'iife', entryFileNames: name },
            },
          },
        });
      },
    },
  };
}

async function listFiles(folder: string): Promise<Manifest> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, resolve(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !left.test(path))
    .sort();
  const revisions = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => {
      const hash = createHash('sha256').update(await readFile(resolve(folder, path)));
      return [path, hash.digest('hex').slice(0, 16)];
    }),
  );
  return {
    needed: Object.fromEntries(revisions.filter(([path]) => !optional.test(path))),
    optional: Object.fromEntries(revisions.filter(([path]) => optional.test(path))),
    headers: responseHeaders,
  };
}
