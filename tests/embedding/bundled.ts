/** The bundled models in Node, for tests. */
import { fileURLToPath } from 'node:url';
import { modelReader } from '../../src/cli/modelReader';
import { createNodeRuntime } from '../../src/cli/runtime';
import { Embedder, type EmbedderOptions } from '../../src/embedding/embedder';

export const readBundled = modelReader(fileURLToPath(new URL('../../models', import.meta.url)));

export function createEmbedder(options: Partial<EmbedderOptions> = {}): Embedder {
  return new Embedder({ createRuntime: createNodeRuntime, readFile: readBundled, ...options });
}
