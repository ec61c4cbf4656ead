/** Cancelling by ending the worker: work that does not yield cannot be stopped otherwise. */
import type { WorkerHandle } from './handle';

/** What `work` resolves to; once the signal is aborted the worker is ended, and this rejects with the signal's reason. */
export function untilAbort<T, R>(
  handle: WorkerHandle<T>,
  signal: AbortSignal | undefined,
  work: () => Promise<R>,
): Promise<R> {
  signal?.throwIfAborted();
  const cancelled = new Promise<never>((_, reject) => {
    signal?.addEventListener(
      'abort',
      () => {
        handle.terminate();
        reject(signal.reason);
      },
      { once: true },
    );
  });
  return Promise.race([work(), cancelled]);
}
