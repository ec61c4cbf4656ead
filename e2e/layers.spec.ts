/** The layer flight: the cloud after each layer of the model. */
import { expect, test, type Page } from '@playwright/test';
import { addWords, expectCount, openPage, rankedIn, selectText, starterSize } from './page';

const inside = (page: Page) => page.getByRole('complementary', { name: 'Inside' });
const slider = (page: Page) => inside(page).getByRole('slider', { name: 'Between the layers' });
const near = (page: Page, layer: number) => inside(page).getByRole('region', { name: `Nearest after layer ${layer}` });
const cloudOf = (page: Page) => page.locator('.host');

async function openFlight(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Inside', exact: true }).click();
  await inside(page).getByRole('button', { name: 'Layers', exact: true }).click();
  await expect(slider(page)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('status').first()).toHaveText(/^Ready/, { timeout: 90_000 });
}

test('the slider moves the cloud, neighbours follow it, play goes to the end, and closing gives the map back', async ({
  page,
}) => {
  await openPage(page);
  await selectText(page, 'cello');
  await openFlight(page);
  // The last layer is the model itself: the map, and its neighbours, are as they were.
  await expect(slider(page)).toHaveValue('6');
  const own = await rankedIn(near(page, 6));
  // The command line says 0.684324 (README).
  expect(own).toContainEqual({ text: 'violin', cosine: '0.684' });
  await expect(inside(page).getByRole('img', { name: /^By layer, from 0 to 6/ })).toHaveAccessibleName(
    /Linear CKA with the last layer: 0 \d+%, .*6 100%/,
  );

  const before = await cloudOf(page).screenshot();
  await inside(page).getByRole('button', { name: '0, embedding' }).click();
  await expect(slider(page)).toHaveValue('0');
  const first = await rankedIn(near(page, 0));
  expect(first).not.toEqual(own);
  await expect.poll(async () => (await cloudOf(page).screenshot()).equals(before)).toBe(false);
  await slider(page).fill('2.5');
  await expect(inside(page)).toContainText('Layer 3 of 6');
  expect(await rankedIn(near(page, 3))).not.toEqual(first);

  const download = page.waitForEvent('download');
  await inside(page).getByRole('group', { name: 'Save as' }).getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);

  // A word that is typed in flight takes part.
  await inside(page).getByRole('button', { name: '4', exact: true }).click();
  await addWords(page, 'bassoon');
  await expectCount(page, starterSize + 1, { timeout: 90_000 });
  await expect(inside(page).getByRole('heading', { name: 'bassoon' })).toBeVisible();
  expect(await rankedIn(near(page, 4))).toHaveLength(15);
  await inside(page).getByRole('button', { name: 'Play' }).click();
  await expect(slider(page)).toHaveValue('6', { timeout: 30_000 });
  await inside(page).getByRole('button', { name: 'Close Inside' }).click();
  await expect(page.getByRole('region', { name: 'Selected text' })).toBeVisible();
});

test('two layers are two views', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Analyse' }).click();
  await page.getByRole('navigation', { name: 'Instruments' }).getByRole('button', { name: 'Two views' }).click();
  await page.getByLabel('Beside it').selectOption({ label: 'Another layer of the model' });
  await page.getByRole('combobox', { name: 'Layer' }).selectOption({ label: '2' });
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const compared = page.getByRole('region', { name: 'Compared' });
  await expect(compared).toContainText('layer 2', { timeout: 60_000 });
  await expect(compared).toContainText(/Mean overlap\s*\d\d%/);
  // A word that is typed meanwhile is taken along.
  await addWords(page, 'bassoon');
  await expectCount(page, starterSize + 1, { timeout: 60_000 });
  await expect(compared).toContainText('layer 2');
});
