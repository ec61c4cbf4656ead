/** Comparing: two to six texts beside each other, and two views of all texts. */
import { expect, test, type Page } from '@playwright/test';
import { findText, openPage, refuseModels, selectText } from './page';

const beside = (page: Page) => page.getByRole('region', { name: 'Side by side' });

test('three texts: similarities, overlaps and an order, told to the keyboard too', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await selectText(page, 'cello');
  for (const text of ['cat', 'violin']) await (await findText(page, text)).click({ modifiers: ['Control'] });
  const rows = beside(page).getByRole('rowheader');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('cat');
  // The command line says 0.684324 (README).
  const cell = beside(page).getByRole('button', { name: 'cello – violin: 0.684' });
  await expect(cell).toHaveText('0.68');
  await cell.focus();
  await expect(beside(page)).toContainText('cello – violin: 0.684');
  await beside(page).getByRole('checkbox', { name: 'Order by likeness (clusters)' }).check();
  await expect(rows.nth(1)).not.toContainText('cat');
  await beside(page).getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Shared neighbours (Jaccard)' });
  await expect(beside(page).getByRole('button', { name: 'cat – cat: 1.000' })).toBeVisible();
  await expect(beside(page)).toContainText(/\d+ near “cello” only/);
  await expect(beside(page)).toContainText(/\d+ near all of them/);
  await expect(beside(page)).toContainText('Among the 12 nearest of each, the compared texts left out.');
});

async function openTwoViews(page: Page): Promise<void> {
  await openPage(page);
  await page.getByRole('button', { name: 'Analyse' }).click();
  await page.getByRole('navigation', { name: 'Instruments' }).getByRole('button', { name: 'Two views' }).click();
}

const compared = (page: Page) => page.getByRole('region', { name: 'Compared' });
const compare = (page: Page) => page.getByRole('button', { name: 'Compare', exact: true }).click();
const second = (page: Page) => page.getByLabel('Beside it');

test('another model: overlap, CKA and movers, a slider to its map, and both side by side', async ({ page }) => {
  await openTwoViews(page);
  await compare(page);
  await expect(compared(page)).toContainText('E5 (Portuguese and English)', { timeout: 60_000 });
  await expect(compared(page)).toContainText(/Mean overlap\s*\d\d%/);
  await expect(compared(page)).toContainText(/Linear CKA\s*0\.\d{3}/);
  const movers = compared(page).getByRole('listitem');
  const shares = (await movers.allInnerTexts()).flatMap((line) => /(\d+)%/.exec(line)?.[1] ?? []).map(Number);
  expect(shares).toHaveLength(30);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));

  const slider = compared(page).getByRole('slider', { name: 'Between the two views' });
  await slider.fill('0.5');
  await compared(page).getByRole('button', { name: 'Second', exact: true }).click();
  await expect(slider).toHaveValue('1');
  await compared(page).getByRole('checkbox', { name: 'Side by side' }).check();
  const beside = page.getByRole('img', { name: 'Second: E5 (Portuguese and English)' });
  await expect(beside).toBeVisible();
  await movers.first().getByRole('button').click();
  // Chosen: its details are one of the tabs now.
  await expect(page.getByRole('button', { name: 'Text', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Close the comparison' }).click();
  await expect(beside).toHaveCount(0);
  // Nothing of it is kept: the map is what it was.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('another prompt, another map, and vectors from a file', async ({ page }) => {
  await openTwoViews(page);
  await second(page).selectOption({ label: 'Another prompt' });
  const button = page.getByRole('button', { name: 'Compare', exact: true });
  await page.getByLabel('Prompt, with {text} where the text belongs').fill('a word');
  await expect(page.getByText('Put {text} where the text belongs')).toBeVisible();
  await expect(button).toBeDisabled();
  await page.getByLabel('Prompt, with {text} where the text belongs').fill('a photo of {text}');
  await compare(page);
  await expect(compared(page)).toContainText('prompt “a photo of {text}”', { timeout: 60_000 });

  await second(page).selectOption({ label: 'Another map of the same vectors' });
  await page.getByLabel('Seed').fill('7');
  await compare(page);
  await expect(compared(page)).toContainText('UMAP, 3D, 15 neighbours, seed 7');
  await expect(compared(page)).toContainText('Of the 15 nearest of each text on one map');

  await second(page).selectOption({ label: 'Vectors from a file' });
  const items = ['cat', 'dog', 'cello', 'violin', 'nobody'].map((text, i) => ({ text, vector: [1, i, i * i] }));
  await page
    .getByLabel('File with vectors')
    .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(items)) });
  await compare(page);
  await expect(compared(page)).toContainText('vectors of mine.json');
  await expect(compared(page)).toContainText('196 texts are not in the second view, and are left out.');
  await page
    .getByLabel('File with vectors')
    .setInputFiles({ name: 'bare.json', mimeType: 'application/json', buffer: Buffer.from('["cat"]') });
  await compare(page);
  await expect(page.getByRole('alert')).toContainText('The file bare.json has no vectors to compare with.');
});
