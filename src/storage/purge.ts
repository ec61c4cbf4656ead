import type { Database, Kept } from './database';
import type { VectorCache } from './vectorCache';

/**
 * Vectors of deleted texts, which go once the deletion can no longer be undone. The list is written down at the deletion, so
 * that a crash does not keep them: undo does not survive a reload, so a start purges all that is pending.
 * Only the tab that writes (`WriterLock`) may purge: another tab's list holds what it can still undo.
 */
export class Purge {
  readonly #database: Database;
  readonly #vectors: Pick<VectorCache, 'removeMany'>;
  readonly #unsaved = new Set<string>();

  constructor(database: Database, vectors: Pick<VectorCache, 'removeMany'>) {
    this.#database = database;
    this.#vectors = vectors;
  }

  /** Notes keys of vectors (see `vectorKey`) whose texts were deleted. */
  async schedule(keys: readonly string[]): Promise<Kept> {
    const now = Date.now();
    const kept = await this.#database.write(['purge'], async (tx) => {
      await Promise.all(keys.map((key) => tx.objectStore('purge').put(now, key)));
    });
    if (kept !== 'kept') for (const key of keys) this.#unsaved.add(key);
    return kept;
  }

  /** The deletion was undone, or the text typed again. */
  async cancel(keys: readonly string[]): Promise<Kept> {
    for (const key of keys) this.#unsaved.delete(key);
    return this.#database.write(['purge'], async (tx) => {
      await Promise.all(keys.map((key) => tx.objectStore('purge').delete(key)));
    });
  }

  /** Keys that wait, so that a caller finds out what is in use only when something does. */
  async pending(): Promise<Set<string>> {
    const stored = await this.#database.read(['purge'], (tx) => tx.objectStore('purge').getAllKeys());
    return new Set([...(stored ?? []), ...this.#unsaved]);
  }

  /** Removes the vectors of those `keys` that wait, except where another text is still in need of them (`inUse`). */
  async purge(keys: Iterable<string>, inUse: ReadonlySet<string> = new Set()): Promise<Kept> {
    const pending = await this.pending();
    const due = [...keys].filter((key) => pending.has(key));
    const kept = await this.#vectors.removeMany(due.filter((key) => !inUse.has(key)));
    // Last, so that a crash in between leaves them pending.
    if (kept !== 'full') await this.cancel(due);
    return kept;
  }

  /** Removes all vectors that wait, but for those `inUse`. */
  async purgeAll(inUse?: ReadonlySet<string>): Promise<Kept> {
    return this.purge(await this.pending(), inUse);
  }
}
