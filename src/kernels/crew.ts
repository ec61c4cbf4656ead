/** Threads that work on one kernel's memory together. */
import { nextTurn } from '../turn';
import type { HelperAnswer, HelperOrder } from './helper';
import type { Exports, Kernel } from './projection';

/** Waits between two calls, if it has to; what it throws ends the run. */
export type Rest = (done: number) => Promise<void> | undefined;

export interface Crew {
  /** At least 1: the caller's own. With more than one a kernel's memory must be shared. */
  readonly threads: number;
  /**
   * Calls a function of the kernel `items` times, each item once, by whichever thread is free. `argumentsOf` says with what:
   * threads count from 0, and a function that waits for the others is called with as many items as there are threads.
   * Between the caller's own calls `rest` is called with how many items have been taken.
   */
  run<Name extends keyof Exports>(
    kernel: Kernel<string>,
    name: Name,
    items: number,
    argumentsOf: (item: number, thread: number) => Parameters<Exports[Name]>,
    rest?: Rest,
  ): Promise<void>;
  /** The kernel is not used any more: nobody holds on to its memory. */
  release(kernel: Kernel<string>): void;
}

/** The caller's thread, and no other. */
export const alone: Crew = {
  threads: 1,
  async run(kernel, name, items, argumentsOf, rest) {
    const called: (...given: number[]) => void = kernel.run[name];
    for (let item = 0; item < items; item++) {
      called(...argumentsOf(item, 0));
      await rest?.(item + 1);
    }
  },
  release: () => undefined,
};

/** A started thread that runs `serveOrders`. */
export interface Helper {
  send(order: HelperOrder): void;
  /** The next answer; `failed` also when the thread has died. */
  answer(): Promise<HelperAnswer>;
}

/** Fewer rows are laid out as fast by one thread: waiting for each other takes what sharing saves. */
export const fewestSharedRows = 3000;

/** More threads than this find nothing to do in a layout (see projection/blocks.ts). */
export const mostThreads = 4;

/**
 * A crew of as many threads as the machine has, up to four, or `alone` where there is no shared memory or a helper does not
 * start.
 */
export async function prepareCrew(cores: number, startHelper: () => Helper): Promise<Crew> {
  const helpers = Math.min(cores, mostThreads) - 1;
  if (helpers < 1 || typeof SharedArrayBuffer === 'undefined') return alone;
  const started = Array.from({ length: helpers }, startHelper);
  const answers = await Promise.all(started.map((helper) => helper.answer()));
  return answers.every(({ failed }) => failed === undefined) ? new SharedCrew(started) : alone;
}

/** The caller's thread and helpers. */
class SharedCrew implements Crew {
  /** The kernel that the helpers have. */
  #known: Kernel<string> | undefined;

  constructor(private readonly helpers: readonly Helper[]) {}

  get threads(): number {
    return this.helpers.length + 1;
  }

  async run<Name extends keyof Exports>(
    kernel: Kernel<string>,
    name: Name,
    items: number,
    argumentsOf: (item: number, thread: number) => Parameters<Exports[Name]>,
    rest?: Rest,
  ): Promise<void> {
    this.#introduce(kernel);
    const turns = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    let dead = false;
    const answers = this.helpers.map((helper, i) => {
      const calls = Array.from({ length: items }, (_, item) => argumentsOf(item, i + 1));
      const answer = helper.answer();
      helper.send({ kind: 'calls', name, calls, turns });
      void answer.then(({ failed }) => (dead ||= failed !== undefined));
      return answer;
    });
    const called: (...given: number[]) => void = kernel.run[name];
    // A message is on its way once this thread is back in its event loop, and a call may wait for the helpers' for ever.
    while (Atomics.load(turns, 1) < this.helpers.length && !dead) await nextTurn();
    try {
      for (let item = Atomics.add(turns, 0, 1); item < items && !dead; item = Atomics.add(turns, 0, 1)) {
        called(...argumentsOf(item, 0));
        await rest?.(Math.min(items, Atomics.load(turns, 0)));
      }
    } finally {
      // Nobody takes another one, and whoever is at one ends it: then the memory is the caller's again.
      Atomics.store(turns, 0, items);
      await Promise.all(answers);
    }
    for (const { failed } of await Promise.all(answers)) if (failed !== undefined) throw new Error(failed);
  }

  release(kernel: Kernel<string>): void {
    if (this.#known !== kernel) return;
    this.#known = undefined;
    for (const helper of this.helpers) helper.send({ kind: 'forget' });
  }

  #introduce(kernel: Kernel<string>): void {
    if (this.#known === kernel) return;
    this.#known = kernel;
    const { module, memory } = kernel;
    for (const helper of this.helpers) helper.send({ kind: 'kernel', module, memory });
  }
}
