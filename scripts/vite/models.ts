import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import sirv from 'sirv';
import type { Plugin } from 'vite';

const source = resolve(import.meta.dirname, '../../models');

/** Serves `models/` beside the page while developing, and copies the files that the registry lists into the build. */
export function models(): Plugin {
  let outDir = 'dist';
  return {
    name: 'constela-models',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      const files = sirv(source, { dev: true, etag: true });
      server.middlewares.use('/models', (request, response, next) => {
        // The registry is imported as a module, which Vite makes of it.
        if (request.url?.startsWith('/models.json')) next();
        else files(request, response, next);
      });
    },
    async writeBundle() {
      const registry: { id: string; files: Record<string, unknown> }[] = JSON.parse(
        await readFile(join(source, 'models.json'), 'utf8'),
      );
      for (const { id, files } of registry)
        for (const path of [...Object.keys(files), 'LICENSE']) {
          const target = join(outDir, 'models', id, path);
          await mkdir(dirname(target), { recursive: true });
          await cp(join(source, id, path), target);
        }
    },
  };
}
