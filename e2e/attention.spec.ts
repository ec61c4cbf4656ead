/** Inside the model: a text's vector, a word in several contexts, and attention. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { openPage, selectText } from './page';
import { openFileOnPage } from './transfer';

const lens = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function openLens(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Lenses' }).getByRole('button', { name, exact: true }).click();
}

test('a vector, a word in several contexts, and attention: what the lenses tell of one text', async ({ page }) => {
  await openPage(page);
  await selectText(page, 'cello');
  await page.getByRole('button', { name: 'Inside', exact: true }).click();

  // Telling dimensions, and a word after any layer.
  await openLens(page, 'Vector');
  const vector = lens(page, 'Vector');
  await expect(vector.getByRole('img', { name: 'The 384 values of the vector' })).toBeVisible();
  const telling = vector.getByRole('table').first().getByRole('row');
  await expect(telling).toHaveCount(9);
  await telling.nth(1).getByRole('button').click();
  const dimension = await telling.nth(1).getByRole('button').innerText();
  await expect(vector).toContainText(`Dimension ${dimension}:`);

  await vector.getByRole('button', { name: 'bank', exact: true }).click();
  const word = vector.getByRole('table', { name: 'Cosines of the word in its sentences' });
  await expect(word.getByRole('row')).toHaveCount(5);
  const cells = () => word.getByRole('cell').allInnerTexts();
  const last = await cells();
  await vector.getByRole('slider', { name: /After layer 6 of 6/ }).fill('0');
  await expect(vector.getByRole('slider', { name: /Layer 0/ })).toBeVisible();
  expect(await cells()).not.toEqual(last);

  await vector.getByRole('textbox', { name: 'Sentences, one a line' }).fill('A riverbank.\nThe bank, the Bank.');
  await vector.getByRole('button', { name: 'Compare' }).click();
  await expect(vector).toContainText('“bank” does not stand in: 1.');
  await expect(word.getByRole('rowheader')).toHaveText(['2a', '2b']);

  // All heads, one enlarged, looks with numbers, and special tokens hidden.
  await openLens(page, 'Attention');
  const attention = lens(page, 'Attention');
  const tokens = attention.getByRole('toolbar', { name: 'Tokens' });
  await expect(tokens.getByRole('button')).toHaveText(['[CLS]', 'cello', '[SEP]']);
  await attention.getByRole('textbox', { name: 'Text to read' }).fill('The unbelievable bank 🎻');
  await attention.getByRole('button', { name: 'Read' }).click();
  await expect(tokens.getByRole('button').last()).toHaveText('[SEP]');
  await expect(attention).toContainText('6 tokens, 6 layers of 12 heads. All 432 rows sum to 1');

  // The keyboard goes from head to head, and from token to token.
  await attention.getByRole('button', { name: 'Layer 1, head 1', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(attention.getByRole('heading', { name: 'Layer 2, head 2' })).toBeVisible();
  await tokens.getByRole('button', { name: 'the', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(attention).toContainText('“unbelievable” looks at');
  await expect(attention).toContainText(/\[CLS\] 1\s*0\.\d{3}/);

  await attention.getByRole('checkbox', { name: 'Hide special tokens' }).check();
  await expect(tokens.getByRole('button')).toHaveText(['the', 'unbelievable', 'bank', '[UNK]']);
  await expect(attention).toContainText(/The hidden special tokens took \d+%/);
  await attention.getByRole('button', { name: 'Matrix' }).click();
  const matrix = attention.getByRole('img', { name: /^Weights from the token/ });
  await matrix.hover();
  await expect(attention).toContainText(/(the|unbelievable|bank) → \S+: 0\.\d{3}/);
  await attention.getByRole('button', { name: 'Attention rollout' }).click();
  await expect(attention.getByRole('heading', { name: 'Attention rollout' })).toBeVisible();

  const saving = page.waitForEvent('download');
  await attention.getByRole('group', { name: 'Save as' }).last().getByRole('button', { name: 'JSON' }).click();
  const saved: unknown = JSON.parse(await readFile(await (await saving).path(), 'utf8'));
  expect(saved).toMatchObject({
    text: 'The unbelievable bank 🎻',
    view: 'Attention rollout',
    tokens: ['the', 'unbelievable', 'bank', '[UNK]'],
    weights: [expect.any(Array), expect.any(Array), expect.any(Array), expect.any(Array)],
  });

  // What was read is of this collection.
  await openFileOnPage(page, { name: 'two.txt', bytes: 'oboe\nflute\n' });
  await expect(attention.getByRole('textbox', { name: 'Text to read' })).toHaveValue('');
  await expect(tokens).toBeHidden();
});
