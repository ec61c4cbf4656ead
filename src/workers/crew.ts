/** Threads of the browser for the projection's kernel: workers of the worker that asks for them. */
import { alone, fewestSharedRows, prepareCrew, type Crew, type Helper } from '../kernels/crew';
import type { HelperAnswer } from '../kernels/helper';

let crew: Promise<Crew> | undefined;

/**
 * The threads for work on so many rows: this worker's crew, started when first needed, with as many threads as the machine has,
 * where pages may share memory.
 */
export async function crewFor(rows: number): Promise<Crew> {
  if (rows < fewestSharedRows || !crossOriginIsolated) return alone;
  return (crew ??= prepareCrew(navigator.hardwareConcurrency, startHelper));
}

function startHelper(): Helper {
  const worker = new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module' });
  return {
    send: (order) => worker.postMessage(order),
    answer: () =>
      new Promise<HelperAnswer>((answered) => {
        worker.onmessage = ({ data }: MessageEvent<HelperAnswer>) => answered(data);
        worker.onerror = ({ message }) => answered({ failed: message });
      }),
  };
}
