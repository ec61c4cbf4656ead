/** Clusters, and the texts that are nearly one or far from all. */
import { expect, test, type Page } from '@playwright/test';
import { addWords, expectCount, refuseModels, untilDone } from './page';
import { openFileOnPage } from './transfer';
import { numberedTexts, placedFile, vectorFile } from './vectors';

/** Sizes of the bunches on the map; one text more stands alone. */
const bunches = [8, 7, 6];
const all = 22;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rows = (page: Page) => page.getByRole('list', { name: 'Clusters found' }).getByRole('listitem');
const counts = async (page: Page) =>
  (await rows(page).allInnerTexts()).map((line) => Number(/\d+$/.exec(line.trim())?.[0]));

/** A flat map of bunches far from each other. */
async function openBunches(page: Page, write: typeof vectorFile = vectorFile): Promise<void> {
  const places = [
    ...bunches.flatMap((size, bunch) => Array.from({ length: size }, (_, i) => [bunch * 20 + (i % 3) / 9, i / 9])),
    [20, -30],
  ];
  const positions = { data: Float32Array.from(places.flat()), rows: all, dim: 2 } as const;
  await page.goto('?lang=en');
  await button(page, 'Got it').click();
  await openFileOnPage(page, { name: 'bunches.npz', bytes: write(numberedTexts(all), positions) });
  await expectCount(page, all);
}

async function openTab(page: Page, name: string): Promise<void> {
  await button(page, 'Analyse').click();
  await button(page, name).click();
}

test('clusters are found, renamed, merged and made groups, and stay when the page is loaded again', async ({
  page,
}) => {
  await refuseModels(page);
  await openBunches(page);
  await openTab(page, 'Clusters');
  await button(page, 'Find clusters').click();
  await expect(page.getByText('3 clusters, 1 of 22 texts in none.')).toBeVisible();
  expect(await counts(page)).toEqual(bunches);
  await expect(page.getByRole('combobox', { name: 'Colour by' })).toHaveValue('cluster');

  await rows(page).nth(1).getByRole('button').first().click();
  await expect(page.locator('[aria-live=polite]').filter({ hasText: '7 texts selected' })).toBeAttached();

  // What can be done with them is there, though the tab of texts is not open.
  await button(page, '7 texts selected').click();
  await button(page, 'Hide').click();
  await expect(button(page, 'Hide')).toHaveCount(0);
  await expect(button(page, 'Show 7 hidden')).toBeVisible();
  await button(page, 'Undo').first().click();
  await expect(button(page, 'Show 7 hidden')).toHaveCount(0);

  await rows(page).nth(0).getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name of this cluster' }).fill('left');
  await button(page, 'Save').click();
  await expect(rows(page).nth(0)).toContainText('left');

  await rows(page).nth(1).getByRole('checkbox').check();
  await rows(page).nth(2).getByRole('checkbox').check();
  await button(page, 'Merge marked').click();
  await expect(rows(page)).toHaveCount(2);
  expect(await counts(page)).toEqual([13, 8]);
  await button(page, 'Undo').first().click();
  await expect(rows(page)).toHaveCount(3);

  await button(page, 'Use as groups').click();
  const texts = page.getByRole('list', { name: 'Texts' }).getByRole('listitem');
  await expect(texts.first()).toContainText('left');
  await button(page, 'Undo').first().click();
  await expect(texts.first()).not.toContainText('left');

  await page.reload();
  await expectCount(page, all);
  await openTab(page, 'Clusters');
  await expect(rows(page).filter({ hasText: 'left' })).toHaveCount(1);
  await expect(page.getByText('Found on this map.')).toBeVisible();
  await untilDone(page, () => button(page, '3D').click(), all);
  await expect(page.getByText('Found on an earlier map')).toBeVisible();
  expect(await counts(page)).toEqual(bunches);
});

test('a text that is added is noise until clusters are found anew, and one that is deleted is gone', async ({
  page,
}) => {
  await openBunches(page, placedFile);
  await openTab(page, 'Clusters');
  await button(page, 'Find clusters').click();
  await expect(rows(page)).toHaveCount(3);
  await addWords(page, 'elsewhere');
  await expect(page.getByText('3 clusters, 2 of 23 texts in none.')).toBeVisible();
  await rows(page).nth(2).getByRole('button').first().click();
  await button(page, 'Close the analysis').click();
  await button(page, 'Delete these').click();
  await openTab(page, 'Clusters');
  await expect(page.getByText('2 clusters, 2 of 17 texts in none.')).toBeVisible();
});

test('near pairs are listed above a threshold, and the later ones selected for deletion', async ({ page }) => {
  await refuseModels(page);
  await openBunches(page);
  await openTab(page, 'Pairs');
  await expect(page.getByRole('list', { name: 'Far from everything' }).getByRole('listitem')).toHaveCount(all);
  await page.getByRole('spinbutton', { name: 'Cosine at least' }).fill('-1');
  const pairs = page.getByRole('list', { name: 'Nearly the same' }).getByRole('listitem');
  const cosines = async () =>
    (await pairs.allInnerTexts()).map((line) => Number(/-?\d\.\d{3}$/.exec(line.trim())?.[0]));
  await expect(pairs.first()).toBeVisible();
  const found = await cosines();
  expect(found).toEqual(found.toSorted((a, b) => b - a));
  const least = found[4]! - 0.0005;
  await page.getByRole('spinbutton', { name: 'Cosine at least' }).fill(least.toFixed(4));
  await expect(page.getByText('5 pairs.')).toBeVisible();
  await pairs.first().getByRole('button').click();
  await button(page, 'Select the later ones').click();
  await button(page, 'Close the analysis').click();
  await button(page, 'Delete these').click();
  await openTab(page, 'Pairs');
  await expect(page.getByText('No two texts are this close.')).toBeVisible();
});
