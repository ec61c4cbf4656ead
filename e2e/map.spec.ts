/** The map's settings: dimensions, seed, neighbours and distance, and Cancel. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import { expectCount, openPage, refuseModels, untilDone } from './page';
import { download, openFileOnPage } from './transfer';
import { numberedTexts, vectorFile } from './vectors';

test.beforeEach(({ page }) => refuseModels(page));

async function positions(page: Page): Promise<{ data: number[]; dim: number }> {
  const { data, dim } = parseFile('map.json', (await download(page, 'JSON')).bytes).positions!;
  return { data: [...data], dim };
}

/** Runs the layout with the settings' seed set to this. */
async function runWithSeed(page: Page, seed: string): Promise<void> {
  await page.getByRole('button', { name: 'Map settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map settings' });
  await dialog.getByRole('spinbutton', { name: 'Seed' }).fill(seed);
  await untilDone(page, () => dialog.getByRole('button', { name: 'Run', exact: true }).click());
}

test('two dimensions or three, and the same seed gives the same map again', async ({ page }) => {
  await openPage(page);
  const twoD = page.getByRole('button', { name: '2D', exact: true });
  await untilDone(page, () => twoD.click());
  await expect(twoD).toHaveAttribute('aria-pressed', 'true');
  expect((await positions(page)).dim).toBe(2);

  await runWithSeed(page, '7');
  const first = await positions(page);
  await runWithSeed(page, '8');
  expect(await positions(page)).not.toEqual(first);
  await runWithSeed(page, '7');
  expect(await positions(page)).toEqual(first);
});

test('the same vectors, options and seed give the same bytes in the page and on the command line', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Map settings' }).click();
  await untilDone(page, () => page.getByRole('button', { name: 'Run', exact: true }).click());
  const { bytes } = await download(page, 'NumPy');
  // The starter's map was made by the command line, in Node.
  const built = parseFile('starter.npz', new Uint8Array(readFileSync('public/starters/english-words.npz')));
  expect(parseFile('map.npz', bytes).positions).toEqual(built.positions);
});

test('a setting that is empty or out of range says what is allowed, and cannot be run', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Map settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map settings' });
  const distance = dialog.getByRole('spinbutton', { name: 'Minimum distance' });
  const neighbours = dialog.getByRole('spinbutton', { name: 'Neighbours' });
  const runButton = dialog.getByRole('button', { name: 'Run', exact: true });
  await expect(distance).toHaveAccessibleDescription('0 to 1');
  await expect(neighbours).toHaveAccessibleDescription('2 to 200, whole numbers');
  for (const [field, wrong, right] of [
    [distance, '', '0.123'],
    [distance, '1.5', '0'],
    [neighbours, '201', '200'],
    [neighbours, '2.5', '2'],
  ] as const) {
    await field.fill(wrong);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(runButton).toBeDisabled();
    await field.fill(right);
    await expect(field).toHaveAttribute('aria-invalid', 'false');
    await expect(runButton).toBeEnabled();
  }
  await dialog.getByRole('button', { name: 'Defaults' }).click();
  await expect(neighbours).toHaveValue('15');
  // A finer distance than the browser's own step of numbers would let through.
  await distance.fill('0.123');
  await untilDone(page, () => runButton.click());
  await page.getByRole('button', { name: 'Map settings' }).click();
  await expect(distance).toHaveValue('0.123');
});

test('a layout is cancelled, and run again', async ({ page }) => {
  await openPage(page);
  // As many texts as keep the layout busy for seconds.
  const rows = 6000;
  await openFileOnPage(page, { name: 'large.npz', bytes: vectorFile(numberedTexts(rows), undefined, 32) });
  await expect(page.getByRole('status')).toHaveText(/^(Neighbours|Layout)/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toBeHidden();
  await expectCount(page, rows);
  await page.getByRole('button', { name: 'Map settings' }).click();
  await untilDone(page, () => page.getByRole('button', { name: 'Run', exact: true }).click(), rows);
  await expect(page.getByRole('img', { name: /^Map of 6,?000 texts$/ })).toBeVisible();
  const { data, dim } = await positions(page);
  expect(data).toHaveLength(rows * dim);
});
