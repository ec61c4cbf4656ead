import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterFrame } from '../src/afterFrame';

/** Callbacks that wait for a frame, by their handle. */
const waiting = new Map<number, () => void>();
let handles = 0;

beforeEach(() => {
  waiting.clear();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    waiting.set(++handles, callback);
    return handles;
  });
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => waiting.delete(handle));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

function wait(): { isOver: boolean } {
  const state = { isOver: false };
  void afterFrame().then(() => (state.isOver = true));
  return state;
}

test('it waits for the frame, and for the task after it', async () => {
  const waited = wait();
  await nextTask();
  expect(waited.isOver).toBe(false);
  for (const callback of waiting.values()) callback();
  // What a callback of a frame leaves to microtasks still comes before the frame is painted.
  await nextTask();
  expect(waited.isOver).toBe(false);
  vi.advanceTimersByTime(1);
  await nextTask();
  expect(waited.isOver).toBe(true);
});

test('where no frame is drawn it waits a moment, and then for none', async () => {
  const waited = wait();
  vi.advanceTimersByTime(99);
  await nextTask();
  expect(waited.isOver).toBe(false);
  vi.advanceTimersByTime(1);
  await nextTask();
  expect(waited.isOver).toBe(true);
  expect(waiting.size).toBe(0);
});
