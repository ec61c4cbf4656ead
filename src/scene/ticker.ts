/** Runs a step for each frame of the screen, only while there is something to do. */
export class Ticker {
  #handle = 0;
  #last = 0;

  /** @param step gets the time and the time since the last step, in milliseconds; says whether another step is due */
  constructor(readonly step: (now: number, elapsed: number) => boolean) {}

  /** Asks for a step with the next frame. */
  request(): void {
    if (this.#handle === 0) this.#handle = requestAnimationFrame(this.#run);
  }

  /** Whether a step is due. */
  get isDue(): boolean {
    return this.#handle > 0;
  }

  dispose(): void {
    cancelAnimationFrame(this.#handle);
    this.#handle = -1;
  }

  #run = (now: number): void => {
    this.#handle = 0;
    // After a rest the time since the last step means nothing: it counts as one frame of 60 Hz.
    const elapsed = this.#last > 0 ? Math.min(now - this.#last, 50) : 1000 / 60;
    this.#last = now;
    if (this.step(now, elapsed)) this.request();
    else this.#last = 0;
  };
}
