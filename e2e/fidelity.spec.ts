/** Map fidelity: the numbers of the command line, as a colour, and what is misplaced around a text. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test, type Locator, type Page, type TestInfo } from '@playwright/test';
import { findAll, parseXml } from '../tests/scene/xml';
import { expectCount, openPage, refuseModels, starterSize, untilDone } from './page';
import { download } from './transfer';

test.beforeEach(({ page }) => refuseModels(page));

async function openTab(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Analyse' }).click();
  const panel = page.getByRole('complementary', { name: 'Analysis' });
  await panel.getByRole('button', { name: 'Fidelity' }).click();
  return panel;
}

/** What the command line says of the map that is on the screen. */
async function byCommandLine(page: Page, info: TestInfo, k: number) {
  const file = info.outputPath('map.npz');
  writeFileSync(file, (await download(page, 'NumPy')).bytes);
  const out = execFileSync(process.execPath, ['bin/constela.js', 'fidelity', file, '-k', String(k), '--json', '-q']);
  const found: { trustworthiness: number; continuity: number; rows: number[] } = JSON.parse(out.toString());
  return found;
}

const figure = (panel: Locator, name: string) =>
  panel.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');

test('the numbers are those of the command line, of this map and this k, and colour the cloud', async ({
  page,
}, info) => {
  await openPage(page);
  const panel = await openTab(page);
  const expected = await byCommandLine(page, info, 15);
  await expect(figure(panel, 'Trustworthiness')).toHaveText(expected.trustworthiness.toFixed(3));
  await expect(figure(panel, 'Continuity')).toHaveText(expected.continuity.toFixed(3));
  const mean = expected.rows.reduce((sum, share) => sum + share, 0) / expected.rows.length;
  await expect(figure(panel, 'Neighbours kept')).toHaveText(`${Math.floor(mean * 100)}%`);
  const histogram = await panel.getByRole('img', { name: 'Texts by how many' }).getAttribute('aria-label');
  const counts = histogram?.split(': ')[1]?.split('; ').map(Number) ?? [];
  const kept = expected.rows.map((share) => Math.round(share * 15));
  expect(counts).toEqual(Array.from({ length: 16 }, (_, bar) => kept.filter((each) => each === bar).length));
  await expect(panel.getByRole('img', { name: 'Pairs of texts' })).toHaveAccessibleName(/correlation −0\.\d{3}\.$/);
  await expect(panel.getByText('All 19,900 pairs of texts.')).toBeVisible();

  await panel.getByRole('button', { name: 'Colour the map' }).click();
  await expect(page.getByRole('combobox', { name: 'Colour by' })).toHaveValue('fidelity');
  const least = Math.floor(Math.min(...expected.rows) * 100);
  await expect(page.getByRole('img', { name: `Colours from ${least}%` })).toBeVisible();

  await panel.getByRole('spinbutton', { name: 'Neighbours looked at' }).fill('4');
  await panel.getByRole('spinbutton', { name: 'Neighbours looked at' }).press('Enter');
  await expect(panel.getByText('of a text’s 4 nearest')).toBeVisible();
  const fewer = await byCommandLine(page, info, 4);
  expect(fewer.continuity).not.toBe(expected.continuity);
  await expect(figure(panel, 'Continuity')).toHaveText(fewer.continuity.toFixed(3));

  await untilDone(page, () => page.getByRole('button', { name: '2D' }).click());
  const flat = await byCommandLine(page, info, 4);
  await expect(figure(panel, 'Trustworthiness')).toHaveText(flat.trustworthiness.toFixed(3));

  // The colour is kept, and measured again though nobody looks at the numbers.
  await page.reload();
  await expectCount(page, starterSize);
  await page.getByRole('button', { name: 'Got it' }).click();
  await expect(page.getByRole('combobox', { name: 'Colour by' })).toHaveValue('fidelity');
  await expect(page.getByRole('img', { name: /^Colours from \d+%/ })).toBeVisible();
});

test('what is misplaced around a text is listed and drawn, and follows the selection', async ({ page }) => {
  await openPage(page);
  const panel = await openTab(page);
  await expect(panel.getByText('Select a text to see')).toBeVisible();
  await page.getByRole('list', { name: 'Texts' }).getByRole('listitem').filter({ hasText: 'camel' }).click();
  await panel.getByRole('checkbox', { name: 'Show on the map' }).check();
  const torn = panel.getByRole('heading', { name: 'Torn away:' });
  const count = Number(/(\d+) of 15/.exec(await torn.innerText())?.[1]);
  expect(count).toBeGreaterThan(0);
  await expect(panel.getByRole('heading', { name: 'Falsely near:' })).toContainText(`${count} of 15`);
  const rows = panel.getByRole('listitem');
  await expect(rows).toHaveCount(2 * count);
  const [text = '', ranks = ''] = (await rows.first().innerText()).split('\n');
  const [, rank, mapRank] = /^(\d+) → (\d+)$/.exec(ranks) ?? [];
  expect(Number(rank)).toBeLessThanOrEqual(15);
  expect(Number(mapRank)).toBeGreaterThan(15);
  await expect(page.getByText('near by meaning, placed far away', { exact: true })).toBeVisible();

  const root = parseXml(Buffer.from((await download(page, 'SVG')).bytes).toString());
  const dashed = findAll(root, 'g').filter(({ attributes }) => attributes['stroke-dasharray']);
  expect(dashed.flatMap((group) => findAll(group, 'line'))).toHaveLength(count);
  expect(findAll(root, 'circle').filter(({ attributes }) => attributes.pathLength)).toHaveLength(count);

  await rows.first().getByRole('button').click();
  await expect(panel.locator('.subject')).toHaveText(text);
  await panel.getByRole('checkbox', { name: 'Show on the map' }).uncheck();
  await expect(page.getByText('near by meaning, placed far away', { exact: true })).toBeHidden();
  await expectCount(page, starterSize);
});
