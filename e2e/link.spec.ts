/** A collection in a link: copied, asked about, opened; and nothing is lost by one that cannot be. */
import { expect, test } from '@playwright/test';
import { expectCount, openPage, selectText, starterSize } from './page';

test('a link holds the collection, and asks before it opens it', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await openPage(page);
  await selectText(page, 'cello');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('radio', { name: 'Link', exact: true }).check();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied.')).toBeVisible();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#map=1\.[\w-]+$/);

  const fragment = new URL(address).hash;
  // A link that is opened in a page that is there changes only the fragment.
  await page.evaluate((hash) => (location.hash = hash), fragment);
  const dialog = page.getByRole('dialog', { name: 'Open what this link holds?' });
  await expect(dialog).toContainText('200 texts');
  await expect(dialog).toContainText('MiniLM (English)');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(new URL(page.url()).hash).toBe('');
  await expect(page.getByText('Opened “')).toBeHidden();

  const other = fragment[99] === 'A' ? 'B' : 'A';
  await page.evaluate((hash) => (location.hash = hash), fragment.slice(0, 99) + other + fragment.slice(100));
  await expect(page.getByRole('alert')).toContainText('The link is damaged');
  await expectCount(page, starterSize);

  await page.evaluate((hash) => (location.hash = hash), fragment);
  await dialog.getByRole('button', { name: 'Open link' }).click();
  await expect(page.getByText(/Opened “.*”: 200 texts/)).toBeVisible();
  await expectCount(page, starterSize);
  await expect(page.getByRole('region', { name: 'Selected text' }).getByRole('heading')).toHaveText('cello');
  expect(page.url()).toBe(`${baseURL}?lang=en`);
  // Nothing of it went to the server.
  expect(asked.filter((url) => url.includes('map=1'))).toEqual([]);
});
