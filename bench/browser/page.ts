/** Hands a task to the worker: `measure` and `measureLayers` are what scripts call in the page. */
import type { BrowserTask } from './embedding.worker';

window.measure = (embedding) => ask({ embedding, base: document.baseURI });
window.measureLayers = (layers) => ask({ layers, base: document.baseURI });

function ask<Result>(task: BrowserTask): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./embedding.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ result?: Result; error?: string }>) => {
      worker.terminate();
      if (data.result) resolve(data.result);
      else reject(new Error(data.error));
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(task);
  });
}
