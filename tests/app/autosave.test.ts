import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Autosave } from '../../src/app/state/autosave';

/** Writes begun, as [what, when]; each lasts until `end` is called. */
function record() {
  const begun: [string, number][] = [];
  const ends: (() => void)[] = [];
  const start = performance.now();
  let frame = 0;
  const autosave = new Autosave<string>(
    (taken) => {
      begun.push([taken, performance.now() - start]);
      return new Promise((resolve) => ends.push(resolve));
    },
    () => new Promise((resolve) => (frame === 0 ? resolve() : setTimeout(resolve, frame))),
  );
  /** Frames come `time` ms after they are waited for. */
  const slowFrames = (time: number) => void (frame = time);
  return { autosave, begun, end: () => ends.shift()?.(), slowFrames };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('waits no longer than the first change asked, however often others follow', async () => {
  const { autosave, begun } = record();
  for (let time = 0; time < 500; time += 20) {
    autosave.request(() => `camera at ${time}`, 400);
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(begun).toEqual([['camera at 380', 400]]);
});

it('takes the earlier of two times', async () => {
  const { autosave, begun } = record();
  autosave.request(() => 'camera', 400);
  autosave.request(() => 'word', 0);
  autosave.request(() => 'word and camera', 400);
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun).toEqual([['word and camera', 0]]);
});

it('writes one at a time, and after it once what came meanwhile', async () => {
  const { autosave, begun, end } = record();
  for (const word of ['one', 'two', 'three']) {
    autosave.request(() => word, 0);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(begun).toEqual([['one', 0]]);
  end();
  await vi.advanceTimersByTimeAsync(10);
  expect(begun).toEqual([
    ['one', 0],
    ['three', 30],
  ]);
});

it('goes on after a write that failed', async () => {
  const written: string[] = [];
  const autosave = new Autosave<string>(
    (taken) => {
      written.push(taken);
      return taken === 'bad' ? Promise.reject(new Error('not plain data')) : Promise.resolve();
    },
    () => Promise.resolve(),
  );
  autosave.request(() => 'bad', 0);
  await expect(autosave.flush()).rejects.toThrow('not plain data');
  autosave.request(() => 'good', 0);
  await vi.advanceTimersByTimeAsync(10);
  expect(written).toEqual(['bad', 'good']);
});

it('writes what waits when it is flushed, as it is at that moment, and nothing once it was cancelled', async () => {
  const { autosave, begun } = record();
  let open = 'this collection';
  autosave.request(() => open, 400);
  void autosave.flush();
  open = 'another';
  autosave.request(() => open, 400);
  autosave.cancel();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun).toEqual([['this collection', 0]]);
});

it('writes nothing before the page has drawn it, and still one at a time', async () => {
  const { autosave, begun, end, slowFrames } = record();
  slowFrames(30);
  autosave.request(() => 'one', 0);
  await vi.advanceTimersByTimeAsync(10);
  autosave.request(() => 'two', 0);
  await vi.advanceTimersByTimeAsync(25);
  autosave.request(() => 'three', 0);
  await vi.advanceTimersByTimeAsync(100);
  expect(begun).toEqual([['two', 30]]);
  end();
  await vi.advanceTimersByTimeAsync(10);
  expect(begun).toEqual([
    ['two', 30],
    ['three', 135],
  ]);
});
