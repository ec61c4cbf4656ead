/** Time on the main thread, frame by frame: whatever runs for a frame of the screen goes through requestAnimationFrame. */

export interface FrameTimes {
  /** Milliseconds of JavaScript in a frame: the median, the mean, and what 19 of 20 frames stay below. */
  readonly median: number;
  readonly mean: number;
  readonly p95: number;
  /** Milliseconds from frame to frame, drawing included: the median. */
  readonly wall: number;
}

let spent = 0;

/** From now on the time in callbacks of frames counts. */
export function watchFrames(): void {
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      const began = performance.now();
      callback(now);
      spent += performance.now() - began;
    });
}

/** The next frame. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Calls `move` before each of `count` frames, and says how long they took. */
export async function timeFrames(count: number, move: () => void): Promise<FrameTimes> {
  // Made beforehand: the heap is watched while frames run.
  const times = new Float64Array(count);
  const walls = new Float64Array(count);
  let before = await nextFrame();
  for (let i = 0; i < count; i++) {
    spent = 0;
    const began = performance.now();
    move();
    const moved = performance.now() - began;
    const now = await nextFrame();
    // This frame's callbacks have all run once the next task does.
    await new Promise((resolve) => setTimeout(resolve));
    times[i] = moved + spent;
    walls[i] = now - before;
    before = now;
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / count;
  return { median: quantile(times, 0.5), mean, p95: quantile(times, 0.95), wall: quantile(walls, 0.5) };
}

/** The value that a share of all, 0 to 1, lies below. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
