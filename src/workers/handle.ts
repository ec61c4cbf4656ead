/** One worker as the page sees it: started when first needed, started again after it died. */
import { wrap, type Remote } from 'comlink';
import { InputError } from '../errors';
import { waitForDeath } from './life';
import { registerTransfer } from './transfer';

registerTransfer();

interface Running<T> {
  readonly worker: Worker;
  readonly remote: Remote<T>;
  readonly ready: Promise<void>;
  /** Rejects when the worker dies. */
  readonly death: Promise<never>;
  readonly stop: AbortController;
}

let started = 0;

export class WorkerHandle<T> {
  private running: Running<T> | undefined;

  constructor(
    private readonly name: string,
    private readonly create: () => Worker,
    /** The first call: the worker begins to hold the lock called `life` (see life.ts). */
    private readonly begin: (remote: Remote<T>, life: string) => Promise<void>,
    /** Called when the worker is gone, and with it whatever it held. */
    private readonly onLost: () => void = () => undefined,
  ) {}

  /** Resolves once the worker runs; a first call then waits for nothing. */
  start(): Promise<void> {
    return this.call(() => Promise.resolve());
  }

  /** Runs `work` on the worker. Rejects with an InputError when the worker dies meanwhile; the next call has a new one. */
  async call<R>(work: (remote: Remote<T>) => Promise<R>): Promise<R> {
    const { remote, ready, death } = (this.running ??= this.#launch());
    return Promise.race([ready.then(() => work(remote)), death]);
  }

  /** Ends the worker at once, whatever it does: the only way to stop code that does not yield. */
  terminate(): void {
    const { running } = this;
    this.running = undefined;
    running?.stop.abort();
    running?.worker.terminate();
    if (running) this.onLost();
  }

  #launch(): Running<T> {
    const worker = this.create();
    const life = `constela-${this.name}-${performance.timeOrigin}-${++started}`;
    const stop = new AbortController();
    const remote = wrap<T>(worker);
    const ready = this.begin(remote, life);
    const death = new Promise<never>((_, reject) => {
      const die = (): void => {
        if (this.running?.worker === worker) this.terminate();
        reject(new InputError('workerDied', { worker: this.name }));
      };
      worker.addEventListener('error', die);
      void ready.then(() => waitForDeath(life, stop.signal)).then(die);
    });
    // A death between two calls is nobody's failure; the next call starts anew.
    death.catch(() => undefined);
    return { worker, remote, ready, death, stop };
  }
}
