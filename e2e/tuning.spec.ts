/** Fine-tuning in the page: pairs, training, the map in the adapter's space, undo, and a reload. */
import { expect, test } from '@playwright/test';
import { addWords, expectCount, findText, openPage, selectText, starterSize } from './page';

test('pairs of groups train an adapter: curves, a verdict, neighbours, undo, a reload, its file', async ({ page }) => {
  test.slow();
  await openPage(page);
  await selectText(page, 'cello');
  await page.getByRole('button', { name: 'Inside' }).click();
  await page.getByRole('navigation', { name: 'Lenses' }).getByRole('button', { name: 'Fine-tuning' }).click();
  const lens = page.getByRole('region', { name: 'Fine-tuning' });
  await expect(lens.getByRole('button', { name: 'Train' })).toBeDisabled();

  // Two texts are marked; undo takes the mark back.
  await (await findText(page, 'cat')).click({ modifiers: ['Control'] });
  await lens.getByRole('button', { name: 'Unlike', exact: true }).click();
  await expect(lens).toContainText('0 alike, 1 unlike');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(lens).toContainText('0 alike, 0 unlike');

  // Said by groups: one is dragged, one is put by the keyboard, one joins another.
  const [close, apart] = ['Should be close', 'Should be apart'].map((name) => lens.getByRole('region', { name }));
  const chip = (group: string) => lens.getByRole('group', { name: 'By groups' }).getByRole('button', { name: group });
  await chip('animals').dragTo(close!);
  await expect(lens).toContainText('153 alike and 0 unlike pairs');
  await chip('music').dragTo(close!.getByRole('button', { name: /^animals/ }));
  await expect(lens).toContainText('500 alike and 0 unlike pairs');
  for (const group of ['animals', 'foods']) {
    await chip(group).press('Enter');
    await lens.getByRole('button', { name: 'Apart from others' }).press('Enter');
  }
  await expect(apart!.getByRole('button', { name: /^foods/ })).toBeVisible();
  await expect(lens).toContainText('500 alike and 324 unlike pairs');
  await lens.getByRole('button', { name: 'Add these pairs' }).click();
  await expect(lens).toContainText('500 alike, 324 unlike');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(lens).toContainText('0 alike, 0 unlike');

  await lens.getByRole('button', { name: 'From groups' }).click();
  await expect(lens).toContainText('500 alike, 500 unlike');
  await lens.getByRole('button', { name: 'Train' }).click();
  await expect(lens.getByRole('img', { name: /^Training, pass \d+: loss/ })).toBeVisible({ timeout: 60_000 });
  const use = lens.getByRole('button', { name: 'Use', exact: true });
  await expect(use).toHaveAttribute('aria-pressed', 'true', { timeout: 60_000 });
  await expectCount(page, starterSize, { timeout: 60_000 });
  const [before, after] = (await lens.getByRole('row', { name: /^Accuracy/ }).innerText())
    .match(/\d+(?=%)/g)!
    .map(Number);
  expect(after).toBeGreaterThan(before!);
  await expect(lens.getByRole('region', { name: 'After' }).getByRole('listitem')).toHaveCount(8, { timeout: 30_000 });

  // Undo brings the model's own space back, redo the adapter's.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(use).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(use).toHaveAttribute('aria-pressed', 'true');
  await expectCount(page, starterSize, { timeout: 60_000 });

  const saved = page.waitForEvent('download');
  await lens.getByRole('button', { name: 'Save', exact: true }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.safetensors$/);

  // A reload brings the space back, and a text typed then is embedded in it.
  await page.reload();
  await expectCount(page, starterSize);
  await addWords(page, 'harpsichord');
  await expectCount(page, starterSize + 1, { timeout: 60_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await selectText(page, 'harpsichord');
  await page.getByRole('button', { name: 'Inside' }).click();
  await page.getByRole('navigation', { name: 'Lenses' }).getByRole('button', { name: 'Fine-tuning' }).click();
  await expect(use).toHaveAttribute('aria-pressed', 'true');
});
