import type { Database, Kept } from './database';
import type { VectorCache } from './vectorCache';

/** Deleted texts: the keys of their vectors (`vectorKey`), by the name of the text (`textName`). */
export type Deleted = ReadonlyMap<string, readonly string[]>;

/**
 * Vectors of deleted texts, which go once the deletion can no longer be undone. The list is written down at the deletion, so
 * that a crash does not keep them: undo does not survive a reload, so a start purges all that is pending.
 * Only the tab that writes (`WriterLock`) may purge: another tab's list holds what it can still undo.
 */
export class Purge {
  readonly #database: Database;
  readonly #vectors: Pick<VectorCache, 'removeMany'>;
  readonly #unsaved = new Map<string, readonly string[]>();

  constructor(database: Database, vectors: Pick<VectorCache, 'removeMany'>) {
    this.#database = database;
    this.#vectors = vectors;
  }

  /** Notes texts that were deleted. */
  async schedule(deleted: Deleted): Promise<Kept> {
    const kept = await this.#database.write(['purge'], async (tx) => {
      await Promise.all([...deleted].map(([name, keys]) => tx.objectStore('purge').put(keys, name)));
    });
    if (kept !== 'kept') for (const [name, keys] of deleted) this.#unsaved.set(name, keys);
    return kept;
  }

  /** The deletion was undone, or the text typed again. */
  async cancel(names: readonly string[]): Promise<Kept> {
    for (const name of names) this.#unsaved.delete(name);
    return this.#database.write(['purge'], async (tx) => {
      await Promise.all(names.map((name) => tx.objectStore('purge').delete(name)));
    });
  }

  /** Texts that wait, so that a caller finds out what is in use only when something does. */
  async pending(): Promise<Deleted> {
    const stored = await this.#database.read(['purge'], async (tx) => {
      const store = tx.objectStore('purge');
      const [names, lists] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return names.map((name, i) => [name, readKeys(lists[i])] as const);
    });
    return new Map([...(stored ?? []), ...this.#unsaved]);
  }

  /** Removes the vectors of those texts of `names` that wait, except where one is `inUse` again, or somewhere else. */
  async purge(names: Iterable<string>, inUse: ReadonlySet<string> = new Set()): Promise<Kept> {
    const pending = await this.pending();
    const due = [...names].filter((name) => pending.has(name));
    const kept = await this.#vectors.removeMany(
      due.filter((name) => !inUse.has(name)).flatMap((name) => pending.get(name) ?? []),
    );
    // Last, so that a crash in between leaves them pending.
    if (kept !== 'full') await this.cancel(due);
    return kept;
  }

  /** Removes the vectors of all texts that wait, but for those `inUse`. */
  async purgeAll(inUse?: ReadonlySet<string>): Promise<Kept> {
    return this.purge((await this.pending()).keys(), inUse);
  }
}

/** None where an earlier version of the page wrote something else: what is not named is not removed. */
function readKeys(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((key: unknown) => typeof key === 'string') : [];
}
