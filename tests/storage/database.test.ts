import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/storage/database';
import { openStorage } from '../../src/storage/storage';
import { fillDisk, freshIndexedDb, refusedDatabase } from './indexedDb';
import type { Database, Loss } from '../../src/storage/database';

const putTheme = (database: Database) =>
  database.write(['settings'], async (tx) => {
    await tx.objectStore('settings').put('dark', 'theme');
  });
const getTheme = (database: Database) => database.read(['settings'], (tx) => tx.objectStore('settings').get('theme'));
/** What a browser does to a page in the background. The library's type asks for the class where it wants a connection. */
const closeByBrowser = forceCloseDatabase as unknown as (connection: IDBDatabase) => void;
/** Losses in the order in which they are told. */
function listen(database: Database): Loss[] {
  const losses: Loss[] = [];
  database.onLost((loss) => losses.push(loss));
  return losses;
}

beforeEach(() => void freshIndexedDb());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a database that is there', () => {
  it('keeps what is written for the next opening', async () => {
    const first = await openDatabase();
    expect(first.remembered).toBe(true);
    expect(await putTheme(first)).toBe('kept');
    await first.close();
    expect(await getTheme(await openDatabase())).toBe('dark');
  });

  it('remembers nothing after it was closed', async () => {
    const database = await openDatabase();
    await database.close();
    expect(database.remembered).toBe(false);
    expect(await putTheme(database)).toBe('refused');
  });

  it('says what became of a transaction that ended without answering its requests', async () => {
    const database = await openDatabase();
    const write = database.write(['settings'], (tx) => {
      tx.abort();
      return new Promise(() => undefined);
    });
    expect(await write).toBe('refused');
  });

  it('writes wholly or not at all, and passes our own faults on', async () => {
    const database = await openDatabase();
    const fault = new TypeError('a fault of ours');
    const write = database.write(['settings'], async (tx) => {
      await tx.objectStore('settings').put('dark', 'theme');
      throw fault;
    });
    await expect(write).rejects.toBe(fault);
    expect(await getTheme(database)).toBeUndefined();
    await expect(
      database.write(['settings'], async (tx) => {
        await tx.objectStore('settings').put(() => 'not plain data', 'theme');
      }),
    ).rejects.toMatchObject({ name: 'DataCloneError' });
  });

  it('tells a full disk from a refusal', async () => {
    const database = await openDatabase();
    fillDisk();
    expect(await putTheme(database)).toBe('full');
    expect(database.remembered).toBe(true);
  });

  it('takes the reason of the transaction where a request only says that it was aborted', async () => {
    // As Firefox and Chromium do when the disk fills up at the commit.
    const database = await openDatabase();
    const kept = await database.write(['settings'], async (tx) => {
      const put = tx.objectStore('settings').put('dark', 'theme');
      Object.defineProperty(tx, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
      tx.abort();
      await put;
    });
    expect(kept).toBe('full');
  });
});

describe('a database that goes away', () => {
  it('gives way to a deletion', async () => {
    const database = await openDatabase();
    const losses = listen(database);
    await deleteDB('constela');
    expect(losses).toEqual(['forgotten']);
    expect(database.remembered).toBe(false);
    expect(await putTheme(database)).toBe('refused');
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('gives way to a newer version of the page, and stays away from its data', async () => {
    const database = await openDatabase();
    const losses = listen(database);
    const newer = await openDB('constela', 2);
    expect(losses).toEqual(['outdated']);
    expect((await openDatabase()).remembered).toBe(false);
    newer.close();
  });

  it('opens again after the browser closed the connection', async () => {
    const connections: IDBDatabase[] = [];
    const { open } = IDBFactory.prototype;
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => connections.push(request.result));
      return request;
    });
    const database = await openDatabase();
    const losses = listen(database);
    await putTheme(database);
    closeByBrowser(connections[0]!);
    expect(await getTheme(database)).toBe('dark');
    expect(connections).toHaveLength(2);
    expect(losses).toEqual([]);

    vi.stubGlobal('indexedDB', undefined);
    closeByBrowser(connections[1]!);
    expect(await getTheme(database)).toBeUndefined();
    expect(losses).toEqual(['refused']);
    expect(database.remembered).toBe(false);
  });
});

describe('storage that is refused', () => {
  const ways: Record<string, () => unknown> = {
    'is missing': () => undefined,
    'throws at open': () => ({
      open: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
    'never answers': () => ({ open: () => new EventTarget() }),
  };
  for (const [way, factory] of Object.entries(ways)) {
    it(`${way}: works from memory, and says so`, async () => {
      vi.stubGlobal('indexedDB', factory());
      const database = await openDatabase('constela', 0);
      expect(database.remembered).toBe(false);
      expect(await putTheme(database)).toBe('refused');
      expect(await getTheme(database)).toBeUndefined();
    });
  }

  it('is blocked by another tab: works from memory, and lets go of a connection that comes late', async () => {
    const stubborn = await openDB('constela', 1);
    const deleted = deleteDB('constela');
    const database = await openDatabase('constela', 0);
    expect(database.remembered).toBe(false);
    stubborn.close();
    await deleted;
    const blocked = vi.fn();
    await deleteDB('constela', { blocked });
    expect(blocked).not.toHaveBeenCalled();
    expect(await putTheme(database)).toBe('refused');
  });

  it('throws at its very name', async () => {
    vi.stubGlobal('indexedDB', undefined);
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect((await openDatabase()).remembered).toBe(false);
  });

  it('leaves every store usable until the page closes', async () => {
    await refusedDatabase();
    const { database, settings, vectors, purge } = await openStorage();
    expect(database.remembered).toBe(false);
    expect(await settings.save({ theme: 'light' })).toBe('refused');
    expect((await settings.load()).theme).toBe('light');
    const vector = Float32Array.of(0.6, 0.8);
    expect(await vectors.putMany([{ key: 'a', vector, truncated: true }])).toBe('refused');
    expect(await vectors.getMany(['a', 'b'])).toEqual([{ vector, truncated: true }, undefined]);
    await purge.schedule(new Map([['text', ['a']]]));
    await purge.purgeAll();
    expect(await vectors.getMany(['a'])).toEqual([undefined]);
  });
});
