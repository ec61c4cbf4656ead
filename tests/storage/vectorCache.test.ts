import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/storage/database';
import { VectorCache } from '../../src/storage/vectorCache';
import { vectorKey } from '../../src/storage/vectorKey';
import { fillDisk, freshIndexedDb, putRaw, refusedDatabase } from './indexedDb';

const day = 24 * 60 * 60 * 1000;
/** What an entry of `dim` numbers counts for: 4 bytes a number and 900 beside them. */
const sizeOf = (dim: number) => 4 * dim + 900;
const entry = (key: string, ...values: number[]) => ({ key, vector: Float32Array.from(values), truncated: false });
const bitsOf = (vector: Float32Array | undefined) => vector && [...new Uint32Array(vector.slice().buffer)];

beforeEach(() => void freshIndexedDb());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('vectorKey', () => {
  it('is the sha256 of the JSON of its parts', async () => {
    // Node's own sha256, over the JSON written by hand.
    const expected = createHash('sha256').update('["ab12","query: {text}","caf\u00e9 \\"x\\""]', 'utf8').digest('hex');
    expect(await vectorKey('ab12', 'query: {text}', 'café "x"')).toBe(expected);
  });

  it('keeps parts apart, however they are cut, and texts apart that UTF-8 would make alike', async () => {
    const parts = [
      ['a', 'b', 'c'],
      ['ab', '', 'c'],
      ['a', 'bc', ''],
      ['a', 'b","c', ''],
      ['a', 'b', 'c\ud800'],
      ['a', 'b', 'c\ud801'],
      ['a', 'b', 'c\ufffd'],
    ] as const;
    expect(new Set(await Promise.all(parts.map(([model, prompt, text]) => vectorKey(model, prompt, text)))).size).toBe(
      parts.length,
    );
  });

  it('says what is missing off HTTPS', async () => {
    vi.stubGlobal('crypto', {});
    await expect(vectorKey('a', '{text}', 'b')).rejects.toMatchObject({ code: 'hashingUnavailable' });
  });
});

describe('a cache', () => {
  it('gives back what was put, to the bit, on disk and in memory', async () => {
    const vectors = fc.uniqueArray(
      fc.record({
        key: fc.string({ minLength: 1 }),
        vector: fc.float32Array({ minLength: 1, maxLength: 12, noNaN: true, noDefaultInfinity: true }),
        truncated: fc.boolean(),
      }),
      { selector: ({ key }) => key, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(vectors, fc.boolean(), async (entries, refused) => {
        if (!refused) freshIndexedDb();
        const cache = new VectorCache(refused ? await refusedDatabase() : await openDatabase());
        const copies = entries.map(({ vector }) => bitsOf(vector as Float32Array));
        await cache.putMany(entries.map((one) => ({ ...one, vector: Float32Array.from(one.vector) })));
        const found = await cache.getMany([...entries.map(({ key }) => key), 'no such key']);
        expect(found.pop()).toBeUndefined();
        expect(found.map((one) => bitsOf(one?.vector))).toEqual(copies);
        expect(found.map((one) => one?.truncated)).toEqual(entries.map(({ truncated }) => truncated));
      }),
      { numRuns: 60 },
    );
  });

  it('holds copies: neither what is done to a batch nor its other rows come along', async () => {
    for (const database of [await openDatabase(), await refusedDatabase()]) {
      const cache = new VectorCache(database);
      const batch = Float32Array.of(1, 2, 3, 4);
      await cache.putMany([{ key: 'a', vector: batch.subarray(2), truncated: false }]);
      batch.fill(0);
      const [found] = await cache.getMany(['a']);
      expect([...found!.vector]).toEqual([3, 4]);
      expect(found!.vector.buffer.byteLength).toBe(8);
    }
  });

  it('survives a reload, and is emptied by keys or wholly', async () => {
    const first = await openDatabase();
    await new VectorCache(first).putMany([entry('a', 1), entry('b', 2), entry('c', 3)]);
    await first.close();
    const cache = new VectorCache(await openDatabase());
    await cache.removeMany(['b', 'never there']);
    expect((await cache.getMany(['a', 'b', 'c'])).map((one) => one?.vector[0])).toEqual([1, undefined, 3]);
    await cache.clear();
    expect(await cache.getMany(['a', 'c'])).toEqual([undefined, undefined]);
    expect(await cache.bytes()).toBe(0);
  });

  it('finds a few, half or all of what it holds, in the order asked, with what it lacks between', async () => {
    const cache = new VectorCache(await openDatabase());
    const all = Array.from({ length: 120 }, (_, i) => `${(i * 7919) % 120} \u00e9`);
    await cache.putMany(all.map((key, i) => entry(key, i)));
    const asked = fc.array(fc.oneof(fc.constantFrom(...all), fc.constantFrom('0', '5 f', 'z')), { maxLength: 200 });
    const single = vi.spyOn(IDBObjectStore.prototype, 'get');
    let bulk = 0;
    await fc.assert(
      fc.asyncProperty(asked, async (keys) => {
        single.mockClear();
        const found = await cache.getMany(keys);
        expect(found.map((one) => one?.vector[0])).toEqual(
          keys.map((key) => (all.includes(key) ? all.indexOf(key) : undefined)),
        );
        if (single.mock.calls.length < keys.length) bulk++;
      }),
      { numRuns: 60, examples: [[all]] },
    );
    expect(bulk).toBeGreaterThan(0);
  });

  it('does not know records of another shape, or vectors of another length', async () => {
    const cache = new VectorCache(await openDatabase());
    const whole = { key: 'whole', vector: Float32Array.of(1, 0), truncated: false, used: 1, bytes: 908 };
    await putRaw('vectors', whole);
    await putRaw('vectors', { ...whole, key: 'numbers', vector: [1, 0] });
    await putRaw('vectors', { ...whole, key: 'nan', vector: Float32Array.of(1, NaN) });
    await putRaw('vectors', { ...whole, key: 'flag', truncated: 'no' });
    await putRaw('vectors', { key: 'bare' });
    const keys = ['whole', 'numbers', 'nan', 'flag', 'bare'];
    expect((await cache.getMany(keys)).map((one) => one !== undefined)).toEqual([true, false, false, false, false]);
    expect(await cache.getMany(['whole'], 3)).toEqual([undefined]);
    expect((await cache.getMany(['whole'], 2))[0]?.vector).toHaveLength(2);
  });
});

describe('what is evicted', () => {
  it('is what was put longest ago', async () => {
    let time = 0;
    const cache = new VectorCache(await openDatabase(), { limit: 4 * sizeOf(2), now: () => ++time });
    for (const key of ['z', 'y', 'x', 'w']) await cache.putMany([entry(key, 1, 0)]);
    expect(await cache.bytes()).toBe(4 * sizeOf(2));
    await cache.putMany([entry('v', 1, 0)]);
    // Five are too many for the limit, and four for 95 % of it, to which an eviction goes down.
    expect((await cache.getMany(['z', 'y', 'x', 'w', 'v'])).map(Boolean)).toEqual([false, false, true, true, true]);
  });

  it('is nothing of what fits, and of more some, so that it is told before', async () => {
    const cache = new VectorCache(await openDatabase(), { limit: 20 * sizeOf(2) });
    const left = async (count: number) => {
      const keys = Array.from({ length: count }, (_, i) => `${i}`);
      await cache.putMany(keys.map((key) => entry(key, 1, 0)));
      return (await cache.getMany(keys)).filter(Boolean).length;
    };
    // An eviction goes down to 95 %.
    expect([await cache.fits(19, 2), await cache.fits(20, 2), await cache.fits(19, 3)]).toEqual([true, false, false]);
    expect(await left(19)).toBe(19);
    expect(await left(21)).toBe(19);
  });

  it('spares what was read since, to the day, and stamps it only then', async () => {
    let time = 10 * day;
    const cache = new VectorCache(await openDatabase(), { limit: 3 * sizeOf(1), now: () => time });
    await cache.putMany([entry('old', 1)]);
    time += 1000;
    await cache.putMany([entry('newer', 2), entry('newest', 3)]);
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put');
    await cache.getMany(['old']);
    await cache.bytes();
    expect(puts).not.toHaveBeenCalled();
    time += day;
    await cache.getMany(['old']);
    await cache.bytes();
    expect(puts).toHaveBeenCalledTimes(1);
    time += 1000;
    await cache.putMany([entry('last', 4)]);
    expect((await cache.getMany(['old', 'newer', 'newest', 'last'])).map(Boolean)).toEqual([true, false, false, true]);
  });

  it('does not come back by being stamped', async () => {
    let time = 0;
    const cache = new VectorCache(await openDatabase(), { now: () => time });
    await cache.putMany([entry('deleted', 1), entry('kept', 2)]);
    time = 2 * day;
    const read = cache.getMany(['deleted', 'kept']);
    const removed = cache.removeMany(['deleted']);
    await Promise.all([read, removed]);
    expect((await cache.getMany(['deleted', 'kept'])).map(Boolean)).toEqual([false, true]);
  });

  it('is enough, always, and the oldest: any writes and reads against a model of the rule', async () => {
    const steps = fc.array(
      fc.record({
        keys: fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 4 }),
        dim: fc.constantFrom(1, 300, 600),
        read: fc.boolean(),
      }),
      { minLength: 1, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 500, max: 12_000 }), async (all, limit) => {
        freshIndexedDb();
        let time = 0;
        const cache = new VectorCache(await openDatabase(), { limit, now: () => time });
        const used = new Map<string, number>();
        for (const { keys, dim, read } of all) {
          time += 2 * day;
          const touched = read ? keys.filter((key) => used.has(key)) : keys;
          if (read) await cache.getMany(keys);
          else {
            const vector = new Float32Array(dim).fill(0.5);
            expect(await cache.putMany(keys.map((key) => ({ key, vector, truncated: false })))).toBe('kept');
          }
          for (const key of touched) used.set(key, time);
          expect(await cache.bytes()).toBeLessThanOrEqual(limit);
          // Asked at the same moment, so that asking is no use of its own.
          const names = [...used.keys()];
          const there = (await cache.getMany(names)).map(Boolean);
          await cache.bytes();
          const gone = names.filter((_, i) => !there[i]);
          const left = names.filter((_, i) => there[i]);
          const newestGone = Math.max(-1, ...gone.map((key) => used.get(key)!));
          const oldestLeft = Math.min(Infinity, ...left.map((key) => used.get(key)!));
          expect(newestGone).toBeLessThanOrEqual(oldestLeft);
          for (const key of gone) used.delete(key);
          for (const key of left) used.set(key, time);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the oldest in memory, too, where no more than the limit is held', async () => {
    const cache = new VectorCache(await refusedDatabase(), { limit: 12 });
    await cache.putMany([entry('a', 1), entry('b', 2), entry('c', 3)]);
    await cache.getMany(['a']);
    await cache.putMany([entry('d', 4)]);
    expect((await cache.getMany(['a', 'b', 'c', 'd'])).map(Boolean)).toEqual([true, false, true, true]);
    await cache.putMany([entry('too long', 1, 2, 3, 4)]);
    expect((await cache.getMany(['a', 'd', 'too long'])).map(Boolean)).toEqual([false, false, false]);
  });
});

describe('a full disk', () => {
  it('makes the cache give half of itself back and try once more', async () => {
    let time = 0;
    const cache = new VectorCache(await openDatabase(), { now: () => ++time });
    for (const key of ['a', 'b', 'c', 'd']) await cache.putMany([entry(key, 1)]);
    fillDisk(1);
    expect(await cache.putMany([entry('e', 1)])).toBe('kept');
    expect((await cache.getMany(['a', 'b', 'c', 'd', 'e'])).map(Boolean)).toEqual([false, false, true, true, true]);
  });

  it('that stays full leaves new vectors in memory', async () => {
    const cache = new VectorCache(await openDatabase());
    fillDisk();
    expect(await cache.putMany([entry('a', 1)])).toBe('full');
    expect((await cache.getMany(['a']))[0]?.vector[0]).toBe(1);
    expect(await cache.bytes()).toBe(0);
  });

  it('that frees no space is given half of the cache once, not at every write', async () => {
    let time = 0;
    const cache = new VectorCache(await openDatabase(), { now: () => ++time });
    const keys = [...'abcdefgh'];
    for (const key of keys) await cache.putMany([entry(key, 1)]);
    fillDisk(5);
    for (const key of ['1', '2', '3', '4']) expect(await cache.putMany([entry(key, 1)])).toBe('full');
    expect(await cache.bytes()).toBe(4 * sizeOf(1));
    expect(await cache.putMany([entry('5', 1)])).toBe('kept');
    fillDisk(1);
    expect(await cache.putMany([entry('6', 1)])).toBe('kept');
    // Of e, f, g, h and 5, the newer half at most.
    expect((await cache.getMany(['f', 'g', 'h', '5', '6'])).map(Boolean)).toEqual([false, false, true, true, true]);
  });

  it('is kept away by a limit of a fifth of the quota', async () => {
    vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 5 * 3 * sizeOf(1) }) } });
    let time = 0;
    const cache = new VectorCache(await openDatabase(), { now: () => ++time });
    for (const key of ['a', 'b', 'c', 'd']) await cache.putMany([entry(key, 1)]);
    expect((await cache.getMany(['a', 'b', 'c', 'd'])).map(Boolean)).toEqual([false, false, true, true]);
  });
});
