/**
 * The one IndexedDB database, as a door that may be shut: storage that is refused, blocked or full is not a failure. Every
 * call says what became of it, and the stores above fall back to memory.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';

/** What became of a write. `refused`: there is no storage (it lasts until the page closes). `full`: the quota is used up. */
export type Kept = 'kept' | 'refused' | 'full';

/** Why nothing is remembered any more: deleted by a tab, upgraded by a newer version of the page, or closed by the browser. */
export type Loss = 'forgotten' | 'outdated' | 'refused';

/** Values that are read are `unknown`: they were written by some version of the page, and are checked where they are used. */
export interface Schema extends DBSchema {
  /** By `id`; the index holds the whole summary, so that a list reads no collection. */
  collections: { key: string; value: unknown; indexes: { summary: [number, string, number] } };
  settings: { key: string; value: unknown };
  /** By `key`; `used` orders by last use, `bytes` by size. */
  vectors: { key: string; value: unknown; indexes: { used: number; bytes: number } };
  /** By the name of a deleted text, the keys of its vectors, which go when its undo expires. */
  purge: { key: string; value: unknown };
}

type StoreName = StoreNames<Schema>;
export type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, StoreName[], Mode>;

export const databaseName = 'constela';
const version = 1;

/** Opening waits for other tabs (an upgrade, a deletion) at most this long, in ms; then the page works from memory. */
const defaultPatience = 3000;

/** What a browser throws when the storage itself fails. Anything else is a fault of ours and is thrown on. */
const storageFailures = new Set([
  'AbortError',
  'InvalidStateError',
  'NotFoundError',
  'NotReadableError',
  'SecurityError',
  'TimeoutError',
  'UnknownError',
  'VersionError',
]);

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');
const isFull = (error: unknown) => nameOf(error) === 'QuotaExceededError';

export class Database {
  readonly #name: string;
  readonly #patience: number;
  readonly #listeners = new Set<(loss: Loss) => void>();
  /** `undefined` once nothing is remembered any more. */
  #connection: Promise<IDBPDatabase<Schema> | undefined> | undefined;

  /** Starts to open the database; `openDatabase` also waits for it. */
  constructor(name: string, patience: number) {
    this.#name = name;
    this.#patience = patience;
    this.#connection = this.#connect();
  }

  /** Settled once it is known whether anything is remembered. */
  async opened(): Promise<void> {
    await this.#connection;
  }

  /** Whether what is written now outlives the page. */
  get remembered(): boolean {
    return this.#connection !== undefined;
  }

  /** Calls `listener` when a database that remembered stops doing so; returns what removes it. */
  onLost(listener: (loss: Loss) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What `work` reads in one transaction; `undefined` without storage. */
  async read<T>(stores: StoreName[], work: (tx: Transaction<'readonly'>) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#transact(stores, 'readonly', work);
    } catch (error) {
      if (storageFailures.has(nameOf(error))) return undefined;
      throw error;
    }
  }

  /** Runs `work` in one transaction, wholly or not at all, and says what became of it. */
  async write(stores: StoreName[], work: (tx: Transaction<'readwrite'>) => Promise<void>): Promise<Kept> {
    try {
      const done = await this.#transact(stores, 'readwrite', (tx) => work(tx).then(() => true));
      return done ? 'kept' : 'refused';
    } catch (error) {
      if (isFull(error)) return 'full';
      if (storageFailures.has(nameOf(error))) return 'refused';
      throw error;
    }
  }

  /** Closes the connection for good; from then on nothing is remembered. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    (await connection)?.close();
  }

  async #transact<T, Mode extends 'readonly' | 'readwrite'>(
    stores: StoreName[],
    mode: Mode,
    work: (tx: Transaction<Mode>) => Promise<T>,
  ): Promise<T | undefined> {
    const connection = await this.#connection;
    if (!connection) return undefined;
    const tx = connection.transaction(stores, mode);
    // What the transaction ended with is read below; without this, one that ends early would be an unhandled rejection.
    const ending = tx.done.catch((reason: unknown) => reason);
    try {
      // Together: Chromium leaves a request unanswered when its transaction finds the disk full while it commits.
      const [result] = await Promise.all([work(tx), tx.done]);
      return result;
    } catch (error) {
      try {
        tx.abort();
      } catch {
        // It has ended by itself, and that is why `work` failed.
      }
      // A full disk ends the transaction; its requests only say that they were aborted.
      const reason = await ending;
      throw isFull(reason) ? reason : error;
    }
  }

  async #connect(): Promise<IDBPDatabase<Schema> | undefined> {
    const connection = await new Promise<IDBPDatabase<Schema> | undefined>((resolve) => {
      let waiting = true;
      const settle = (opened?: IDBPDatabase<Schema>) => {
        waiting = false;
        clearTimeout(timer);
        resolve(opened);
      };
      const timer = setTimeout(settle, this.#patience);
      // Within a promise, because a browser that refuses storage may throw at the mere name of `indexedDB`.
      Promise.resolve()
        .then(() => openDB<Schema>(this.#name, version, { upgrade, blocking: this.#giveWay, terminated: this.#reopen }))
        .then(
          (opened) => (waiting ? settle(opened) : opened.close()),
          () => settle(),
        );
    });
    if (!connection) {
      this.#connection = undefined;
      this.#tell('refused');
    }
    return connection;
  }

  /** Another tab deletes or upgrades the database: it waits for this connection to close. */
  readonly #giveWay = (_current: number, wanted: number | null) => {
    void this.close();
    this.#tell(wanted === null ? 'forgotten' : 'outdated');
  };

  /** The browser closed the connection (Safari does so to pages in the background): the next call waits for a new one. */
  readonly #reopen = () => {
    if (this.#connection) this.#connection = this.#connect();
  };

  #tell(loss: Loss): void {
    for (const listener of this.#listeners) listener(loss);
  }
}

/** Opens the database, or a `Database` that remembers nothing; never rejects. `patience` in ms. */
export async function openDatabase(name = databaseName, patience = defaultPatience): Promise<Database> {
  const database = new Database(name, patience);
  await database.opened();
  return database;
}

function upgrade(connection: IDBPDatabase<Schema>): void {
  connection.createObjectStore('collections', { keyPath: 'id' }).createIndex('summary', ['updated', 'name', 'count']);
  connection.createObjectStore('settings');
  const vectors = connection.createObjectStore('vectors', { keyPath: 'key' });
  vectors.createIndex('used', 'used');
  vectors.createIndex('bytes', 'bytes');
  connection.createObjectStore('purge');
}
