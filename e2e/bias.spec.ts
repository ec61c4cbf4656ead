/** Association tests: a ready one, words of one's own, and the space without the direction that was tested. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { openPage, selectText } from './page';

async function openBias(page: Page): Promise<void> {
  await openPage(page);
  await selectText(page, 'nurse');
  await page.getByRole('button', { name: 'Inside', exact: true }).click();
  await page.getByRole('navigation', { name: 'Lenses' }).getByRole('button', { name: 'Bias' }).click();
}

const lens = (page: Page) => page.getByRole('region', { name: 'Bias' });
const result = (page: Page) => page.getByRole('region', { name: 'Result of the test' });
const run = (page: Page) => page.getByRole('button', { name: 'Run the test' }).click();

test('a ready test: its numbers, its plot, its files, and what is left without the direction', async ({ page }) => {
  await openBias(page);
  await expect(lens(page)).toContainText('Words of Caliskan, Bryson & Narayanan 2017.');
  await run(page);
  await expect(result(page)).toContainText('of all 12,870 partitions');
  await expect(result(page)).toContainText(/Effect size\s*1\.0\d\d/);
  await expect(result(page).getByRole('img')).toHaveAccessibleName(/^16 words by their association with Career/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    result(page).getByRole('button', { name: 'CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/);
  expect(lines).toHaveLength(17);
  expect(lines[0]).toBe('set,name,text,association');
  expect(lines[1]).toMatch(/^X,Men’s names,John,-?0\.\d+$/);

  const removal = page.getByRole('region', { name: 'Without this direction' });
  await removal.getByRole('button', { name: 'Take it out' }).click();
  const difference = removal.getByRole('row', { name: /^Difference of mean associations/ });
  await expect(difference).toContainText(/0\.0340\s*-?0\.000\d/);
  await expect(removal).toContainText(/Of the 10 nearest of each text in the collection, \d+% stay/);
  await expect(removal.getByRole('list', { name: 'After' }).getByRole('listitem')).toHaveCount(10);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    removal.getByRole('button', { name: 'JSON' }).click(),
  ]);
  const left = JSON.parse(readFileSync(await saved.path(), 'utf8'));
  expect(left.before.difference).toBeCloseTo(0.034, 4);
  expect(Math.abs(left.after.difference)).toBeLessThan(0.001);
  expect(left.words).toHaveLength(16);
  expect(left.nearest.after).toHaveLength(10);

  // Of another model the result would be another one.
  await page.getByRole('combobox', { name: 'Model' }).selectOption('multilingual-e5-small-en-pt');
  await expect(result(page)).toBeHidden();
});

test('words of one’s own: opened, edited, refused where they cannot be tested, and saved', async ({ page }) => {
  await openBias(page);
  const open = (name: string, content: unknown) =>
    page
      .getByLabel('File of word sets (.json)')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) });
  await page.getByText('Words, file and seed').click();
  await open('wrong.json', { X: ['cat'] });
  await expect(lens(page).getByRole('alert')).toContainText('In wrong.json, “Y” is or holds undefined');
  const sets = { X: ['cat', 'dog', 'cow'], Y: ['car', 'bus'], A: ['alive', 'breathe'], B: ['metal', 'ação'] };
  await open('sets.json', { ...sets, names: { X: 'Animals' } });
  await expect(lens(page).getByRole('alert')).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Name of X' })).toHaveValue('Animals');
  await run(page);
  await expect(result(page)).toContainText('X has 3 words and Y 2.');
  await expect(result(page)).toContainText('The smallest set has 2 words');
  await expect(result(page)).toContainText('One word is perhaps in no language of this model');
  await expect(result(page)).toContainText('none: X and Y differ in size');
  const changed = lens(page).getByText('Below is the last test; something was changed since.');
  await expect(changed).toBeHidden();
  await page.getByRole('textbox', { name: 'Words of Y' }).fill('car, bus, cat');
  await expect(changed).toBeVisible();
  await run(page);
  await expect(lens(page).getByRole('alert')).toContainText('The text “cat” is in both X and Y');
  await page.getByRole('textbox', { name: 'Words of Y' }).fill('car, bus, train');
  await page.getByRole('checkbox', { name: /SEAT/ }).check();
  await run(page);
  await expect(result(page)).toContainText('of all 20 partitions');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save word sets' }).click(),
  ]);
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual({
    ...sets,
    Y: ['car', 'bus', 'train'],
    names: { X: 'Animals', Y: 'Y', A: 'A', B: 'B' },
  });
});
