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
    async load(id) {
      const [, shared, path] = /^\0kernel(=shared)?:(.*)$/.exec(id) ?? [];
      if (path === undefined) return null;
      const bytes = await compile(path, shared !== undefined, (file) => this.addWatchFile(file));
      const text = Buffer.from(bytes).toString('base64');
      return `export default Uint8Array.from(atob('${text}'), (character) => character.charCodeAt(0));`;
    },
  };
}

async function compile(path: string, shared: boolean, onRead: (file: string) => void): Promise<Uint8Array> {
  const { readFile } = await import('node:fs/promises');
  const folder = dirname(path);
  let binary: Uint8Array | undefined;
  const memory = shared ? ['--enable', 'threads', '--sharedMemory', '--maximumMemory', String(mostSharedPages)] : [];
  const { error, stderr } = await asc.main(
    [path.slice(folder.length + 1), '--baseDir', folder, '--outFile', 'kernel.wasm', '-O3']
      .concat(['--runtime', 'stub', '--importMemory', '--noAssert', '--enable', 'simd'])
      .concat(memory),
    {
      readFile: async (name, base) => {
        const file = resolve(base, name);
        const text = await readFile(file, 'utf8').catch(() => null);
        if (text !== null) onRead(file);
        return text;
      },
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`${path} does not compile: ${error?.message ?? ''}\n${stderr.toString()}`);
  return binary;
}
