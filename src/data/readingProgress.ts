/** How far the reading of a file is, told now and then. */
import type { OnProgress } from '../types';

/** Milliseconds between two reports: more would cost the page frames. */
const reportEvery = 50;

export class ReadingProgress {
  #done = 0;
  #told = performance.now();

  /** @param total in any unit: bytes, rows */
  constructor(
    private readonly onProgress: OnProgress | undefined,
    private readonly total: number,
  ) {}

  /** So much more has been read. What is quickly read, and the end, need no report. */
  add(amount: number): void {
    this.#done += amount;
    const { total } = this;
    if (!this.onProgress || this.#done >= total) return;
    const now = performance.now();
    if (now - this.#told < reportEvery) return;
    this.#told = now;
    this.onProgress({ stage: 'reading', done: Math.floor(this.#done), total });
  }
}
