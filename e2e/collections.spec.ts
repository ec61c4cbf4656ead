/** Several collections side by side: begun, named, switched, deleted, and each change taken back. */
import { expect, test, type Page } from '@playwright/test';
import { addWords, expectCount, findText, openPage, starterSize } from './page';

const collections = (page: Page) => page.getByRole('dialog', { name: 'Collections' });
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }).first();

async function openCollections(page: Page): Promise<void> {
  await page.getByTitle('Collections').click();
  await expect(collections(page)).toBeVisible();
}

test('a collection is begun, named, left, found again, cleared and deleted', async ({ page }) => {
  await openPage(page);
  await openCollections(page);
  await collections(page).getByRole('button', { name: 'New collection' }).click();
  await expectCount(page, 0);
  await addWords(page, 'sun, moon, comet');
  await expectCount(page, 3);
  await expect(page.getByRole('img', { name: 'Map of 3 texts' })).toBeVisible();
  await openCollections(page);
  await collections(page).getByRole('textbox', { name: 'Name of this collection' }).fill('Sky');
  await collections(page).getByRole('button', { name: 'Rename' }).click();
  await collections(page)
    .getByRole('button', { name: /^English words/ })
    .click();
  await expectCount(page, starterSize);
  await openCollections(page);
  await collections(page).getByRole('button', { name: /^Sky/ }).click();
  await expectCount(page, 3);
  await expect(await findText(page, 'comet')).toBeVisible();

  await openCollections(page);
  await collections(page).getByRole('button', { name: 'Clear texts' }).click();
  await expectCount(page, 0);
  await undo(page).click();
  await expectCount(page, 3);
  await openCollections(page);
  await collections(page).getByRole('button', { name: 'Delete collection' }).click();
  await expectCount(page, starterSize);
  await undo(page).click();
  await expectCount(page, 3);
  await expect(page.getByTitle('Collections')).toHaveText('Sky');
});
