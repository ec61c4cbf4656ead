/** Why two texts are close: parts of the cosine, and words left out. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { addWords, openPage, rankedIn, selectText, starterSize } from './page';

async function openWhy(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Inside', exact: true }).click();
  await page.getByRole('button', { name: 'Why close' }).click();
  return page.getByRole('region', { name: 'Why close' });
}

/** The two sides of the check. */
async function checked(lens: Locator): Promise<{ sum: string; cosine: string; difference: number }> {
  const line = lens.getByText(/^The parts sum to the cosine/);
  const [, sum = '', cosine = '', difference = ''] =
    /(-?\d\.\d{3}) = (-?\d\.\d{3}) \(difference (\S+)\)/.exec(await line.innerText()) ?? [];
  return { sum, cosine, difference: Number(difference) };
}

async function saved(section: Locator, ending: string): Promise<string> {
  const page = section.page();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: ending }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

test('a word and its nearest: the parts are the cosine that the list of neighbours has', async ({ page }) => {
  await openPage(page);
  await selectText(page, 'cello');
  const [nearest] = await rankedIn(page.getByRole('region', { name: 'Neighbours' }));
  const lens = await openWhy(page);
  const { sum, cosine, difference } = await checked(lens);
  expect([sum, cosine]).toEqual([nearest!.cosine, nearest!.cosine]);
  expect(difference).toBeLessThan(1e-5);
  await expect(lens.getByText('“cello” is the only word of its text')).toBeVisible();

  const matrix = lens.getByRole('region', { name: 'All pairs' });
  const { tokens, matrix: parts } = JSON.parse(await saved(matrix, 'JSON'));
  expect(parts).toHaveLength(tokens[0].length);
  const total = parts.flat().reduce((all: number, part: number) => all + part, 0);
  expect(total).toBeCloseTo(Number(cosine), 3);
  expect(await saved(matrix, 'SVG')).toContain('data:image/png');

  // By keyboard, from pair to pair.
  await matrix.getByRole('application').focus();
  await page.keyboard.press('ArrowDown');
  await expect(matrix.getByText(/^\[CLS\] – \[CLS\]: [+−]\d/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(matrix.getByText(/^cello – \S+: [+−]\d/)).toBeVisible();

  await lens.getByLabel(/Hide special tokens/).check();
  await expect(lens.getByText(/The one pair carries/)).toBeVisible();
  expect((await checked(lens)).sum).toBe(sum);
});

test('sentences: each word is left out, and those that change the neighbours are underlined', async ({ page }) => {
  await openPage(page);
  await addWords(page, 'The bank raised its interest rates again');
  const lens = await openWhy(page);
  await lens.getByRole('textbox', { name: 'Another text' }).fill('They sat on the bank of the river');
  await lens.getByRole('button', { name: 'Explain' }).click();
  await expect(lens.getByLabel('Beside it')).toHaveValue('');
  const words = lens.getByRole('region', { name: 'Without each word' });
  const bars = words.getByRole('listitem');
  await expect(bars).toHaveCount(15);
  await expect(bars.filter({ hasText: /^bank/ }).first()).toContainText('−0.');
  await expect(words.locator('mark').first()).toBeVisible();
  const [head, ...rows] = (await saved(words, 'CSV')).trim().split(/\r?\n/);
  expect(head).toBe('text,start,word,cosine_change,shift,neighbours_changed');
  expect(rows).toHaveLength(15);
  // Nothing was added.
  await expect(page.getByRole('status')).toHaveText(`Ready · ${starterSize + 1} texts`);
});

test('a text of thousands of words is explained up to the limit, and leaving words out can be cancelled', async ({
  page,
}) => {
  await openPage(page);
  await selectText(page, 'cello');
  const lens = await openWhy(page);
  const many = Array.from({ length: 3000 }, (_, i) => ['rain', 'falls', 'over', 'town'][i % 4]).join(' ');
  await lens.getByRole('textbox', { name: 'Another text' }).fill(many);
  await lens.getByRole('button', { name: 'Explain' }).click();
  await expect(lens.getByText('A text is longer than the model reads')).toBeVisible();
  expect((await checked(lens)).difference).toBeLessThan(1e-5);
  await lens.getByRole('button', { name: 'Leave out 128 words one by one' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(lens.getByRole('button', { name: 'Leave out 128 words one by one' })).toBeVisible();
});
