import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const pattern = /^(.*\.ts)\?(kernel|kernel-shared)$/;
/** What follows `?` would be looked at by others, and `.ts` be compiled as TypeScript: so a kernel has a name of its own. */
const prefix = '\0';

/**
 * Compiles AssemblyScript where it is imported as `./module.ts?kernel`, for the page, the command line and the tests alike,
 * and as `./module.ts?kernel-shared` for a memory that threads share.
 * The module's bytes stand in the code that imports them, as text: some kilobytes, which nothing has to fetch.
 */
export function kernels(): Plugin {
  return {
    name: 'constela-kernels',
    enforce: 'pre',
    resolveId(source, importer) {
      const [, path, kind] = pattern.exec(source) ?? [];
      return path !== undefined && importer !== undefined
        ? `${prefix}${kind}:${resolve(dirname(importer), path)}`
        : null;
    },
    watchChange: () => compiled.clear(),
    async load(id) {
      const [, kind, path] = /^\0(kernel|kernel-shared):(.*)$/.exec(id) ?? [];
      if (path === undefined) return null;
      let kernel = compiled.get(id);
      if (!kernel) compiled.set(id, (kernel = compile(path, kind === 'kernel-shared')));
      const { bytes, sources } = await kernel;
      for (const source of sources) this.addWatchFile(source);
      const text = Buffer.from(bytes).toString('base64');
      return `export default Uint8Array.from(atob('${text}'), (character) => character.charCodeAt(0));`;
    },
  };
}

interface Compiled {
  readonly bytes: Uint8Array;
  readonly sources: readonly string[];
}

/** By name. The page and each of its workers are bundled by themselves, and a compilation takes seconds. */
const compiled = new Map<string, Promise<Compiled>>();

async function compile(path: string, shared: boolean): Promise<Compiled> {
  const folder = dirname(path);
  let bytes: Uint8Array | undefined;
  const sources: string[] = [];
  const { error, stderr } = await asc.main(
    [
      ...[basename(path), '--baseDir', folder, '--outFile', 'kernel.wasm', '-O3'],
      ...['--runtime', 'stub', '--importMemory', '--noAssert', '--enable', 'simd'],
      // Shared memory has a limit, which what is given must keep: that of 32-bit addresses.
      ...(shared ? ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'] : []),
    ],
    {
      readFile: async (name, base) => {
        const file = resolve(base, name);
        const text = await readFile(file, 'utf8').catch(() => null);
        if (text !== null) sources.push(file);
        return text;
      },
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !bytes) throw new Error(`${path} does not compile: ${error?.message ?? ''}\n${stderr.toString()}`);
  return { bytes, sources };
}
