import { expect, it, vi } from 'vitest';
import { Pace } from '../src/pace';

it('is due after a turn of work, and not before', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const pace = new Pace();
    vi.advanceTimersByTime(15);
    expect(pace.due).toBe(false);
    vi.advanceTimersByTime(1);
    expect(pace.due).toBe(true);
    await pace.rest();
    expect(pace.due).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

it('throws the reason of its signal, at the start or after a rest', async () => {
  const control = new AbortController();
  const pace = new Pace(control.signal);
  const resting = pace.rest();
  control.abort();
  await expect(resting).rejects.toMatchObject({ name: 'AbortError' });
  expect(() => new Pace(control.signal)).toThrow(control.signal.reason);
});
