// @ts-check
/** For what runs in Node without Vite, such as the end-to-end tests: `./module.ts?kernel` is compiled as it is imported (`node --import`). */
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { compileKernel, kernelImport } from './vite/compileKernel.js';

/** @typedef {{ parentURL?: string }} Context */
/** @typedef {{ url: string, shortCircuit?: boolean }} Resolved */

if (isMainThread) register(import.meta.url);

/**
 * @param {string} specifier
 * @param {Context} context
 * @param {(specifier: string, context: Context) => Promise<Resolved>} next
 * @returns {Promise<Resolved>}
 */
export async function resolve(specifier, context, next) {
  const [, path, kind] = kernelImport.exec(specifier) ?? [];
  if (path === undefined || context.parentURL === undefined) return next(specifier, context);
  const file = fileURLToPath(new URL(path, context.parentURL));
  const { code } = await compileKernel(file, kind === 'kernel-shared');
  return { url: `data:text/javascript,${encodeURIComponent(code)}`, shortCircuit: true };
}
