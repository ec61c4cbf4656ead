/** What is measured in a browser, in a worker as in the page. The address is that beside which the models lie. */
import { modelReader } from '../../src/workers/modelFetch';
import { createBrowserRuntime } from '../../src/workers/runtime';
import { measureEmbedding, type EmbeddingTask } from '../embedding';

addEventListener('message', async ({ data }: MessageEvent<{ task: EmbeddingTask; base: string }>) => {
  const { task, base } = data;
  try {
    const options = { createRuntime: () => createBrowserRuntime('wasm'), readFile: modelReader(base) };
    const rates = await measureEmbedding(task, { options, modelsPath: new URL('models/', base).href });
    postMessage({ rates });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
