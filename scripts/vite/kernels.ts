import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

/** `./module.ts?kernel`, and with `=shared` for memory that workers share. */
const pattern = /^(.*\.ts)\?kernel(=shared)?$/;
/** Pages that a shared memory may grow to: 1 GB. */
const mostSharedPages = 16_384;

/**
 * Compiles AssemblyScript where it is imported as `./module.ts?kernel`, for the page, the command line and the tests alike.
 * The module's bytes stand in the code that imports them, as text: some kilobytes, which nothing has to fetch.
 */
export function kernels(): Plugin {
  return {
    name: 'constela-kernels',
    enforce: 'pre',
    resolveId(source, importer) {
      const [, path, shared = ''] = pattern.exec(source) ?? [];
      if (path === undefined || importer === undefined) return null;
      // A name of its own: what follows `?` would be looked at by others, and `.ts` be compiled as TypeScript.
      return `\0kernel${shared}:${resolve(dirname(importer), path)}`;
    },
    watchChange: () => compiled.clear(),
    async load(id) {
      const [, shared, path] = /^\0kernel(=shared)?:(.*)$/.exec(id) ?? [];
      if (path === undefined) return null;
      let kernel = compiled.get(id);
      if (!kernel) compiled.set(id, (kernel = compile(path, shared !== undefined)));
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
  const memory = shared ? ['--enable', 'threads', '--sharedMemory', '--maximumMemory', String(mostSharedPages)] : [];
  const { error, stderr } = await asc.main(
    [path.slice(folder.length + 1), '--baseDir', folder, '--outFile', 'kernel.wasm', '-O3']
      .concat(['--runtime', 'stub', '--importMemory', '--noAssert', '--enable', 'simd'])
      .concat(memory),
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
