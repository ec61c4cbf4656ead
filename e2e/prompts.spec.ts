/** Prompts around the texts, beside each other. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { addWords, expectCount, openPage, selectText, starterSize } from './page';

async function openPrompts(page: Page): Promise<void> {
  await openPage(page);
  await selectText(page, 'cello');
  await page.getByRole('button', { name: 'Inside', exact: true }).click();
  await page.getByRole('navigation', { name: 'Lenses' }).getByRole('button', { name: 'Prompts' }).click();
}

const compare = (page: Page) => page.getByRole('button', { name: 'Compare prompts' });
const table = (page: Page) => page.getByRole('table', { name: 'Prompts compared' });

test('are ranked with the numbers of the command line, saved, and one is used for the map, with undo', async ({
  page,
}) => {
  await openPrompts(page);
  await expect(page.getByText('Baseline · default of the model · on the map')).toBeVisible();
  await compare(page).click();
  const heads = table(page).getByRole('rowheader');
  await expect(heads).toHaveText(['a kind of {text}', '{text}', 'the meaning of {text}'], { timeout: 60_000 });
  // As `constela prompts` prints them (docs/inside/prompts.md).
  await expect(table(page).getByRole('row').nth(1)).toContainText(/0\.157\s*0\.940\s*0\.205\s*0\.438\s*0\.343/);
  await expect(table(page)).toContainText('silhouette +0.006 ± 0.004');
  await expect(page.getByText('200 texts in 11 groups; 5 neighbours vote.')).toBeVisible();
  const near = page.getByRole('region', { name: 'a kind of {text}', exact: true });
  await expect(near.getByRole('listitem').first()).toContainText('violin');
  await expect(near).toContainText('moved 0.380, own 0.232');

  const download = page.waitForEvent('download');
  await page.getByRole('group', { name: 'Save as' }).getByRole('button', { name: 'JSON' }).click();
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  expect(saved).toMatchObject({ model: 'all-MiniLM-L6-v2', baseline: '{text}' });
  expect(saved.prompts[0].texts).toHaveLength(starterSize);
  expect(saved.prompts[0].texts[0]).toMatchObject({ text: 'cat' });

  await page.getByRole('button', { name: 'Use “a kind of {text}” for the map' }).click();
  const used = page.getByText('on the map');
  await expect(page.getByText('Baseline · default of the model', { exact: true })).toBeVisible();
  await expectCount(page, starterSize, { timeout: 60_000 });
  await expect(used).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Baseline · default of the model · on the map')).toBeVisible();
});

test('are checked while they are written, cut texts are said, and the comparison follows the texts', async ({
  page,
}) => {
  await openPrompts(page);
  const second = page.getByRole('textbox', { name: 'Prompt 2' });
  await second.fill('no place');
  await expect(page.getByText('Put {text} where the text belongs')).toBeVisible();
  await expect(compare(page)).toBeDisabled();
  await second.fill('{text}');
  await expect(page.getByText('This prompt is there already.')).toBeVisible();
  await expect(compare(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Remove prompt 3' }).click();
  await expect(page.getByRole('button', { name: 'Remove prompt 1' })).toBeDisabled();
  // Longer than the 256 tokens that the model reads.
  await second.fill(`${'very '.repeat(300)}{text}`);
  await compare(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(compare(page)).toBeEnabled();
  await expect(table(page)).toHaveCount(0);

  await second.fill('a kind of {text}');
  await page.getByRole('button', { name: 'Add a prompt' }).click();
  await page.keyboard.type('{text}, of course');
  await page.getByLabel('Baseline: a kind of {text}').check();
  await compare(page).click();
  await expect(table(page).getByRole('row').filter({ hasText: 'Baseline' })).toContainText('a kind of {text}', {
    timeout: 60_000,
  });
  await page.getByRole('textbox', { name: 'Prompt 3' }).fill('so, {text}');
  await expect(page.getByText(/of other prompts, texts or groups than those that are here now/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Prompt 3' }).fill('{text}, of course');
  await expect(page.getByText(/of other prompts, texts or groups than those that are here now/)).toHaveCount(0);

  await addWords(page, 'harpsichord');
  await expectCount(page, starterSize + 1, { timeout: 60_000 });
  const lists = page.getByRole('region', { name: '{text}, of course', exact: true });
  await expect(lists.getByRole('listitem').first()).toContainText(/\d\.\d{3}/, { timeout: 60_000 });
  await expect(page.getByRole('heading', { name: '“harpsichord” under each prompt' })).toBeVisible();
});
