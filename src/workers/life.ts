/**
 * Whether a worker still lives. A worker that dies (out of memory, closed) sends no event that can be relied on, but
 * the browser releases its locks: the worker holds one for as long as it lives, and the page waits for that one.
 */

/**
 * Called in the worker: holds the lock called `name` for ever. Resolves once it is held: the page asks for it next, and
 * between two processes nothing else says whose request comes first.
 */
export function holdLife(name: string): Promise<void> {
  const { locks } = navigator;
  if (!locks) return Promise.resolve();
  return new Promise((held, refused) => {
    locks
      .request(name, () => {
        held();
        return new Promise(() => undefined);
      })
      .catch(refused);
  });
}

/** Called in the page, once the worker has answered: resolves when the worker is gone, rejects never. */
export async function waitForDeath(name: string, signal: AbortSignal): Promise<void> {
  if (!navigator.locks) return new Promise(() => undefined);
  return navigator.locks.request(name, { signal }, () => undefined).catch(() => new Promise(() => undefined));
}
