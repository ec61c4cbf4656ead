import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openModel } from '../../src/workers/trial';

/** A worker that never answers, as one that hangs. */
class Hanging {
  static readonly all: Hanging[] = [];
  ended = false;

  constructor() {
    Hanging.all.push(this);
  }

  addEventListener(): void {}
  postMessage(): void {}
  terminate(): void {
    this.ended = true;
  }
}

beforeEach(() => {
  Hanging.all.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('Worker', Hanging);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const source = { kind: 'zip', file: new Blob() } as const;

it('gives up on a model that hangs, and ends its worker', async () => {
  const opened = openModel('slow', source).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(119_000);
  expect(Hanging.all.map(({ ended }) => ended)).toEqual([false]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await opened).toMatchObject({ code: 'ownTime', params: { model: 'slow', seconds: 120 } });
  expect(Hanging.all.map(({ ended }) => ended)).toEqual([true]);
});

it('ends the worker of a model that is cancelled, and begins none where it was before', async () => {
  const abort = new AbortController();
  const opened = openModel('slow', source, abort.signal);
  abort.abort();
  await expect(opened).rejects.toMatchObject({ name: 'AbortError' });
  expect(Hanging.all.map(({ ended }) => ended)).toEqual([true]);
  await expect(openModel('slow', source, abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(Hanging.all).toHaveLength(1);
});
