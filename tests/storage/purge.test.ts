import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CachedSpaces } from '../../src/storage/cachedSpaces';
import { openDatabase } from '../../src/storage/database';
import { Purge } from '../../src/storage/purge';
import { VectorCache } from '../../src/storage/vectorCache';
import { fillDisk, freshIndexedDb, refusedDatabase } from './indexedDb';
import type { Database } from '../../src/storage/database';

async function open(database: Database) {
  const vectors = new VectorCache(database);
  const purge = new Purge(database, vectors);
  const left = async () => (await vectors.getMany(['a', 'b', 'c'])).map(Boolean);
  await vectors.putMany(['a', 'b', 'c'].map((key) => ({ key, vector: Float32Array.of(1), truncated: false })));
  return { vectors, purge, left };
}

/** Texts of one vector each, whose key is their name. */
const deleted = (...names: string[]) => new Map(names.map((name) => [name, [name]]));

beforeEach(() => void freshIndexedDb());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('removes what is pending at the next start, even after a crash', async () => {
  const first = await openDatabase();
  expect(await (await open(first)).purge.schedule(deleted('a', 'b'))).toBe('kept');
  await first.close();
  const database = await openDatabase();
  const vectors = new VectorCache(database);
  const purge = new Purge(database, vectors);
  expect(await purge.pending()).toEqual(deleted('a', 'b'));
  await purge.purgeAll();
  expect((await vectors.getMany(['a', 'b', 'c'])).map(Boolean)).toEqual([false, false, true]);
  expect(await purge.pending()).toEqual(new Map());
});

it('spares, on disk and in memory, what was cancelled and what another text needs', async () => {
  for (const database of [await openDatabase(), await refusedDatabase()]) {
    const { purge, left } = await open(database);
    await purge.schedule(deleted('a', 'b', 'c'));
    await purge.cancel(['a']);
    await purge.purgeAll(new Set(['b']));
    expect(await left()).toEqual([true, true, false]);
    // What was spared is in use, and no longer waits.
    expect(await purge.pending()).toEqual(new Map());
  }
});

it('removes, of the keys whose undo expired, only those that wait', async () => {
  const { purge, left } = await open(await openDatabase());
  await purge.schedule(deleted('a', 'b'));
  await purge.cancel(['b']);
  await purge.purge(['a', 'b', 'c']);
  expect(await left()).toEqual([false, true, true]);
});

it('leaves keys waiting when their vectors could not be removed', async () => {
  const database = await openDatabase();
  const purge = new Purge(database, { removeMany: async () => 'full' });
  await purge.schedule(deleted('a'));
  expect(await purge.purgeAll()).toBe('full');
  expect(await purge.pending()).toEqual(deleted('a'));
});

it('works until the page closes when the list could not be written', async () => {
  const { purge, left } = await open(await openDatabase());
  fillDisk(1);
  expect(await purge.schedule(deleted('a'))).toBe('full');
  await purge.purgeAll();
  expect(await left()).toEqual([false, true, true]);
});

it('removes all vectors of a text, and none for what an earlier version noted', async () => {
  const database = await openDatabase();
  const { purge, left } = await open(database);
  await database.write(['purge'], async (tx) => void (await tx.objectStore('purge').put(1700000000000, 'c')));
  await purge.schedule(new Map([['text', ['a', 'b']]]));
  await purge.purgeAll();
  expect(await left()).toEqual([false, false, true]);
  expect(await purge.pending()).toEqual(new Map());
});

it('knows of which spaces there are vectors, each once, in every tab', async () => {
  const database = await openDatabase();
  const spaces = new CachedSpaces(database);
  const [one, other] = [
    { identity: 'ab12', prompt: '{text}' },
    { identity: 'ab12', prompt: 'query: {text}' },
  ];
  for (const space of [one!, other!, one!]) await spaces.note(space);
  await new CachedSpaces(database).note(other!);
  expect(await new CachedSpaces(database).list()).toEqual([one, other]);
  // What cannot be read as such is none.
  await database.write(
    ['settings'],
    async (tx) => void (await tx.objectStore('settings').put([1, { identity: 2 }], 'vectorSpaces')),
  );
  expect(await spaces.list()).toEqual([]);
});
