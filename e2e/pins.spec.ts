/** Texts that a person pins and moves: they stay where they were put, and the layout goes on around them. */
import { expect, test, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import { expectCount, findText, openPage, rankedIn, refuseModels, selectText, starterSize, untilDone } from './page';
import { download, openFileOnPage } from './transfer';
import { noise, numberedTexts, vectorFile } from './vectors';

type Places = ReadonlyMap<string, readonly number[]>;

async function places(page: Page): Promise<Places> {
  const { items, positions } = parseFile('map.json', (await download(page, 'JSON')).bytes);
  const { data, dim } = positions!;
  return new Map(items.map(({ text }, row) => [text, [...data.subarray(row * dim, (row + 1) * dim)]]));
}

const pin = (page: Page) =>
  page.getByRole('region', { name: 'Selected text' }).getByRole('button', { name: 'Pin', exact: true });
/** That of the top bar; a notice may have one too. */
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }).first();
const redo = (page: Page) => page.getByRole('button', { name: 'Redo', exact: true });
const tip = (page: Page) => page.locator('.tip');

/** Selects a text and brings it to the middle of what the panels leave free; gives its place, where hovering shows it. */
async function flyTo(page: Page, text: string): Promise<{ x: number; y: number }> {
  await selectText(page, text);
  await page.getByRole('button', { name: 'Fly to' }).click();
  // The panels of the page at 1280 x 800, as `insets` of App.svelte has them.
  const place = { x: (304 + 1280 - 344) / 2, y: (60 + 800 - 44) / 2 };
  await page.mouse.move(0, 0);
  await page.mouse.move(place.x, place.y);
  await expect(tip(page)).toContainText(text);
  return place;
}

async function dragBy(page: Page, from: { x: number; y: number }, right: number, down: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + right / 2, from.y + down / 2, { steps: 4 });
  await page.mouse.move(from.x + right, from.y + down, { steps: 4 });
  await page.mouse.up();
}

async function runWithSeed(page: Page, seed: string): Promise<void> {
  await page.getByRole('button', { name: 'Map settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map settings' });
  await dialog.getByRole('spinbutton', { name: 'Seed' }).fill(seed);
  await untilDone(page, () => dialog.getByRole('button', { name: 'Run', exact: true }).click());
}

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, d) => value - b[d]!));

/** Mean distance of `texts` from a place. */
const meanDistance = (map: Places, texts: readonly string[], from: readonly number[]) =>
  texts.reduce((sum, text) => sum + distance(map.get(text)!, from), 0) / texts.length;

test('a pinned text stays exactly where it is through other layouts, a deletion taken back, and a reload', async ({
  page,
}) => {
  await refuseModels(page);
  await openPage(page);
  const before = await places(page);
  await selectText(page, 'violin');
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
  await pin(page).focus();
  await page.keyboard.press('Enter');
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('1 pinned', { exact: true })).toBeVisible();
  await expect((await findText(page, 'violin')).getByLabel('Pinned: it stays here')).toBeVisible();
  expect(await places(page)).toEqual(before);

  await runWithSeed(page, '7');
  const again = await places(page);
  expect(again.get('violin')).toEqual(before.get('violin'));
  expect(again.get('cat')).not.toEqual(before.get('cat'));
  await runWithSeed(page, '8');
  expect((await places(page)).get('violin')).toEqual(before.get('violin'));
  await runWithSeed(page, '7');
  expect(await places(page)).toEqual(again);

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expectCount(page, starterSize - 1);
  await expect(page.getByText('1 pinned', { exact: true })).toBeHidden();
  await undo(page).click();
  await expectCount(page, starterSize);
  await selectText(page, 'violin');
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await expectCount(page, starterSize);
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect((await places(page)).get('violin')).toEqual(before.get('violin'));

  await page.getByRole('button', { name: 'Unpin all (1)' }).click();
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
  await runWithSeed(page, '9');
  expect((await places(page)).get('violin')).not.toEqual(before.get('violin'));
  // What is pinned again by an undo stays where it is by now.
  const now = await places(page);
  await undo(page).click();
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect(await places(page)).toEqual(now);
  await redo(page).click();
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
});

test('a pinned text that is edited keeps its place and shows its new words', async ({ page }) => {
  await openPage(page);
  const place = await flyTo(page, 'violin');
  const before = await places(page);
  await pin(page).click();
  const selected = page.getByRole('region', { name: 'Selected text' });
  await selected.getByRole('button', { name: 'Edit' }).click();
  await selected.getByRole('textbox', { name: 'Text' }).fill('quasar');
  await selected.getByRole('button', { name: 'Save' }).click();
  await expectCount(page, starterSize);
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect((await places(page)).get('quasar')).toEqual(before.get('violin'));
  await page.mouse.move(0, 0);
  await page.mouse.move(place.x, place.y);
  await expect(tip(page)).toContainText('quasar');
});

test('a selected text is dragged, its neighbours follow, and undo brings the earlier map back', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  const from = await flyTo(page, 'violin');
  const canvas = page.getByRole('img', { name: /^Map of/ });
  await expect(canvas).toHaveCSS('cursor', 'move');
  const listed = (await rankedIn(page.getByRole('region', { name: 'Neighbours' }))).map(({ text }) => text);
  const before = await places(page);

  await untilDone(page, () => dragBy(page, from, 260, 90));
  const after = await places(page);
  expect(await pin(page).getAttribute('aria-pressed')).toBe('true');
  const dropped = after.get('violin')!;
  expect(distance(dropped, before.get('violin')!)).toBeGreaterThan(1);
  expect(meanDistance(after, listed, dropped)).toBeLessThan(meanDistance(before, listed, dropped) * 0.8);
  // The view has stood still: the text is where it was let go.
  await page.mouse.move(0, 0);
  await page.mouse.move(from.x + 260, from.y + 90);
  await expect(tip(page)).toContainText('violin');

  await runWithSeed(page, '7');
  expect((await places(page)).get('violin')).toEqual(dropped);

  await undo(page).click();
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
  expect(await places(page)).toEqual(before);
  await redo(page).click();
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect((await places(page)).get('violin')).toEqual(dropped);
  await page.reload();
  await expectCount(page, starterSize);
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect((await places(page)).get('violin')).toEqual(dropped);
});

test('a drag beside the selected text turns the view, a click on it moves nothing, and Escape puts it back', async ({
  page,
}) => {
  await refuseModels(page);
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  const from = await flyTo(page, 'violin');
  const before = await places(page);
  await page.mouse.click(from.x, from.y);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 120, from.y + 40, { steps: 4 });
  // The others follow meanwhile, and their ranks on the map are none to be read.
  const ranks = page.getByRole('region', { name: 'Neighbours' }).getByText('on the map', { exact: true });
  await expect(ranks).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(ranks).toBeVisible();
  await page.mouse.move(from.x + 160, from.y + 40, { steps: 2 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
  await page.mouse.move(from.x, from.y);
  await expect(tip(page)).toContainText('violin');
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
  expect(await places(page)).toEqual(before);

  // Where no text is, the same drag belongs to the camera.
  await dragBy(page, { x: 330, y: 700 }, 200, -40);
  expect(await places(page)).toEqual(before);
  await expect(undo(page)).toBeDisabled();
});

test('with the cloud focused, Shift and arrows move the selected text until Shift is let go', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await selectText(page, 'violin');
  const before = await places(page);
  await page.getByRole('img', { name: /^Map of/ }).focus();
  await page.keyboard.down('Shift');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await page.keyboard.up('Shift');
  expect(await places(page)).toEqual(before);
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');

  await page.getByRole('img', { name: /^Map of/ }).focus();
  await page.keyboard.down('Shift');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowUp');
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
  await untilDone(page, () => page.keyboard.up('Shift'));
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect(distance((await places(page)).get('violin')!, before.get('violin')!)).toBeGreaterThan(0.1);
  // One step of undo for all of the keys.
  await undo(page).click();
  expect(await places(page)).toEqual(before);
});

test('pins wait while the map has other dimensions or is principal components', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await selectText(page, 'violin');
  await pin(page).click();
  const before = await places(page);
  await untilDone(page, () => page.getByRole('button', { name: '2D', exact: true }).click());
  await expect(page.getByText('1 pinned text waits for a map of as many dimensions')).toBeVisible();
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
  await pin(page).click();
  const flat = await places(page);
  await untilDone(page, () => page.getByRole('button', { name: '3D', exact: true }).click());
  expect((await places(page)).get('violin')).toEqual(before.get('violin'));

  await page.getByRole('button', { name: 'Map settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map settings' });
  await expect(dialog.getByText('1 pinned text stays where it is')).toBeVisible();
  await dialog.getByLabel('Engine').selectOption('PCA');
  await expect(dialog.getByText('1 pinned text waits for UMAP')).toBeVisible();
  await untilDone(page, () => dialog.getByRole('button', { name: 'Run', exact: true }).click());
  await expect(pin(page)).toBeDisabled();
  expect((await places(page)).get('violin')).not.toEqual(before.get('violin'));

  await page.getByRole('button', { name: 'Map settings' }).click();
  await dialog.getByLabel('Engine').selectOption('UMAP');
  await dialog.getByLabel('Dimensions').selectOption('2');
  await untilDone(page, () => dialog.getByRole('button', { name: 'Run', exact: true }).click());
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect((await places(page)).get('violin')).toEqual(flat.get('violin'));
});

test('the layout after a drag is cancelled, and undone', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  const rows = 6000;
  const spread = Float32Array.from({ length: rows * 3 }, (_, i) => 5 * noise(i * 7));
  // Between the others and the camera's first place, so that no other point covers it.
  spread.set([10.6, 6.9, 15.5], 5999 * 3);
  const positions = { data: spread, rows, dim: 3 } as const;
  const bytes = vectorFile(numberedTexts(rows), positions, 32);
  await openFileOnPage(page, { name: 'large.npz', bytes });
  await expectCount(page, rows);
  const before = await places(page);
  const from = await flyTo(page, 'text 5999');
  await dragBy(page, from, 200, 0);
  await expect(page.getByRole('status')).toHaveText(/^(Neighbours|Layout)/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expectCount(page, rows);
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
  expect((await places(page)).get('text 5999')).not.toEqual(before.get('text 5999'));
  await undo(page).click();
  await expect(pin(page)).toHaveAttribute('aria-pressed', 'false');
  expect(await places(page)).toEqual(before);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a finger drags the selected text', async ({ page }) => {
    await refuseModels(page);
    await openPage(page);
    await page.getByRole('button', { name: 'Got it' }).click();
    await selectText(page, 'violin');
    await page.getByRole('button', { name: 'Fly to' }).click();
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    const before = await places(page);
    // As `insets` of App.svelte has them on a narrow page with details.
    const [x, y] = [390 / 2, (56 + 844 - 32 - 400) / 2];
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', right = 0) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: x + right, y }],
      });
    await untilDone(page, async () => {
      await send('touchStart');
      for (const right of [15, 40, 70, 100]) await send('touchMove', right);
      await send('touchEnd');
    });
    await expect(pin(page)).toHaveAttribute('aria-pressed', 'true');
    await more.click();
    expect(distance((await places(page)).get('violin')!, before.get('violin')!)).toBeGreaterThan(0.5);
  });
});
