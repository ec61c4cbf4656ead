import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { compileKernel, kernelImport } from './compileKernel.js';

/** What follows `?` would be looked at by others, and `.ts` be compiled as TypeScript: so a kernel has a name of its own. */
const prefix = '\0';

/**
 * Compiles AssemblyScript where it is imported as `./module.ts?kernel`, for the page, the command line and the tests alike,
 * and as `./module.ts?kernel-shared` for a memory that threads share.
 */
export function kernels(): Plugin {
  return {
    name: 'constela-kernels',
    enforce: 'pre',
    resolveId(source, importer) {
      const [, path, kind] = kernelImport.exec(source) ?? [];
      return path !== undefined && importer !== undefined
        ? `${prefix}${kind}:${resolve(dirname(importer), path)}`
        : null;
    },
    watchChange: () => compiled.clear(),
    async load(id) {
      const [, kind, path] = /^\0(kernel|kernel-shared):(.*)$/.exec(id) ?? [];
      if (path === undefined) return null;
      let kernel = compiled.get(id);
      if (!kernel) compiled.set(id, (kernel = compileKernel(path, kind === 'kernel-shared')));
      const { code, sources } = await kernel;
      for (const source of sources) this.addWatchFile(source);
      return code;
    },
  };
}

/** By name. The page and each of its workers are bundled by themselves, and a compilation takes seconds. */
const compiled = new Map<string, ReturnType<typeof compileKernel>>();
