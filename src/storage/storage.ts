import { CachedSpaces } from './cachedSpaces';
import { CollectionStore } from './collections';
import { openDatabase } from './database';
import type { Database } from './database';
import { Purge } from './purge';
import { SettingsStore } from './settings';
import { VectorCache } from './vectorCache';

/** What is remembered on this machine, over one connection. */
export interface LocalStorage {
  readonly database: Database;
  readonly collections: CollectionStore;
  readonly settings: SettingsStore;
  readonly vectors: VectorCache;
  readonly cachedSpaces: CachedSpaces;
  readonly purge: Purge;
}

/** Opens what this page or worker remembers; never rejects. `database.remembered` says whether it outlives the page. */
export async function openStorage(): Promise<LocalStorage> {
  const database = await openDatabase();
  const vectors = new VectorCache(database);
  return {
    database,
    collections: new CollectionStore(database),
    settings: new SettingsStore(database),
    vectors,
    cachedSpaces: new CachedSpaces(database),
    purge: new Purge(database, vectors),
  };
}
