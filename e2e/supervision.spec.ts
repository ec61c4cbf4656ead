/** A map supervised by groups or a column: chosen in the settings, kept with the map, and left alone where it cannot be. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import type { Item } from '../src/types';
import { expectCount, findText, openPage, refuseModels, untilDone } from './page';
import { download, openFileOnPage } from './transfer';
import { numberedTexts, vectorFile } from './vectors';

test.beforeEach(({ page }) => refuseModels(page));

const rows = 120;

/** Texts whose vectors point anywhere, so that nothing but the column `kind` brings three kinds together. */
function file(): Uint8Array {
  const columns = (row: number) => ({ kind: `kind ${row % 3}`, number: row, ...(row === 7 && { only: 'this' }) });
  return vectorFile(numberedTexts(rows, (row) => ({ columns: columns(row) })));
}

/** Share of the nearest text on the map that are alike by `valueOf`. */
async function nearestAlike(page: Page, valueOf: (item: Omit<Item, 'id'>) => unknown): Promise<number> {
  const { items, positions } = parseFile('map.json', (await download(page, 'JSON')).bytes);
  const { data, dim } = positions!;
  const distance = (a: number, b: number) =>
    Math.hypot(...Array.from({ length: dim }, (_, d) => data[a * dim + d]! - data[b * dim + d]!));
  const alike = items.filter((item, row) => {
    const others = [...items.keys()].filter((other) => other !== row);
    const nearest = others.reduce((best, other) => (distance(row, other) < distance(row, best) ? other : best));
    return valueOf(items[nearest]!) === valueOf(item);
  });
  return alike.length / items.length;
}

async function openSettings(page: Page): Promise<{ dialog: Locator; by: Locator; run: () => Promise<void> }> {
  await page.getByRole('button', { name: 'Map settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map settings' });
  const run = () => dialog.getByRole('button', { name: 'Run', exact: true }).click();
  return { dialog, by: dialog.getByRole('combobox', { name: 'Supervised by' }), run };
}

test('a column brings its texts together, and is kept with the map', async ({ page }) => {
  await openPage(page);
  await openFileOnPage(page, { name: 'kinds.npz', bytes: file() });
  await expectCount(page, rows);
  const kindOf = ({ columns }: Omit<Item, 'id'>) => columns?.kind;
  // A third by chance.
  expect(await nearestAlike(page, kindOf)).toBeLessThan(0.55);

  const settings = await openSettings(page);
  const { dialog, by } = settings;
  await expect(by.getByRole('option')).toHaveText(['None', 'kind', 'number', 'only']);
  await by.selectOption('number');
  await expect(by).toHaveAccessibleDescription(/120 categories\. These are very many/);
  await by.selectOption('only');
  await expect(by).toHaveAccessibleDescription(/1 category\. 119 texts have none\./);
  await by.selectOption('kind');
  await expect(by).toHaveAccessibleDescription(/ 3 categories\.$/);
  const engine = dialog.getByRole('combobox', { name: 'Engine' });
  for (const name of ['PCA', 'Random projection']) {
    await engine.selectOption(name);
    await expect(by).toBeDisabled();
    await expect(by).toHaveAccessibleDescription(/Only UMAP and umap-js can be supervised\.$/);
  }
  await engine.selectOption('UMAP');
  await dialog.getByText('Fine settings').click();
  await dialog.getByRole('spinbutton', { name: 'Target weight' }).fill('0.9');
  await untilDone(page, settings.run, rows);
  expect(await nearestAlike(page, kindOf)).toBeGreaterThan(0.9);

  await page.reload();
  await expectCount(page, rows);
  expect(await nearestAlike(page, kindOf)).toBeGreaterThan(0.9);
  const again = await openSettings(page);
  await expect(again.by.getByRole('option', { selected: true })).toHaveText('kind');
  await expect(again.dialog.getByRole('spinbutton', { name: 'Target weight' })).toHaveValue('0.9');
});

test('a column that is gone is said and left out, and another file begins unsupervised', async ({ page }) => {
  await openPage(page);
  await openFileOnPage(page, { name: 'kinds.npz', bytes: file() });
  await expectCount(page, rows);
  const first = await openSettings(page);
  await first.by.selectOption('only');
  await untilDone(page, first.run, rows);
  await (await findText(page, 'text 7')).click();
  await page.getByRole('region', { name: 'Selected text' }).getByRole('button', { name: 'Delete' }).click();
  await expectCount(page, rows - 1);
  const said = page.getByText('No text has a value in the column “only”: the map is laid out without it.');
  const second = await openSettings(page);
  await expect(second.by).toHaveAccessibleDescription(/No text has a value in the column “only”/);
  await untilDone(page, second.run, rows - 1);
  await expect(said).toBeVisible();
  await page.reload();
  await expectCount(page, rows - 1);

  const trees = ['trees', 'trees', 'herbs'];
  await openFileOnPage(page, {
    name: 'trees.npz',
    bytes: vectorFile(numberedTexts(3, (row) => ({ group: trees[row]! }))),
  });
  await expectCount(page, 3);
  const third = await openSettings(page);
  await expect(third.by.getByRole('option', { selected: true })).toHaveText('None');
  await third.by.selectOption('Group');
  await expect(third.by).toHaveAccessibleDescription(/2 categories\. With fewer than 16 texts/);
  await page.keyboard.press('Escape');
  // The notice of the opening offers it too.
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expectCount(page, rows - 1);
  const fourth = await openSettings(page);
  await expect(fourth.by.getByRole('option', { selected: true })).toHaveText('only');
});
