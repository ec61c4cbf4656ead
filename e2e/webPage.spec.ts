/** The standalone page: exported from the page, opened from the disk, and asking nobody for anything. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { openPage, rankedIn, refuseModels, selectText } from './page';

test.beforeEach(({ page }) => refuseModels(page));

test('a map goes out as one file that shows it from the disk, under its own policy', async ({ page, context }) => {
  await openPage(page);
  await selectText(page, 'cello');
  const inside = await rankedIn(page.getByRole('region', { name: 'Neighbours' }));
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('radio', { name: 'Web page' }).check();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const folder = await mkdtemp(join(tmpdir(), 'constela-'));
  try {
    const file = join(folder, 'map.html');
    await (await coming).saveAs(file);
    const alone = await context.newPage();
    const said: string[] = [];
    const asked: string[] = [];
    alone.on('pageerror', ({ message }) => said.push(message));
    alone.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    alone.on('request', (request) => asked.push(request.url()));
    await alone.goto(pathToFileURL(file).href);
    await expect(alone.getByRole('img', { name: 'Map of 200 texts' })).toBeVisible();
    await alone.getByRole('searchbox', { name: 'Search' }).fill('céllo');
    await expect(alone.getByText('1 found')).toBeVisible();
    await alone.getByRole('list', { name: 'Texts' }).getByRole('button', { name: 'cello' }).click();
    const neighbours = alone.getByRole('region', { name: 'Neighbours' });
    // The same neighbours and cosines as in the page that made it.
    expect(await rankedIn(neighbours)).toEqual(inside.slice(0, 10));
    await neighbours.getByRole('button').first().click();
    await expect(alone.getByRole('region', { name: 'Selected text' }).getByRole('heading')).toHaveText(
      inside[0]?.text ?? '',
    );
    expect(said).toEqual([]);
    expect(asked).toEqual([pathToFileURL(file).href]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
