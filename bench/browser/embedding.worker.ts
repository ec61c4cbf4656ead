/** What is measured in a browser, in a worker as in the page. */
import { modelReader } from '../../src/workers/modelFetch';
import { createBrowserRuntime } from '../../src/workers/runtime';
import { measureEmbedding, type EmbeddingTask } from '../embedding';
import { measureLayers, type LayersTask } from '../layers';

/** What the page asks for, and the address beside which the models lie. */
export type BrowserTask =
  { readonly embedding: EmbeddingTask; readonly base: string } | { readonly layers: LayersTask; readonly base: string };

addEventListener('message', async ({ data }: MessageEvent<BrowserTask>) => {
  try {
    const { base } = data;
    const options = { createRuntime: () => createBrowserRuntime('wasm'), readFile: modelReader(base) };
    const result =
      'layers' in data
        ? await measureLayers(data.layers, options)
        : await measureEmbedding(data.embedding, { options, modelsPath: new URL('models/', base).href });
    postMessage({ result });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
