/** When what is open is written: soon after each change, however many follow, and one write at a time. */
import { afterFrame } from '../../afterFrame';

export class Autosave<T> {
  #snapshot: (() => T) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer fires, in ms of `performance.now()`. */
  #due = 0;
  #writing: Promise<void> = Promise.resolve();

  /** @param shown resolves once the page has drawn what is to be written: copying a large collection must not delay that */
  constructor(
    private readonly write: (taken: T) => Promise<void>,
    private readonly shown: () => Promise<void> = afterFrame,
  ) {}

  /** Writes what `snapshot` gives then, once the page shows it, in `wait` ms or when an earlier call said. No call puts the write off. */
  request(snapshot: () => T, wait: number): void {
    this.#snapshot = snapshot;
    const due = performance.now() + wait;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#writeNext(), wait);
  }

  /** Writes at once what waits; the snapshot is taken before this returns. */
  flush(): Promise<void> {
    const snapshot = this.#snapshot;
    this.cancel();
    if (snapshot) this.#writing = this.write(snapshot());
    return this.#writing;
  }

  /** Forgets what waits. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#snapshot = undefined;
  }

  /** What comes while a write is under way is one write more, after it. */
  async #writeNext(): Promise<void> {
    this.#timer = undefined;
    await this.shown();
    await Promise.allSettled([this.#writing]);
    await this.flush();
  }
}
