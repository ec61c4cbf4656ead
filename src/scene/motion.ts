/** Points gliding from where they are to where they belong. `current` is what is drawn, picked and labelled. */

export class Motion {
  /** Rows x 3, row-major, world units. */
  current = new Float32Array(0);
  /** Rows x 3: where the points will stand. Write here, then call `begin`. */
  target = new Float32Array(0);
  #from = new Float32Array(0);
  #start = 0;
  #duration = 0;

  /** Holds `previous.length` points; each entry is the row that the point had before, or -1 for a new one. */
  rearrange(previous: Int32Array): void {
    const old = this.current;
    const length = previous.length * 3;
    this.current = new Float32Array(length);
    this.target = new Float32Array(length);
    this.#from = new Float32Array(length);
    this.#duration = 0;
    previous.forEach((row, i) => {
      if (row >= 0) this.current.set(old.subarray(row * 3, row * 3 + 3), i * 3);
    });
  }

  /** Puts one point at its target at once. */
  place(row: number): void {
    this.current.set(this.target.subarray(row * 3, row * 3 + 3), row * 3);
  }

  /** Holds one point at a place of its own (x, y, z), whatever the others do. */
  put(row: number, place: readonly [number, number, number]): void {
    for (const points of [this.current, this.target, this.#from]) points.set(place, row * 3);
  }

  /** Starts the glide to `target`, which takes `duration` milliseconds; 0 goes there at once. */
  begin(now: number, duration: number): void {
    this.#start = now;
    this.#duration = duration;
    if (duration > 0) this.#from.set(this.current);
    else this.current.set(this.target);
  }

  /** Moves the points to where they are at the time `now`, and says whether they have yet to arrive. */
  step(now: number): boolean {
    if (this.#duration === 0) return false;
    const t = Math.min(Math.max((now - this.#start) / this.#duration, 0), 1);
    const { current, target } = this;
    if (t >= 1) {
      this.#duration = 0;
      current.set(target);
      return false;
    }
    const from = this.#from;
    const share = easeOut(t);
    for (let p = 0; p < current.length; p++) current[p] = from[p]! + (target[p]! - from[p]!) * share;
    return true;
  }

  get moving(): boolean {
    return this.#duration > 0;
  }
}

/** Fast at first, then gently to rest: a cubic; 0 to 1. */
export function easeOut(t: number): number {
  return 1 - (1 - t) ** 3;
}
