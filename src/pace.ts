/** How long work goes on shares its thread: a turn of work, then the event loop's, so that frames and cancels get through. */
import { nextTurn } from './turn';
import type { OnProgress } from './types';

/** What long work takes besides its data. It rejects with the signal's reason once the signal is aborted. */
export interface WorkHooks {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A turn of work: a frame lasts 16.7 ms, and a cancel should be felt at once. */
export const turnMs = 16;

/** Keeps one piece of long work cooperative: `if (pace.due) await pace.rest()` in its loop. */
export class Pace {
  #turnStart = performance.now();
  readonly #signal: AbortSignal | undefined;

  /** Throws the signal's reason if it is aborted already. */
  constructor(signal?: AbortSignal) {
    signal?.throwIfAborted();
    this.#signal = signal;
  }

  /** Whether this turn has lasted long enough. */
  get due(): boolean {
    return performance.now() - this.#turnStart >= turnMs;
  }

  /** Waits for the next turn. Throws the signal's reason if it was aborted meanwhile. */
  async rest(): Promise<void> {
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#turnStart = performance.now();
  }
}
