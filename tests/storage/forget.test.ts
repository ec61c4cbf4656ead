import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDB } from 'idb';
import { openDatabase } from '../../src/storage/database';
import { forgetEverything } from '../../src/storage/forget';
import { SettingsStore } from '../../src/storage/settings';
import { freshIndexedDb, refusedDatabase } from './indexedDb';

beforeEach(() => void freshIndexedDb());
afterEach(() => vi.unstubAllGlobals());

/** Web storage as a page has it: only what is used of it. */
function webStorage() {
  const values = new Map([['key', 'value']]);
  return { values, clear: () => values.clear() };
}

it('empties every store that exists here, and says which', async () => {
  const otherTab = await openDatabase();
  const database = await openDatabase();
  await new SettingsStore(database).save({ theme: 'dark' });
  (await openDB('another database')).close();
  const caches = new Map([['models', 1]]);
  const stores = { localStorage: webStorage(), sessionStorage: webStorage() };
  const files = new Map([['map.bin', 1]]);
  const workers = new Map([['http://127.0.0.1/', 1]]);
  vi.stubGlobal('caches', {
    keys: async () => [...caches.keys()],
    delete: async (name: string) => caches.delete(name),
  });
  for (const [name, store] of Object.entries(stores)) vi.stubGlobal(name, store);
  vi.stubGlobal('navigator', {
    serviceWorker: {
      getRegistrations: async () => [...workers.keys()].map((scope) => ({ scope })),
      getRegistration: async (scope: string) => ({ unregister: async () => workers.delete(scope) }),
    },
    storage: {
      getDirectory: async () => ({
        keys: () => files.keys(),
        removeEntry: async (name: string) => void files.delete(name),
      }),
    },
  });

  const told = vi.fn();
  database.onLost(told);
  const { emptied, failed } = await forgetEverything(database);
  expect(failed).toEqual([]);
  expect([...emptied].sort()).toEqual([
    'Cache Storage models',
    'IndexedDB another database',
    'IndexedDB constela',
    'file map.bin',
    'localStorage',
    'service worker http://127.0.0.1/',
    'sessionStorage',
  ]);
  expect(await indexedDB.databases()).toEqual([]);
  for (const emptiedStore of [caches, files, workers]) expect(emptiedStore.size).toBe(0);
  for (const { values } of Object.values(stores)) expect(values.size).toBe(0);
  // It is no news to this tab.
  expect(told).not.toHaveBeenCalled();
  // Neither this tab nor another writes anything back.
  expect([database.remembered, otherTab.remembered]).toEqual([false, false]);
  expect(await new SettingsStore(otherTab).save({ theme: 'dark' })).toBe('refused');
  expect(await indexedDB.databases()).toEqual([]);
});

it('goes on after a failure, and says what failed', async () => {
  const database = await openDatabase();
  // A tab that does not give way.
  const stubborn = await openDB('another database');
  vi.stubGlobal('caches', { keys: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
  vi.stubGlobal('localStorage', webStorage());
  const { emptied, failed } = await forgetEverything(database, 50);
  stubborn.close();
  expect(emptied).toEqual(['IndexedDB constela', 'localStorage']);
  expect(failed).toEqual([
    { store: 'IndexedDB another database', reason: 'another tab still has it open' },
    { store: 'Cache Storage', reason: 'denied' },
  ]);
});

it('deletes its own database where browsers cannot list them', async () => {
  const database = await openDatabase();
  const factory = indexedDB;
  vi.stubGlobal('indexedDB', { deleteDatabase: (name: string) => factory.deleteDatabase(name) });
  expect((await forgetEverything(database)).emptied).toContain('IndexedDB constela');
  expect(await factory.databases()).toEqual([]);
});

it('has nothing to forget where there is no storage', async () => {
  const database = await refusedDatabase();
  vi.stubGlobal('caches', undefined);
  expect(await forgetEverything(database)).toEqual({ emptied: [], failed: [] });
});
