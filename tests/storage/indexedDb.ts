/** An IndexedDB of its own for every test, and ones that fail as browsers do. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { vi } from 'vitest';
import { openDatabase } from '../../src/storage/database';
import type { Database } from '../../src/storage/database';

export function freshIndexedDb(): IDBFactory {
  const factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  return factory;
}

/** A database over no storage at all, as in a browser whose person refused it. */
export async function refusedDatabase(): Promise<Database> {
  vi.stubGlobal('indexedDB', undefined);
  return openDatabase();
}

const realPut = IDBObjectStore.prototype.put;

/** Makes the next `times` writes of records fail as they do on a full disk. */
export function fillDisk(times = Infinity): void {
  let left = times;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (left-- > 0) throw new DOMException('The quota is used up', 'QuotaExceededError');
    return realPut.apply(this, args);
  });
}

/** Runs `work` on the raw database, as another version of the page might. */
export async function withRawDatabase<T>(work: (db: IDBDatabase) => T): Promise<T> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('constela');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const result = work(db);
  db.close();
  return result;
}

export async function putRaw(store: string, value: unknown, key?: IDBValidKey): Promise<void> {
  await withRawDatabase((db) => {
    const tx = db.transaction(store, 'readwrite');
    tx.objectStore(store).put(value, key);
    return new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
  });
}
