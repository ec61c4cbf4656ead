import { deleteDB } from 'idb';
import { databaseName } from './database';
import type { Database } from './database';
import { modelsName, namesIn } from './ownModels';

export interface Forgotten {
  /** What was emptied, such as `IndexedDB constela` or `Cache Storage models`. */
  readonly emptied: readonly string[];
  /** What could not be, and the browser's reason. */
  readonly failed: readonly { readonly store: string; readonly reason: string }[];
}

/** A deletion waits for tabs that still have the database open at most this long, in ms. */
const defaultPatience = 5000;

/**
 * Empties every store of this origin that exists here: databases, caches, web storage, files, and the service worker.
 * Closes `database` first; other tabs and workers of this page give way and remember nothing more. Never rejects: what fails
 * is listed, and the rest is emptied all the same. Reload the page afterwards.
 */
export async function forgetEverything(database: Database, patience = defaultPatience): Promise<Forgotten> {
  await database.close();
  const emptied: string[] = [];
  const failed: { store: string; reason: string }[] = [];
  const attempt = async (store: string, work: () => Promise<unknown>) => {
    try {
      if ((await work()) !== absent) emptied.push(store);
    } catch (error) {
      failed.push({ store, reason: error instanceof Error ? error.message : String(error) });
    }
  };
  /** Empties each of a list; failing to list is itself a failure. */
  const attemptEach = async (
    kind: string,
    list: () => Promise<readonly string[]>,
    empty: (name: string) => Promise<unknown>,
  ) => {
    let names: readonly string[] = [];
    await attempt(kind, async () => {
      names = await list();
      return absent;
    });
    for (const name of names) await attempt(`${kind} ${name}`, () => empty(name));
  };

  await attemptEach('service worker', listWorkers, unregisterWorker);
  await attemptEach('IndexedDB', listDatabases, (name) => deleteWithin(name, patience));
  await attemptEach(
    'Cache Storage',
    async () => globalThis.caches?.keys() ?? [],
    (name) => caches.delete(name),
  );
  for (const name of ['localStorage', 'sessionStorage']) await attempt(name, async () => clearWebStorage(name));
  await attemptEach('file', listFiles, async (name) => (await rootFolder())?.removeEntry(name, { recursive: true }));
  return { emptied, failed };
}

/** What an attempt gives where there is no such store. */
const absent = Symbol('absent');

async function listWorkers(): Promise<string[]> {
  const registrations = (await globalThis.navigator?.serviceWorker?.getRegistrations()) ?? [];
  return registrations.map(({ scope }) => scope);
}

async function unregisterWorker(scope: string): Promise<void> {
  await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
}

async function listDatabases(): Promise<string[]> {
  const factory: IDBFactory | undefined = globalThis.indexedDB;
  if (!factory) return [];
  // Browsers that cannot list them still know ours.
  if (typeof factory.databases !== 'function') return [databaseName, modelsName];
  return (await factory.databases()).flatMap(({ name }) => (name === undefined ? [] : [name]));
}

async function deleteWithin(name: string, patience: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('another tab still has it open')), patience);
  });
  await Promise.race([deleteDB(name), late]).finally(() => clearTimeout(timer));
}

/** `localStorage` and `sessionStorage` exist in pages only, and their very name throws where storage is refused. */
function clearWebStorage(name: string): typeof absent | undefined {
  const store: unknown = Reflect.get(globalThis, name);
  if (typeof store !== 'object' || store === null || !('clear' in store) || typeof store.clear !== 'function') {
    return absent;
  }
  store.clear();
  return undefined;
}

/** The origin private file system. */
async function rootFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  const manager: StorageManager | undefined = globalThis.navigator?.storage;
  return typeof manager?.getDirectory === 'function' ? manager.getDirectory() : undefined;
}

async function listFiles(): Promise<string[]> {
  const root = await rootFolder();
  return root ? namesIn(root) : [];
}
