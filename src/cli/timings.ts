/** Where the time went. */
import type { Stage } from '../types';

export type TimedStage = Stage | 'graph' | 'start' | 'read' | 'write';

export class Timings {
  private readonly spent = new Map<TimedStage, number>();

  /** Awaits `work` and adds its duration to `stage`, whether it succeeds or not. */
  async time<T>(stage: TimedStage, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.spent.set(stage, (this.spent.get(stage) ?? 0) + performance.now() - start);
    }
  }

  /** Counts `milliseconds` that were part of one stage for another. */
  shift(from: TimedStage, to: TimedStage, milliseconds: number): void {
    this.spent.set(from, (this.spent.get(from) ?? 0) - milliseconds);
    this.spent.set(to, (this.spent.get(to) ?? 0) + milliseconds);
  }

  /** One line of JSON: milliseconds by stage (0 for one that did not run) and since the process began, and the peak memory. */
  report(): string {
    const stages: readonly TimedStage[] = [
      'read',
      'model',
      'embedding',
      'neighbours',
      'graph',
      'start',
      'layout',
      'write',
    ];
    // Of one verb alone.
    const training = this.spent.get('training');
    const line = {
      ...Object.fromEntries(stages.map((stage) => [stage, tenths(this.spent.get(stage) ?? 0)])),
      ...(training !== undefined && { training: tenths(training) }),
      total: tenths(performance.now()),
      // Kilobytes on every system (libuv).
      peakMemoryMB: tenths(process.resourceUsage().maxRSS / 1024),
    };
    return JSON.stringify(line);
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
