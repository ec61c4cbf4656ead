/** Coming back: what a reload restores, what is forgotten, and what a second tab may do. */
import { expect, test, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import {
  addWords,
  expectCount,
  findText,
  openPage,
  rankedIn,
  ready,
  refuseModels,
  selectText,
  starterSize,
  watchStatus,
} from './page';
import { savedCounts } from './storage';
import { download, openFileOnPage } from './transfer';
import { vectorFile } from './vectors';

const sky = vectorFile(['sun', 'moon', 'comet'].map((text) => ({ text })));

const selected = (page: Page) => page.getByRole('region', { name: 'Selected text' }).getByRole('heading');

test('a reload brings texts, positions, selection and neighbours back, without any model', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  await addWords(page, 'zebra, okapi');
  await expectCount(page, starterSize + 2);
  await selectText(page, 'rabbit');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expectCount(page, starterSize + 1);
  await selectText(page, 'zebra');
  const listed = await rankedIn(page.getByRole('region', { name: 'Neighbours' }));
  const before = await download(page, 'JSON', { vectors: true });
  await expect.poll(() => savedCounts(page)).toEqual([[starterSize + 1, 1]]);

  const asked: string[] = [];
  await page.evaluate(() => caches.delete('constela models'));
  await page.route('**/models/**', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.reload();
  await expectCount(page, starterSize + 1);
  await expect(page.getByRole('img', { name: `Map of ${starterSize + 1} texts` })).toBeVisible();
  await expect(selected(page)).toHaveText('zebra');
  expect(await rankedIn(page.getByRole('region', { name: 'Neighbours' }))).toEqual(listed);
  await expect(page.getByRole('button', { name: 'Got it' })).toBeHidden();
  const after = await download(page, 'JSON', { vectors: true });
  expect(parseFile('after.json', after.bytes)).toEqual(parseFile('before.json', before.bytes));
  // The model was asked for, and did not come: so no text can have been embedded again.
  await expect.poll(() => asked.length).toBeGreaterThan(0);
});

test('what was changed just before a reload is kept', async ({ page }) => {
  await openPage(page);
  await addWords(page, 'zebra');
  await expect(await findText(page, 'zebra')).toBeVisible();
  await expectCount(page, starterSize + 1);
  await refuseModels(page);
  await page.reload();
  await expectCount(page, starterSize + 1);
  await expect(await findText(page, 'zebra')).toBeVisible();
  // A choice is saved a little later, or when the page closes.
  await selectText(page, 'dog');
  await page.reload();
  await expect(selected(page)).toHaveText('dog');
  await openFileOnPage(page, { name: 'Sky.npz', bytes: sky });
  await expect(page.getByTitle('Collections')).toHaveText('Sky');
  await expectCount(page, 3);
  await page.reload();
  await expectCount(page, 3);
  await expect(page.getByTitle('Collections')).toHaveText('Sky');
});

test('the status line counts the texts that are there, and none before they are on the map', async ({ page }) => {
  await openPage(page);
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await refuseModels(page);
  const linesSinceLoad = await watchStatus(page);
  await page.reload();
  await expectCount(page, starterSize + 1);
  const isFalse = (line: unknown) => line !== `Ready · ${starterSize + 1} texts` && ready.test(String(line));
  expect((await linesSinceLoad()).filter(isFalse)).toEqual([]);

  await openFileOnPage(page, { name: 'Sky.npz', bytes: sky });
  await expectCount(page, 3);
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  expect(await page.getByRole('status').textContent()).not.toBe('Ready · 3 texts');
  await expectCount(page, starterSize + 1);
});

test('forgetting everything empties every store', async ({ page }) => {
  await openPage(page);
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await expect.poll(() => savedCounts(page)).toEqual([[starterSize + 1, 1]]);
  await expect.poll(() => page.evaluate(() => caches.has('constela models'))).toBe(true);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Forget everything' }).click();
  // An empty page of the same origin in place of the fresh start, which would fill the stores again.
  await page.route('**/?lang=en', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Empty</title>' }));
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(page).toHaveTitle('Empty');
  const left = await page.evaluate(async () => ({
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    local: localStorage.length + sessionStorage.length,
  }));
  expect(left).toEqual({ databases: [], caches: [], local: 0 });
  await page.unroute('**/?lang=en');
  await openPage(page);
  await expect(page.getByRole('button', { name: 'Got it' })).toBeVisible();
});

test('a second tab only reads and follows, until the first one closes', async ({ context }) => {
  const first = await context.newPage();
  await openPage(first);
  const second = await context.newPage();
  await expect.poll(() => savedCounts(first)).toEqual([[starterSize, 0]]);
  await openPage(second);
  const note = second.getByText('Constela is open in another tab: this one only reads.');
  await expect(note).toBeVisible();
  await expect(second.getByRole('textbox', { name: 'Add words' })).toBeDisabled();
  await expect(second.getByRole('button', { name: 'Open', exact: true })).toBeDisabled();
  await selectText(second, 'dog');
  await rankedIn(second.getByRole('region', { name: 'Neighbours' }));

  await addWords(first, 'zebra');
  await expectCount(second, starterSize + 1);
  await expect(await findText(second, 'zebra')).toBeVisible();
  await first.close();
  await expect(note).toBeHidden();
  await addWords(second, 'okapi');
  await expectCount(second, starterSize + 2);
});
