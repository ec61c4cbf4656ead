// @ts-check
/** Compiles a kernel of AssemblyScript to a module of JavaScript that has its bytes as text: some kilobytes, which nothing has to fetch. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

/** How a kernel is imported: the path of its source, and of which kind it is. */
export const kernelImport = /^(.*\.ts)\?(kernel|kernel-shared)$/;

/**
 * The code of a module whose default export is the compiled bytes, and the files that they were made of.
 *
 * @param {string} path
 * @param {boolean} shared whether threads share its memory
 * @returns {Promise<{ code: string, sources: readonly string[] }>}
 */
export async function compileKernel(path, shared) {
  // Only where it is needed: loading the compiler takes a second.
  const { default: asc } = await import('assemblyscript/asc');
  const folder = dirname(path);
  /** @type {Uint8Array | undefined} */
  let bytes;
  /** @type {string[]} */
  const sources = [];
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
  const text = Buffer.from(bytes).toString('base64');
  return {
    code: `export default Uint8Array.from(atob('${text}'), (character) => character.charCodeAt(0));`,
    sources,
  };
}
