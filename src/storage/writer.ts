export type WriterRole = 'unknown' | 'writer' | 'reader';

const lockName = 'constela-writer';

/**
 * One tab writes. The first to ask is the writer until it closes; the others only read, wait in line, and become the writer
 * in turn. Without Web Locks (a page off HTTPS and localhost, an old browser) every tab is a writer, and the last save wins.
 */
export class WriterLock {
  /** Told of every change of role after `acquire` was called. */
  onChange: ((role: WriterRole) => void) | undefined;
  readonly #locks: Pick<LockManager, 'request'> | undefined;
  #role: WriterRole = 'unknown';
  #asked: { readonly role: Promise<WriterRole>; readonly end: AbortController } | undefined;

  constructor(locks: Pick<LockManager, 'request'> | undefined = globalThis.navigator?.locks) {
    this.#locks = locks;
  }

  get role(): WriterRole {
    return this.#role;
  }

  /** Asks to write; the answer is the role at first, and `onChange` tells of a later one. Asking twice is asking once. */
  acquire(): Promise<WriterRole> {
    if (!this.#asked) {
      const end = new AbortController();
      this.#asked = { role: this.#ask(end.signal), end };
    }
    return this.#asked.role;
  }

  /** Lets the next tab write, or leaves the line. */
  release(): void {
    this.#asked?.end.abort();
    this.#asked = undefined;
    this.#become('unknown');
  }

  async #ask(end: AbortSignal): Promise<WriterRole> {
    const locks = this.#locks;
    if (!locks) return this.#become('writer');
    const ended = new Promise<void>((resolve) => end.addEventListener('abort', () => resolve(), { once: true }));
    const hold = () => {
      if (end.aborted) return;
      this.#become('writer');
      return ended;
    };
    return new Promise((resolve) => {
      const settle = () => resolve(this.#role);
      locks
        .request(lockName, { ifAvailable: true }, (lock) => {
          const held = lock ? hold() : undefined;
          if (!lock && !end.aborted) {
            this.#become('reader');
            // Ends with an AbortError when this tab leaves the line.
            locks.request(lockName, { signal: end }, hold).catch(() => undefined);
          }
          settle();
          return held;
        })
        .catch(() => {
          // Locks are refused together with storage (an opaque origin): nothing is shared, so nothing is overwritten.
          if (!end.aborted) this.#become('writer');
          settle();
        });
    });
  }

  #become(role: WriterRole): WriterRole {
    if (role !== this.#role) {
      this.#role = role;
      this.onChange?.(role);
    }
    return role;
  }
}
