/** What the page keeps in this browser, read and taken away behind its back. */
import type { Page } from '@playwright/test';

/** What a store of the page's database answers. */
function askStore(page: Page, store: string, question: 'count' | 'getAll' | 'clear'): Promise<unknown> {
  return page.evaluate(
    async ({ store, question }) => {
      const answer = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await answer(indexedDB.open('constela'));
      const records = database.transaction(store, 'readwrite').objectStore(store);
      const asked = {
        count: () => answer(records.count()),
        getAll: () => answer(records.getAll()),
        clear: () => answer(records.clear()),
      };
      const result: unknown = await asked[question]();
      database.close();
      return result;
    },
    { store, question },
  );
}

/** How many texts each saved collection has, and how many of them are selected. */
export async function savedCounts(page: Page): Promise<[texts: number, selected: number][]> {
  const stored = (await askStore(page, 'collections', 'getAll')) as { count: number; selection: unknown[] }[];
  return stored.map(({ count, selection }) => [count, selection.length]);
}

/** How many vectors are remembered, of whatever collection. */
export async function countVectors(page: Page): Promise<number> {
  return Number(await askStore(page, 'vectors', 'count'));
}

/** Forgets all vectors, as a browser does that is short of room. */
export async function forgetVectors(page: Page): Promise<void> {
  await askStore(page, 'vectors', 'clear');
}
