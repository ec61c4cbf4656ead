/** What is asked of a collection: formulas, axes of meaning with the cloud on them, neighbours of anything, and words while they are typed. */
import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { addWords, expectCount, findText, openPage, rankedIn, refuseModels, selectText } from './page';
import { openFileOnPage } from './transfer';
import { numberedTexts, vectorFile } from './vectors';

async function openAxes(page: Page): Promise<void> {
  await openPage(page);
  await page.getByRole('button', { name: 'Analyse' }).click();
  await page.getByRole('navigation', { name: 'Instruments' }).getByRole('button', { name: 'Axes' }).click();
}

const field = (page: Page) => page.getByRole('textbox', { name: 'Formula or axis' });

async function ask(page: Page, typed: string): Promise<void> {
  await field(page).fill(typed);
  await field(page).press('Enter');
}

test('a formula says where it is wrong, and lists the nearest texts without its own; axes place the cloud', async ({
  page,
}) => {
  await openAxes(page);
  await field(page).fill('violin - (piano');
  await expect(page.getByText('At character 16 of “violin - (piano” a closing bracket')).toBeVisible();
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await ask(page, 'violin - piano + harpsichord');
  await expect(
    page.getByText('Not in the collection, so embedded for this question only: “harpsichord”.'),
  ).toBeVisible();
  const listed = await rankedIn(page.getByRole('region', { name: 'Nearest to the formula' }));
  expect(listed.map(({ text }) => text)).not.toContain('violin');
  const cosines = listed.map(({ cosine }) => Number(cosine));
  expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
  await ask(page, 'violin - violin');
  await expect(page.getByRole('alert')).toContainText('cancel each other out');

  // Axes place the cloud, slide back to the map, and leave the map as it was.
  const axes = page.getByRole('region', { name: 'Axes of meaning' });
  await ask(page, '{cat, dog} -> {violin, piano}');
  await expect(axes).toContainText(/Residual: \d+%/);
  await expect(page.getByText('violin, piano').first()).toBeAttached();
  const names = page.locator('[aria-hidden=true] > span', { hasText: '{violin, piano}' });
  await expect(names).toHaveCount(1);
  await ask(page, 'bad -> good');
  await expect(axes.getByRole('button', { name: 'Remove the axis bad -> good' })).toBeVisible();
  await axes.getByRole('slider', { name: 'Between the map and the axes' }).fill('0.5');
  await expect(names).toHaveCount(1);
  await axes.getByRole('button', { name: 'Map', exact: true }).click();
  await expect(names).toHaveCount(0);
  await axes.getByRole('button', { name: 'Axes', exact: true }).click();
  await expect(names).toHaveCount(1);
  await page.getByRole('button', { name: 'Close the analysis' }).click();
  await expect(names).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await selectText(page, 'cello');
});

test('what cannot be asked of another collection is said, and goes with its answer', async ({ page }) => {
  await refuseModels(page);
  await openAxes(page);
  const axes = page.getByRole('region', { name: 'Axes of meaning' });
  await ask(page, 'cat -> cello');
  await expect(axes).toContainText(/Residual: \d+%/);
  await openFileOnPage(page, {
    name: 'mine.json',
    bytes: JSON.stringify(['east', 'north', 'up'].map((text, i) => ({ text, vector: [1, i, i * i, 1] }))),
  });
  await expectCount(page, 3);
  await expect(page.getByRole('alert').filter({ hasText: 'so “cat” can have none' })).toBeVisible();
  await expect(axes).toHaveCount(0);
  await ask(page, 'east -> north');
  await expect(axes.getByRole('button', { name: 'Remove the axis east -> north' })).toBeVisible();
});

test('neighbours: all of them, among one group, without the common direction, and taken away', async ({ page }) => {
  await openPage(page);
  await selectText(page, 'cello');
  const region = page.getByRole('region', { name: 'Neighbours' });
  const first = await rankedIn(region);
  expect(first).toHaveLength(12);
  await expect(region.getByRole('listitem').first().getByRole('button')).toHaveAttribute(
    'title',
    /On the map: number \d+ by distance/,
  );
  // Drawn, not text: the row reads as its text and its cosine.
  const drawn = region.getByRole('listitem').first().locator('[data-drawn]');
  await expect(drawn).toHaveCount(2);
  await expect(drawn.last()).toHaveAttribute('data-drawn', /^\d+\.\d+$/);
  await region.getByText('How many, among which, and taking away').click();
  await region.getByRole('button', { name: 'All 199' }).click();
  const long = region.getByRole('listitem').first();
  await expect(long).toHaveAttribute('aria-setsize', '199');
  // A window of them is drawn, and the last is reached by scrolling.
  expect(await region.getByRole('listitem').count()).toBeLessThan(40);
  await region.locator('.window').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(region.locator('[aria-posinset="199"]')).toBeVisible();
  await region.getByRole('combobox', { name: 'Among' }).selectOption({ label: 'music' });
  await expect(region.getByRole('listitem')).toHaveCount(17);
  await region.getByRole('spinbutton', { name: 'How many' }).fill('3');
  await region.getByRole('spinbutton', { name: 'How many' }).press('Enter');
  await expect(region.getByRole('listitem')).toHaveCount(3);

  const raw = await rankedIn(region);
  await region.getByRole('checkbox', { name: 'Remove the common direction' }).check();
  await expect(region.getByText('It is that of 200 texts.')).toBeVisible();
  await expect.poll(async () => (await rankedIn(region))[0]?.cosine).not.toBe(raw[0]?.cosine);
  const centred = await rankedIn(region);
  const expected = centred.map(({ text, cosine }, i) => ({ rank: i + 1, text, cosine_centred: near(cosine) }));
  expect(JSON.parse(await saved(page, region, 'JSON'))).toMatchObject(expected);
  const csv = await saved(page, region, 'CSV');
  expect(csv.split(/\r?\n/)[0]).toBe('text,rank,cosine,cosine_centred,map_rank,map_distance');

  // The mean is that of the moment when it was asked for, through a reload and with other texts.
  await addWords(page, 'zebra crossing');
  await expectCount(page, 201);
  await page.reload();
  await expectCount(page, 201);
  await selectText(page, 'cello');
  await expect(region.getByRole('listitem')).toHaveCount(12);
  await region.getByText('How many, among which, and taking away').click();
  await expect(region.getByRole('checkbox', { name: 'Remove the common direction' })).not.toBeChecked();
  await region.getByRole('checkbox', { name: 'Remove the common direction' }).check();
  await expect(region.getByText('It is that of 200 texts.')).toBeVisible();
  await expect.poll(async () => rankedIn(region)).toEqual(expect.arrayContaining(centred));
  // What was wished for holds for the next text too, and its fields stay unfolded.
  await selectText(page, 'violin');
  await expect(region.getByRole('checkbox', { name: 'Remove the common direction' })).toBeChecked();
  await expect(region.getByRole('checkbox', { name: 'Remove the common direction' })).toBeVisible();
  // Comparisons follow, with both numbers.
  await region.getByRole('combobox', { name: 'Among' }).selectOption({ label: 'music' });
  await (await findText(page, 'cello')).click({ modifiers: ['Control'] });
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison).toContainText('without the common direction');
  await expect(comparison).toContainText(/\d+ of 12 neighbours are shared/);
  const beside = page.getByRole('region', { name: 'Side by side' });
  await expect(beside.getByText('Only texts with “music” are looked at.')).toBeVisible();
  await expect(
    beside.getByRole('button', {
      name: /^violin – cello: cosine 0\.\d{3} without the common direction, 0\.684 as the model gives it$/,
    }),
  ).toBeVisible();
  await comparison.getByRole('checkbox', { name: 'Remove the common direction' }).uncheck();
  await expect(comparison).not.toContainText('without the common direction');
  await expect(beside.getByRole('button', { name: 'violin – cello: 0.684' })).toBeVisible();
});

test('words that are typed while the model is loaded light what is near once it is there, and load it once', async ({
  page,
}) => {
  await refuseModels(page);
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  const search = page.getByRole('searchbox', { name: 'Search' });
  // No text is spelled so: only its meaning can light any.
  await search.fill('puppy');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  const unlit = await cloudOf(page);

  await page.unroute('**/models/**');
  const asked: string[] = [];
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/models/**', async (route) => {
    asked.push(route.request().url());
    await opened;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('status')).toHaveText(/Loading model/);
  await search.fill('puppies');
  open();
  await expectCount(page, 200, { timeout: 60_000 });
  await expect.poll(async () => (await cloudOf(page)).equals(unlit)).toBe(false);
  expect(new Set(asked).size).toBe(asked.length);
  const lit = await cloudOf(page);
  await search.fill('');
  await expect.poll(async () => (await cloudOf(page)).equals(lit)).toBe(false);
});

test('typed words load the model of the collection, where another was there before or could not be loaded', async ({
  page,
}) => {
  await refuseModels(page);
  await openPage(page);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  // Where its model cannot be asked, the file is taken at its word.
  const space = { modelId: 'multilingual-e5-small-en-pt', prompt: 'query: {text}' };
  await openFileOnPage(page, { name: 'e5.npz', bytes: vectorFile(numberedTexts(30), undefined, 384, space) });
  await expectCount(page, 30);
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(space.modelId);
  await page.unroute('**/models/**');
  const asked = new Set<string>();
  page.on('request', (request) => {
    const [, model] = /models\/([^/]+)\//.exec(request.url()) ?? [];
    if (model !== undefined) asked.add(model);
  });
  const unlit = await cloudOf(page);
  await page.getByRole('searchbox', { name: 'Search' }).fill('puppy');
  await expect(page.getByRole('status')).toHaveText(/^Loading model/);
  await expectCount(page, 30, { timeout: 60_000 });
  await expect.poll(async () => (await cloudOf(page)).equals(unlit)).toBe(false);
  expect([...asked]).toEqual([space.modelId]);
});

test('many selected texts have a centroid, whose neighbours are none of them', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('combobox', { name: 'A group…' }).selectOption('music');
  const listed = await rankedIn(page.getByRole('region', { name: 'Nearest to their centroid' }));
  expect(listed).toHaveLength(12);
  expect(listed.map(({ text }) => text)).not.toContain('cello');
});

/** A picture of what is between the panels. */
const cloudOf = (page: Page): Promise<Buffer> => page.screenshot({ clip: { x: 310, y: 110, width: 620, height: 540 } });

const near = (cosine: string): unknown => expect.closeTo(Number(cosine), 3);

/** What the browser saves when `name` is pressed. */
async function saved(page: Page, region: Locator, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), region.getByRole('button', { name }).click()]);
  return readFileSync(await file.path(), 'utf8');
}
