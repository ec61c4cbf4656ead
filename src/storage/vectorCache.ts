import { MemoryVectors } from './memoryVectors';
import type { CachedVector } from './memoryVectors';
import type { Database, Kept, Transaction } from './database';

export type { CachedVector } from './memoryVectors';

export interface VectorEntry extends CachedVector {
  readonly key: string;
}

export interface VectorCacheOptions {
  /** Bytes, on disk or in memory; without it, 256 MB or a fifth of the quota on disk, whichever is less, and 64 MB in memory. */
  readonly limit?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const diskLimit = 256e6;
const memoryLimit = 64e6;
const day = 24 * 60 * 60 * 1000;
/** What an entry takes beside its numbers: 2,370 to 2,470 bytes of Chromium's quota went for 1,536 of vector. */
const entryOverhead = 900;
/** Evicting down to this share of the limit makes room for many more: a full cache does not evict at every write. */
const evictTo = 0.95;

/** Into how many reads a bulk read is cut. */
const runs = 16;

/** A record of the store: `used` in ms, `bytes` as counted against the limit. */
interface VectorRecord extends VectorEntry {
  readonly used: number;
  readonly bytes: number;
}

async function defaultLimit(): Promise<number> {
  try {
    const { quota = Infinity } = await navigator.storage.estimate();
    return Math.min(diskLimit, quota / 5);
  } catch {
    // Not a secure context, or an old browser: a full disk is still noticed when it is written to.
    return diskLimit;
  }
}

/**
 * Vectors by `vectorKey`, so that no text is embedded twice by the same model. Least recently used out first. A read counts
 * as use to the day only: it is written down when the last one is older than that, so most reads write nothing.
 * What storage does not take is kept in memory.
 */
export class VectorCache {
  readonly #database: Database;
  readonly #limit: Promise<number>;
  readonly #now: () => number;
  readonly #memory: MemoryVectors;
  /** Chromium frees deleted space only later: giving back at every refusal would empty the cache for nothing. */
  #gaveBack = false;

  constructor(database: Database, { limit, now = Date.now }: VectorCacheOptions = {}) {
    this.#database = database;
    this.#limit = limit === undefined ? defaultLimit() : Promise.resolve(limit);
    this.#now = now;
    this.#memory = new MemoryVectors(limit ?? memoryLimit);
  }

  /** What is known, in the order of `keys`. With `dim`, a vector of another length is not known. */
  async getMany(keys: readonly string[], dim?: number): Promise<(CachedVector | undefined)[]> {
    const records = await this.#database.read(['vectors'], (tx) => readRecords(tx, keys));
    const now = this.#now();
    const stale: VectorRecord[] = [];
    const found = keys.map((key, i) => {
      const record = records?.[i];
      if (!isRecord(record, dim)) return this.#memory.get(key);
      if (Math.abs(now - record.used) > day) stale.push(record);
      return { vector: record.vector, truncated: record.truncated };
    });
    // Not awaited: whoever asked for vectors need not wait for their stamps. A failure only leaves the stamps old.
    if (stale.length > 0) void this.#touch(stale, now);
    return found;
  }

  /** Keeps the vectors (any length; copied). Those that storage does not take are kept in memory. */
  async putMany(entries: readonly VectorEntry[]): Promise<Kept> {
    const used = this.#now();
    // A view is stored with all of its buffer, so each vector gets its own.
    const records = entries.map(({ key, vector, truncated }): VectorRecord => {
      return { key, vector: vector.slice(), truncated, used, bytes: vector.byteLength + entryOverhead };
    });
    const limit = await this.#limit;
    const write = () => this.#database.write(['vectors'], (tx) => put(tx, records, limit));
    let kept = await write();
    if (kept === 'full' && !this.#gaveBack) {
      // The quota is shared with all else that the origin keeps: give half of the cache back, and try once more.
      this.#gaveBack = true;
      await this.#database.write(['vectors'], async (tx) => evict(tx, (await measure(tx)).bytes / 2));
      kept = await write();
    }
    if (kept === 'kept') this.#gaveBack = false;
    else for (const entry of records) this.#memory.put(entry.key, entry);
    return kept;
  }

  /** Whether so many vectors can be kept together: more push each other out. */
  async fits(vectors: number, dim: number): Promise<boolean> {
    return vectors * (dim * Float32Array.BYTES_PER_ELEMENT + entryOverhead) <= (await this.#limit) * evictTo;
  }

  async removeMany(keys: readonly string[]): Promise<Kept> {
    for (const key of keys) this.#memory.remove(key);
    return this.#database.write(['vectors'], async (tx) => {
      const store = tx.objectStore('vectors');
      await Promise.all(keys.map((key) => store.delete(key)));
    });
  }

  async clear(): Promise<Kept> {
    this.#memory.clear();
    return this.#database.write(['vectors'], (tx) => tx.objectStore('vectors').clear());
  }

  /** Bytes on disk, as they are counted against the limit. */
  async bytes(): Promise<number> {
    return (await this.#database.read(['vectors'], measure))?.bytes ?? 0;
  }

  /** Stamps entries that are still there: one that was removed since it was read must not come back. */
  async #touch(records: readonly VectorRecord[], used: number): Promise<void> {
    await this.#database.write(['vectors'], async (tx) => {
      const store = tx.objectStore('vectors');
      await Promise.all(
        records.map(async (record) => {
          if ((await store.getKey(record.key)) !== undefined) await store.put({ ...record, used });
        }),
      );
    });
  }
}

/**
 * The records of `keys`, in their order. Where they are at least half of the store (a reload asks for a whole collection),
 * everything between the first and the last is read in a few runs and sorted out here: in Chromium 5,000 of 5,000 took a
 * seventh to a third of the time of single reads, and 5,000 of 10,000 about as long as them.
 */
async function readRecords(tx: Transaction<'readonly'>, keys: readonly string[]): Promise<unknown[]> {
  const store = tx.objectStore('vectors');
  const worthRuns = keys.length > runs && keys.length * 2 >= (await store.count());
  if (!worthRuns) return Promise.all(keys.map((key) => store.get(key)));
  const sorted = [...keys].sort();
  const length = Math.ceil(sorted.length / runs);
  const reads: Promise<unknown[]>[] = [];
  for (let from = 0; from < sorted.length; from += length) {
    const to = Math.min(from + length, sorted.length) - 1;
    reads.push(store.getAll(IDBKeyRange.bound(sorted[from], sorted[to])));
  }
  const byKey = new Map((await Promise.all(reads)).flat().map((record) => [keyOf(record), record]));
  return keys.map((key) => byKey.get(key));
}

const keyOf = (record: unknown): unknown => (typeof record === 'object' && record && 'key' in record ? record.key : '');

/** Writes the records, and makes room for them in the same transaction: no reader sees the cache above its limit. */
async function put(tx: Transaction<'readwrite'>, records: readonly VectorRecord[], limit: number): Promise<void> {
  const store = tx.objectStore('vectors');
  await Promise.all(records.map((record) => store.put(record)));
  if ((await measure(tx)).bytes > limit) await evict(tx, limit * evictTo);
}

function isRecord(value: unknown, dim?: number): value is VectorRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { vector, truncated, used } = value as Partial<Record<keyof VectorRecord, unknown>>;
  if (!(vector instanceof Float32Array) || typeof truncated !== 'boolean' || typeof used !== 'number') return false;
  let sum = 0;
  for (const x of vector) sum += x * x;
  return Number.isFinite(sum) && (dim === undefined || vector.length === dim);
}

/**
 * Entries and their bytes. Vectors have few different lengths, so counting each length in its index is enough: 10 ms for
 * 50,000 entries in Chromium, where a cursor over 2,000 takes 50 to 160.
 */
async function measure(tx: Transaction<'readonly' | 'readwrite'>): Promise<{ entries: number; bytes: number }> {
  const sizes = tx.objectStore('vectors').index('bytes');
  let entries = 0;
  let bytes = 0;
  let cursor = await sizes.openKeyCursor(null, 'nextunique');
  for (; cursor; cursor = await cursor.continue()) {
    const count = await sizes.count(cursor.key);
    entries += count;
    bytes += count * cursor.key;
  }
  return { entries, bytes };
}

/** Deletes least recently used entries, a batch at a time, until at most `target` bytes are left. */
async function evict(tx: Transaction<'readwrite'>, target: number): Promise<void> {
  const store = tx.objectStore('vectors');
  for (;;) {
    const { entries, bytes } = await measure(tx);
    if (bytes <= target) return;
    const batch = Math.ceil((bytes - target) / (bytes / entries));
    const keys = await store.index('used').getAllKeys(null, batch);
    if (keys.length === 0) return;
    await Promise.all(keys.map((key) => store.delete(key)));
  }
}
