/** Many texts chosen at once, and what is done with them. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import { addWords, expectCount, findText, refuseModels } from './page';
import { download, openFileOnPage, save } from './transfer';
import { numberedTexts, placedFile, vectorFile } from './vectors';

const side = 4;
const all = side * side;
/** The middle of what the panels leave of the page at 1280 x 800, as `insets` of App.svelte has them. */
const middle = { x: (304 + 1280 - 236) / 2, y: (60 + 800 - 44) / 2 };
const middleBesideDetails = { x: (304 + 1280 - 344) / 2, y: middle.y };
/** Corners of that which are the canvas's own. */
const [left, top, bottom] = [310, 70, 700];

/** A flat map of texts in four columns of four, the first four in the first column; wider than high, so that nothing is on it. */
async function openGrid(page: Page, write: typeof vectorFile = vectorFile): Promise<void> {
  const data = Float32Array.from(Array.from({ length: all }, (_, i) => [Math.floor(i / side), (i % side) / 2]).flat());
  const bytes = write(numberedTexts(all), { data, rows: all, dim: 2 });
  await page.goto('?lang=en');
  await page.getByRole('button', { name: 'Got it' }).click();
  await openFileOnPage(page, { name: 'grid.npz', bytes });
  // At once: it goes by itself, perhaps before a model has embedded the texts.
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expectCount(page, all);
}

async function drag(page: Page, ...places: readonly (readonly [number, number])[]): Promise<void> {
  const [[x, y] = [0, 0], ...others] = places;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const place of others) await page.mouse.move(...place, { steps: 4 });
  await page.mouse.up();
}

async function dragWith(
  page: Page,
  keys: readonly string[],
  ...places: readonly (readonly [number, number])[]
): Promise<void> {
  for (const key of keys) await page.keyboard.down(key);
  await drag(page, ...places);
  for (const key of keys) await page.keyboard.up(key);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const undo = (page: Page) => button(page, 'Undo').first();
const many = (page: Page) => page.getByRole('region', { name: 'Selected texts' });
const expectMany = async (page: Page, count: number) => {
  await expect(many(page).getByRole('heading')).toHaveText(`${count} texts selected`);
  await expect(page.locator('[aria-live=polite]').filter({ hasText: `${count} texts selected` })).toBeAttached();
};

test('a lasso and boxes choose, add, take away and intersect; grouping them can be undone', async ({ page }) => {
  await refuseModels(page);
  await openGrid(page);
  const { x, y } = middle;
  await button(page, 'Lasso').click();
  await drag(page, [left, top], [x, top], [x, bottom], [left, bottom]);
  await expectMany(page, all / 2);
  await page.keyboard.press('Escape');
  await expect(button(page, 'Lasso')).toHaveAttribute('aria-pressed', 'false');
  await expectMany(page, all / 2);

  const beside = middleBesideDetails;
  await dragWith(page, ['Shift'], [left, top], [930, y]);
  await expectMany(page, (all * 3) / 4);
  await dragWith(page, ['Alt'], [beside.x, top], [930, y]);
  await expectMany(page, all / 2);
  await dragWith(page, ['Shift', 'Alt'], [930, top], [left, y]);
  await expectMany(page, all / 4);

  await button(page, 'Set group…').click();
  await page.getByRole('combobox', { name: 'Group of these texts' }).fill('corner');
  await button(page, 'Save').click();
  const groups = page.getByRole('list', { name: 'Groups of the selected texts' });
  await expect(groups).toHaveText(/corner\s*4\s*$/);
  await undo(page).click();
  await expect(groups).toHaveText(/without a group\s*4\s*$/);
  await button(page, 'Redo').click();
  await button(page, 'Select').click();
  await page.keyboard.press('Escape');
  await expectMany(page, all / 4);
  await page.keyboard.press('Escape');
  await expect(many(page)).toBeHidden();
  await button(page, 'Select').click();
  await page.getByRole('combobox', { name: 'A group…' }).selectOption('corner');
  await expectMany(page, all / 4);
});

test('everything, the inverse and the search’s results are chosen; hidden texts are not, until they are shown', async ({
  page,
}) => {
  await refuseModels(page);
  await openGrid(page);
  const cloud = page.getByRole('img', { name: /^Map of/ });
  await cloud.focus();
  await page.keyboard.press('Control+a');
  await expectMany(page, all);
  await page.keyboard.press('Escape');
  await (await findText(page, 'text 1')).click();
  await button(page, 'Select').click();
  await page.getByRole('button', { name: /^Search results/ }).click();
  // 1, and 10 to 15.
  await expectMany(page, 7);
  await cloud.focus();
  await page.keyboard.press('Control+i');
  await expectMany(page, all - 7);

  await button(page, 'Hide').click();
  await expect(many(page)).toBeHidden();
  await cloud.focus();
  await page.keyboard.press('Control+a');
  await expectMany(page, 7);
  await page.keyboard.press('Escape');
  await dragWith(page, ['Shift'], [left, top], [1260, bottom]);
  await expectMany(page, 7);
  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'Neighbours (JSON)' }).check();
  await dialog.getByRole('checkbox', { name: 'Only the 7 texts shown' }).check();
  const lists: unknown = JSON.parse(new TextDecoder().decode((await save(page, dialog)).bytes));
  // Each has the other six, fewer than were asked for.
  expect(lists).toHaveLength(7 * 6);
  await undo(page).click();
  await expect(page.getByRole('button', { name: /hidden$/ })).toBeHidden();
  await button(page, 'Redo').click();
  await button(page, `Show ${all - 7} hidden`).click();
  await cloud.focus();
  await page.keyboard.press('Control+a');
  await expectMany(page, all);
});

test('only the chosen texts are exported, with their places; deleting them can be undone', async ({ page }) => {
  await refuseModels(page);
  await openGrid(page);
  await button(page, 'Box').click();
  await drag(page, [left, top], [middle.x, bottom]);
  await expectMany(page, all / 2);
  await button(page, 'Export these…').click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('checkbox', { name: `Only the ${all / 2} selected texts` })).toBeChecked();
  await dialog.getByRole('radio', { name: 'JSON', exact: true }).check();
  const coming = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const saved = parseFile('some.json', new Uint8Array(await readFile(await (await coming).path())));
  expect(saved.items.map(({ text }) => text)).toEqual(numberedTexts(all / 2).map(({ text }) => text));
  expect([...saved.positions!.data].filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);

  await button(page, 'Delete these').click();
  await expectCount(page, all / 2);
  await expect(many(page)).toBeHidden();
  await undo(page).click();
  await expectCount(page, all);
});

test('isolated texts have a map of their own; all come back where they were, with what was added', async ({ page }) => {
  const map = (count: number) => page.getByRole('img', { name: `Map of ${count} texts` });
  await openGrid(page, placedFile);
  const before = (await download(page, 'JSON')).bytes;
  await button(page, 'Box').click();
  await drag(page, [left, top], [middle.x, bottom]);
  await button(page, 'Isolate').click();
  await expect(map(all / 2)).toBeVisible();
  await expectCount(page, all);
  await page.keyboard.press('Escape');
  await (await findText(page, 'text 3')).click();
  // Neighbours are those of the whole collection.
  await expect(page.getByRole('region', { name: 'Neighbours' }).getByRole('listitem')).toHaveCount(12);
  await button(page, `Back to all ${all} texts`).click();
  await expect(map(all)).toBeVisible();
  expect((await download(page, 'JSON')).bytes).toEqual(before);

  await undo(page).click();
  await expect(map(all / 2)).toBeVisible();
  await undo(page).click();
  await expect(map(all)).toBeVisible();
  await button(page, 'Redo').click();
  await expect(map(all / 2)).toBeVisible();
  await addWords(page, 'zebra');
  await expect(map(all / 2 + 1)).toBeVisible();
  await page.reload();
  await expect(map(all + 1)).toBeVisible();
  await expectCount(page, all + 1);
});
