/** What is running, how far it is, and Cancel. */
import { isAbort } from '../../errors';
import type { OnProgress, Progress } from '../../types';

/** A newer job of a lane replaces the older one. Of several lanes, the first in this list is shown. */
export type Lane =
  | 'map'
  | 'words'
  | 'search'
  | 'fidelity'
  | 'clusters'
  | 'pairs'
  | 'axes'
  | 'views'
  | 'inside'
  | 'export'
  | 'model'
  | 'bias'
  | 'prompts'
  | 'trial'
  | 'tuning'
  | 'layers'
  | 'open';
const lanes: readonly Lane[] = [
  'map',
  'words',
  'search',
  'fidelity',
  'clusters',
  'pairs',
  'axes',
  'views',
  'inside',
  'bias',
  'prompts',
  'tuning',
  'layers',
  'export',
  'open',
  'model',
  'trial',
];

/** Work shorter than this shows no progress bar: it would only flicker. */
const patience = 150;

interface Job {
  readonly lane: Lane;
  readonly controller: AbortController;
  readonly progress: Progress | undefined;
}

export class Jobs {
  #jobs = $state.raw<readonly Job[]>([]);
  #visible = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What the status line shows; undefined while nothing lasts long enough to be shown. */
  get shown(): { readonly lane: Lane; readonly progress: Progress | undefined } | undefined {
    if (!this.#visible) return undefined;
    const jobs = lanes.flatMap((lane) => this.#jobs.filter((job) => job.lane === lane));
    // One that waits for another (a word for the model) has nothing to tell: the other one has.
    return jobs.find(({ progress }) => progress !== undefined) ?? jobs[0];
  }

  get busy(): boolean {
    return this.#jobs.length > 0;
  }

  isRunning(lane: Lane): boolean {
    return this.#jobs.some((job) => job.lane === lane);
  }

  /** The stage that a lane's job is in, once it has said. */
  stageOf(lane: Lane): Progress['stage'] | undefined {
    return this.#jobs.find((job) => job.lane === lane)?.progress?.stage;
  }

  /** Runs `work`, ending what the lane did before. Resolves to undefined when it was cancelled or replaced. */
  async run<T>(lane: Lane, work: (signal: AbortSignal, onProgress: OnProgress) => Promise<T>): Promise<T | undefined> {
    this.end(lane);
    const controller = new AbortController();
    const { signal } = controller;
    this.#set([...this.#jobs, { lane, controller, progress: undefined }]);
    try {
      const result = await work(signal, (progress) => {
        if (signal.aborted) return;
        this.#set(this.#jobs.map((job) => (job.controller === controller ? { ...job, progress } : job)));
      });
      return signal.aborted ? undefined : result;
    } catch (error) {
      if (signal.aborted || isAbort(error)) return undefined;
      throw error;
    } finally {
      this.#set(this.#jobs.filter((job) => job.controller !== controller));
    }
  }

  /** Ends what is shown: the person's Cancel. */
  cancel(): void {
    const shown = this.shown;
    if (shown) this.end(shown.lane);
  }

  cancelAll(): void {
    for (const { controller } of this.#jobs) controller.abort();
    this.#set([]);
  }

  /** Ends what a lane does. */
  end(lane: Lane): void {
    this.#jobs.find((job) => job.lane === lane)?.controller.abort();
    this.#set(this.#jobs.filter((job) => job.lane !== lane));
  }

  #set(jobs: readonly Job[]): void {
    this.#jobs = jobs;
    if (jobs.length === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#visible = false;
    } else this.#timer ??= setTimeout(() => (this.#visible = true), patience);
  }
}
