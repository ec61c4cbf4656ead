/** Typing words: what is split, grouped and told, and that every change can be taken back. */
import { expect, test, type Page } from '@playwright/test';
import {
  addWords,
  expectCount,
  findText,
  openPage,
  rankedIn,
  refuseModels,
  selectText,
  starterSize,
  untilDone,
} from './page';

const subject = (page: Page) => page.getByRole('region', { name: 'Selected text' }).getByRole('heading');

test('typed texts are split as the box says beforehand, grouped, and never there twice', async ({ page }) => {
  await openPage(page);
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);
  await expect(page.getByRole('img', { name: `Map of ${starterSize + 1} texts` })).toBeVisible();
  await expect(subject(page)).toHaveText('zebra');

  await page.getByRole('textbox', { name: 'Add words' }).fill('okapi, gnu; yak');
  await expect(page.getByText('adds 3', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expectCount(page, starterSize + 4);
  await expect(page.getByRole('textbox', { name: 'Add words' })).toHaveValue('');

  // A part of more than three words: a sentence, which stays whole.
  await addWords(page, 'The yak, which lives in the mountains, is warm');
  await expectCount(page, starterSize + 5);
  await addWords(page, 'ibex\n\n   \nlynx\n');
  await expectCount(page, starterSize + 7);
  await addWords(page, 'salt, cumin', 'Shift+Enter');
  await expectCount(page, starterSize + 8);
  await expect(subject(page)).toHaveText('salt, cumin');
  await addWords(page, '"red, teal"');
  await expectCount(page, starterSize + 9);
  await expect(subject(page)).toHaveText('red, teal');

  await addWords(page, 'gadgets: toaster, kettle');
  await expectCount(page, starterSize + 11);
  await expect(await findText(page, 'toaster')).toContainText('gadgets');
  await expect(await findText(page, 'kettle')).toContainText('gadgets');

  await addWords(page, '  zebra ');
  await expect(page.getByText('“zebra” is already here.')).toBeVisible();
  await expect(subject(page)).toHaveText('zebra');
  await expectCount(page, starterSize + 11);
  // One letter of two code points, and the same letter as one: NFC makes them equal.
  await addWords(page, 'cafe\u0301 au lait');
  await expectCount(page, starterSize + 12);
  await addWords(page, 'caf\u00e9 au lait');
  await expect(page.getByText('“caf\u00e9 au lait” is already here.')).toBeVisible();
  await expectCount(page, starterSize + 12);
});

test('a text is edited, regrouped and deleted, and undo and redo walk through it', async ({ page }) => {
  await openPage(page);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const redo = page.getByRole('button', { name: 'Redo', exact: true });
  await expect(undo).toBeDisabled();
  await addWords(page, 'zebra');
  await expectCount(page, starterSize + 1);

  const selected = page.getByRole('region', { name: 'Selected text' });
  await selected.getByRole('button', { name: 'Edit' }).click();
  await selected.getByRole('textbox', { name: 'Text' }).fill('striped horse');
  await selected.getByLabel('Group').fill('stripes');
  await selected.getByRole('button', { name: 'Save' }).click();
  await expect(subject(page)).toHaveText('striped horse');
  await expect(await findText(page, 'striped horse')).toContainText('stripes');

  // The words of another text are refused: there would be two of them.
  await selected.getByRole('button', { name: 'Edit' }).click();
  await selected.getByRole('textbox', { name: 'Text' }).fill('dog');
  await selected.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('“dog” is already here.')).toBeVisible();
  await selected.getByRole('button', { name: 'Discard' }).click();

  await selected.getByRole('button', { name: 'Delete' }).click();
  await expectCount(page, starterSize);
  await expect(selected).toBeHidden();
  await undo.click();
  await expectCount(page, starterSize + 1);
  await undo.click();
  await expect(await findText(page, 'zebra')).toBeVisible();
  await undo.click();
  await expectCount(page, starterSize);
  await expect(undo).toBeDisabled();

  await redo.click();
  await expectCount(page, starterSize + 1);
  await redo.click();
  await expect(await findText(page, 'striped horse')).toContainText('stripes');
  await redo.click();
  await expectCount(page, starterSize);
  await expect(redo).toBeDisabled();
  // A new change after an undo: what was undone cannot come back.
  await undo.click();
  await addWords(page, 'okapi');
  await expectCount(page, starterSize + 2);
  await expect(redo).toBeDisabled();
});

test('more than a tenth of new texts lays the map out again; fewer are marked as placed', async ({ page }) => {
  await openPage(page);
  await addWords(page, 'zebra');
  await expect(page.getByText('1 placed since the last layout')).toBeVisible();
  const many = Array.from({ length: 24 }, (_, i) => `number ${i}`).join('\n');
  await untilDone(page, () => addWords(page, many), starterSize + 25);
  await expect(page.getByText('placed since the last layout')).toBeHidden();
  await expect(page.getByRole('img', { name: `Map of ${starterSize + 25} texts` })).toBeVisible();
});

test('the list is one stop of the keyboard, and arrows, Home and End walk through it', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  const list = page.getByRole('list', { name: 'Texts' });
  const focused = list.getByRole('listitem').filter({ has: page.locator(':focus') });
  await page.getByRole('button', { name: 'Hide texts' }).focus();
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAttribute('aria-posinset', '1');
  for (const [key, place] of [
    ['ArrowUp', 1],
    ['ArrowDown', 2],
    ['End', starterSize],
    ['ArrowDown', starterSize],
    ['ArrowUp', starterSize - 1],
    ['Home', 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(focused).toHaveAttribute('aria-posinset', String(place));
    await expect(focused).toBeInViewport({ ratio: 1 });
  }
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowDown');
  await expect(focused).toHaveAttribute('aria-posinset', '31');
  await expect(focused).toBeInViewport({ ratio: 1 });
  const text = await focused.getByRole('button').getAttribute('title');
  await page.keyboard.press('Enter');
  await expect(subject(page)).toHaveText(text!);
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Hide texts' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAttribute('aria-posinset', '31');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('words are added, listed, selected and searched', async ({ page }) => {
    await openPage(page);
    await page.getByRole('button', { name: 'Got it' }).click();
    await addWords(page, 'zebra');
    await expectCount(page, starterSize + 1);
    await expect(subject(page)).toHaveText('zebra');
    await page.getByRole('button', { name: 'Show texts' }).click();
    await page.getByRole('list', { name: 'Texts' }).getByRole('listitem').first().click();
    await expect(page.getByRole('region', { name: 'Neighbours' }).getByRole('listitem').first()).toBeVisible();

    // Searching shows what it finds, spelt so or meant so.
    await selectText(page, 'dog');
    await expect(page.getByRole('region', { name: 'Neighbours' })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search' }).fill('puppy');
    await expect(page.getByText('No text is spelled like “puppy”.')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search' }).press('Enter');
    expect((await rankedIn(page.getByRole('region', { name: 'Search by meaning' })))[0]?.text).toBe('dog');
  });

  test('a tool that was chosen closes the tools, labels can be hidden, and an empty page says what to do', async ({
    page,
  }) => {
    await openPage(page);
    await page.getByRole('button', { name: 'Got it' }).click();
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Map settings', includeHidden: true })).toBeHidden();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByRole('checkbox', { name: 'Labels' }).uncheck();
    await page.keyboard.press('Escape');
    await expect(more).toBeFocused();
    await more.click();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(settings.getByRole('checkbox', { name: 'Labels' })).not.toBeChecked();
    await page.keyboard.press('Escape');

    await page.getByTitle('Collections').click();
    await page.getByRole('button', { name: 'Clear texts' }).click();
    await expectCount(page, 0);
    await expect(page.getByRole('paragraph').filter({ hasText: 'Nothing here yet' })).toBeVisible();
    await addWords(page, 'zebra');
    await expect(page.getByRole('paragraph').filter({ hasText: 'Nothing here yet' })).toBeHidden();
  });
});
