/** What a run of UMAP takes and gives, whichever implementation does it. */
import type { Crew } from '../kernels/crew';
import type { KnnGraph, LayoutFrame, LayoutRequest, Positions, ProjectionOptions } from '../types';
import { Pace, turnMs, type WorkHooks } from '../pace';

export interface LayoutHooks extends WorkHooks {
  /** Threads that share the work; the positions are the same for any number of them. */
  readonly crew?: Crew | undefined;
  /** Called with the start, then about 20 times a second, and with the end. Each frame owns its positions. */
  readonly onFrame?: ((frame: LayoutFrame) => void) | undefined;
  /** Called once the graph has its weights, with the milliseconds that took. */
  readonly onGraph?: ((milliseconds: number) => void) | undefined;
}

/** What a run of UMAP is asked for. */
export type UmapOptions = ProjectionOptions & Pick<LayoutRequest, 'labels'>;

/** How a run differs from one that starts at the principal components. */
export interface Schedule {
  readonly epochs: number;
  /** Step size of the first epoch; it falls to zero in a line. 1 in the paper. */
  readonly learningRate: number;
  /** Rows that stay where they start; none where it is left out. */
  readonly pinned?: readonly number[];
}

/** 20 frames a second look fluent and leave the thread to the layout. */
const frameMs = 50;

/**
 * Takes all epochs, with frames, progress and cancels between calls of `step`, and gives the end. `step` takes the epochs from
 * the first to the second (without it): as many at a time as a turn of work lasts. `positions` makes a copy of where the points
 * are. Rejects with the signal's reason when it is aborted.
 */
export async function runEpochs(
  epochs: number,
  step: (from: number, to: number) => void | Promise<void>,
  positions: () => Positions,
  { onFrame, onProgress, signal }: LayoutHooks,
): Promise<Positions> {
  const pace = new Pace(signal);
  onFrame?.({ epoch: 0, epochs, positions: positions() });
  let frameTime = performance.now();
  let perTurn = 1;
  for (let epoch = 0; epoch < epochs;) {
    const to = Math.min(epochs, epoch + perTurn);
    const began = performance.now();
    await step(epoch, to);
    const each = (performance.now() - began) / (to - epoch);
    perTurn = Math.max(1, Math.min(2 * perTurn, Math.floor(turnMs / each)));
    epoch = to;
    if (onFrame && epoch < epochs && performance.now() - frameTime >= frameMs) {
      onFrame({ epoch, epochs, positions: positions() });
      frameTime = performance.now();
    }
    if (!pace.due) continue;
    onProgress?.({ stage: 'layout', done: epoch, total: epochs });
    await pace.rest();
  }
  const end = positions();
  if (!end.data.every(Number.isFinite)) throw new Error('the layout has left the finite numbers');
  onFrame?.({ epoch: epochs, epochs, positions: { ...end, data: end.data.slice() } });
  onProgress?.({ stage: 'layout', done: epochs, total: epochs });
  return end;
}

/** Shapes that do not fit are a mistake of the caller's, not of the person's. */
export function checkStart({ rows, k }: KnnGraph, start: Positions, { dims }: ProjectionOptions): void {
  if (rows < 3 || k < 1) throw new RangeError(`UMAP needs 3 rows and 1 neighbour; the graph has ${rows} and ${k}`);
  if (start.rows !== rows || start.dim !== dims)
    throw new RangeError(`a start of ${start.rows} x ${start.dim} for a layout of ${rows} x ${dims}`);
  const bad = start.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`row ${Math.floor(bad / dims)} of the start is not finite`);
}
