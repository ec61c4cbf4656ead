import { readStoredCollection } from './storedCollection';
import type { Database, Kept } from './database';
import type { StoredCollection } from './storedCollection';
import { storeItems } from './storedItems';

/** What a list of collections shows. */
export interface CollectionSummary {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly updated: number;
}

/**
 * The collections of this machine. One that could not be written (storage refused or full) is kept until the page closes,
 * so that switching between collections works either way.
 */
export class CollectionStore {
  readonly #database: Database;
  readonly #unsaved = new Map<string, StoredCollection>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. A record without a readable summary is left out. */
  async list(): Promise<CollectionSummary[]> {
    const summaries = new Map<string, CollectionSummary>();
    await this.#database.read(['collections'], async (tx) => {
      // The index's keys are the summaries: no collection is read.
      let cursor = await tx.objectStore('collections').index('summary').openKeyCursor();
      for (; cursor; cursor = await cursor.continue()) {
        const [updated, name, count] = cursor.key;
        const whole = typeof updated === 'number' && typeof name === 'string' && typeof count === 'number';
        if (whole) summaries.set(cursor.primaryKey, { id: cursor.primaryKey, name, count, updated });
      }
    });
    for (const { id, name, items, updated } of this.#unsaved.values()) {
      summaries.set(id, { id, name, count: items.length, updated });
    }
    return [...summaries.values()].sort((a, b) => b.updated - a.updated);
  }

  /**
   * The collection as it was saved; `undefined` if there is none of this id. Throws `storedCollectionDamaged` if the record
   * has another shape: say so, and carry on without it.
   */
  async load(id: string): Promise<StoredCollection | undefined> {
    const unsaved = this.#unsaved.get(id);
    if (unsaved) return unsaved;
    const stored = await this.#database.read(['collections'], (tx) => tx.objectStore('collections').get(id));
    return stored === undefined ? undefined : readStoredCollection(stored);
  }

  /** Writes the whole collection over what was kept under its id. It must be plain data, without proxies. */
  async save(collection: StoredCollection): Promise<Kept> {
    const kept = await this.#database.write(['collections'], async (tx) => {
      const put = tx.objectStore('collections').put({
        ...collection,
        items: storeItems(collection.items),
        ...(collection.map && { map: compact(collection.map) }),
        count: collection.items.length,
      });
      // A page that is being closed does not hear the answer, and what was not committed by then would be lost.
      tx.commit();
      await put;
    });
    if (kept === 'kept') this.#unsaved.delete(collection.id);
    else this.#unsaved.set(collection.id, collection);
    return kept;
  }

  async remove(id: string): Promise<Kept> {
    this.#unsaved.delete(id);
    return this.#database.write(['collections'], (tx) => tx.objectStore('collections').delete(id));
  }
}

/** A view of a larger buffer would be stored with all of that buffer. */
function compact(map: NonNullable<StoredCollection['map']>): typeof map {
  const { data } = map.positions;
  if (data.byteLength === data.buffer.byteLength) return map;
  return { ...map, positions: { ...map.positions, data: data.slice() } };
}
