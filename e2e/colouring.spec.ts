/** What colours and sizes the cloud: chosen beside the legend, said by it, filtered by it, and kept with the collection. */
import { expect, test, type Page } from '@playwright/test';
import { expectCount, findText, openPage, rankedIn, refuseModels, selectText } from './page';
import { openFileOnPage } from './transfer';
import { numberedTexts, vectorFile } from './vectors';

test.beforeEach(({ page }) => refuseModels(page));

const rows = 120;
/** Text by text 0 to 14, so that 15 kinds have 8 texts each. */
const kinds = 15;

function file(): Uint8Array {
  const columns = (row: number) => ({
    kind: `kind ${row % kinds}`,
    number: row === 7 ? null : row * 2.5,
    stars: 1 + (row % 5),
    ...(row < 3 && { only: 'these' }),
  });
  return vectorFile(numberedTexts(rows, (row) => ({ columns: columns(row) })));
}

async function openTexts(page: Page): Promise<void> {
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  await openFileOnPage(page, { name: 'kinds.npz', bytes: file() });
  await expectCount(page, rows);
}

const colourBy = (page: Page) => page.getByRole('combobox', { name: 'Colour by' });
const sizeBy = (page: Page) => page.getByRole('combobox', { name: 'Size by' });
const legend = (page: Page) => page.getByRole('list', { name: 'Legend' });
const entry = (page: Page, name: string) => legend(page).getByRole('button', { name });
/** Texts that the list has. */
const listed = (page: Page) => page.getByRole('list', { name: 'Texts' }).getByRole('listitem').first();

/** The colour that the list shows beside a text: the cloud's own. */
async function dotOf(page: Page, text: string): Promise<string> {
  const dot = (await findText(page, text)).locator('.dot');
  return dot.evaluate((element) => getComputedStyle(element).backgroundColor);
}

test('a column colours, sizes and filters, and is kept with the collection', async ({ page }) => {
  await openTexts(page);
  await expect(page.getByText('No text has a group.')).toBeVisible();
  await expect(colourBy(page).getByRole('option')).toHaveText(
    ['Group', 'Similarity', 'Density', 'Fidelity', 'kind', 'number', 'stars', 'stars, as categories', 'only'], // in their order
  );
  await colourBy(page).selectOption('kind');
  await expect(page.getByText('12 largest of 15 coloured, the rest grey.')).toBeVisible();
  await expect(legend(page).getByRole('button')).toHaveCount(13);
  await expect(entry(page, '3 smaller ones')).toContainText('24');
  expect(await dotOf(page, 'text 15')).toBe(await dotOf(page, 'text 30'));
  expect(await dotOf(page, 'text 15')).not.toBe(await dotOf(page, 'text 16'));
  await page.getByRole('searchbox', { name: 'Search' }).fill('');

  await entry(page, 'kind 1 8').focus();
  await page.keyboard.press('Space');
  await expect(entry(page, 'kind 1 8')).toHaveAttribute('aria-pressed', 'true');
  await expect(listed(page)).toHaveAttribute('aria-setsize', '8');
  await entry(page, '3 smaller ones').click();
  await expect(listed(page)).toHaveAttribute('aria-setsize', '32');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(listed(page)).toHaveAttribute('aria-setsize', String(rows));
  await expect(legend(page).getByRole('button', { pressed: true })).toHaveCount(0);

  await colourBy(page).selectOption('only');
  await expect(entry(page, 'None')).toContainText('117');
  await colourBy(page).selectOption('stars, as categories');
  await expect(legend(page).getByRole('button')).toHaveText(['1 24', '2 24', '3 24', '4 24', '5 24']);
  await colourBy(page).selectOption('number');
  await expect(page.getByRole('img', { name: 'Colours from 0 to 297.5' })).toBeVisible();
  await expect(page.getByText('1 without a value', { exact: true })).toBeVisible();
  await expect(sizeBy(page).getByRole('option')).toHaveText(['All alike', 'number', 'stars']);
  await sizeBy(page).selectOption('stars');
  await page.reload();
  await expectCount(page, rows);
  await expect(colourBy(page)).toHaveValue('column:number');
  await expect(sizeBy(page)).toHaveValue('column:stars');
  await expect(page.getByRole('img', { name: 'Colours from 0 to 297.5' })).toBeVisible();
});

test('similarity is that of the model’s space, and density says that it is the map’s', async ({ page }) => {
  await openTexts(page);
  await colourBy(page).selectOption('Similarity');
  await expect(page.getByText('Select a text to see how similar the others are.')).toBeVisible();
  for (const text of ['text 40', 'text 90']) {
    await selectText(page, text);
    const [nearest] = await rankedIn(page.getByRole('region', { name: 'Neighbours' }));
    await expect(page.getByRole('img', { name: / to / })).toHaveAccessibleName(new RegExp(`to ${nearest!.cosine}$`));
    await expect(page.getByText(/Cosine with the selected text, in the model’s space/)).toBeVisible();
    expect(await dotOf(page, nearest!.text)).toBe(await dotOf(page, text));
  }
  await colourBy(page).selectOption('Density');
  await expect(page.getByRole('img', { name: /^Colours from 0\.\d+× to [\d.]+×$/ })).toBeVisible();
  await expect(page.getByText(/the map’s doing, not the model’s/)).toBeVisible();
});

test('on a phone the legend is a sheet, which filters by touch', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  await expect(legend(page)).toBeHidden();
  const open = page.getByRole('button', { name: 'Legend', exact: true });
  await open.click();
  await entry(page, 'music').click();
  await expect(entry(page, 'music')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(entry(page, 'music')).toHaveAttribute('aria-pressed', 'false');
  await open.click();
  await expect(legend(page)).toBeHidden();
});

test('a point that is hovered or walked to shows its text and its columns', async ({ page }) => {
  await openTexts(page);
  await page.getByRole('img', { name: /^Map of/ }).focus();
  await page.keyboard.press('ArrowRight');
  const tip = page.locator('.tip');
  await expect(tip).toContainText(/^text \d+/);
  const row = Number(/\d+/.exec(await tip.innerText())?.[0]);
  await expect(tip).toContainText(`kind ${row % kinds}`);
  await expect(tip).toContainText(`stars ${1 + (row % 5)}`);
});
