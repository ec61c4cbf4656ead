/** Time on the main thread, frame by frame: whatever runs for a frame of the screen goes through requestAnimationFrame. */

export interface FrameTimes {
  /** Milliseconds of JavaScript in a frame: the median, the mean, and what 19 of 20 frames stay below. */
  readonly median: number;
  readonly mean: number;
  readonly p95: number;
  /** Milliseconds that a frame waits in the mean for a picture that was drawn beside the page; they are not in the others. */
  readonly waited: number;
  /** Milliseconds from frame to frame, drawing included: the median. */
  readonly wall: number;
}

let spent = 0;
let waited = 0;

/** From now on the time in callbacks of frames counts, but for the waits for what draws: on a graphics card there are none. */
export function watchFrames(): void {
  const { prototype } = OffscreenCanvas;
  const take = prototype.transferToImageBitmap;
  prototype.transferToImageBitmap = function (this: OffscreenCanvas) {
    const began = performance.now();
    const picture = take.call(this);
    waited += performance.now() - began;
    return picture;
  };
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
  let waits = 0;
  let before = await nextFrame();
  for (let i = 0; i < count; i++) {
    spent = 0;
    waited = 0;
    const began = performance.now();
    move();
    const moved = performance.now() - began;
    const now = await nextFrame();
    // This frame's callbacks have all run once the next task does.
    await new Promise((resolve) => setTimeout(resolve));
    times[i] = moved + spent - waited;
    waits += waited;
    walls[i] = now - before;
    before = now;
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / count;
  return {
    median: quantile(times, 0.5),
    mean,
    p95: quantile(times, 0.95),
    waited: waits / count,
    wall: quantile(walls, 0.5),
  };
}

/** The value that a share of all, 0 to 1, lies below. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
