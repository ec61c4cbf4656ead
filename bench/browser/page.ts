/** Hands a task to the worker: `measure` is what scripts call in the page. */
import type { EmbeddingRate } from '../embedding';

window.measure = (task) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./embedding.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ rates?: EmbeddingRate[]; error?: string }>) => {
      worker.terminate();
      if (data.rates) resolve(data.rates);
      else reject(new Error(data.error));
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ task, base: document.baseURI });
  });
