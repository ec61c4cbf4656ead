/** Cancel: it stops the work itself, keeps what was made, and nothing waits behind it. */
import { expect, test } from '@playwright/test';
import { addWords, expectCount, openPage, starterSize } from './page';
import { countVectors } from './storage';
import { openFileOnPage } from './transfer';

test('a cancelled embedding stops and is not lost, and the next word does not wait for it', async ({ page }) => {
  await openPage(page);
  const count = 600;
  const sentence = 'is the number of a sentence that is long enough for a model to take some time over it';
  const sentences = Array.from({ length: count }, (_, i) => `${i} ${sentence}`);
  await openFileOnPage(page, { name: 'sentences.txt', bytes: sentences.join('\n') });
  await expect(page.getByRole('status')).toHaveText(new RegExp(`^Embedding [1-9]\\d* of ${count}$`));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await addWords(page, 'zebra');
  await expect(page.getByRole('img', { name: `Map of ${starterSize + 1} texts` })).toBeVisible();
  await expectCount(page, starterSize + 1);
  // The word's vector follows those of the sentences into the store.
  const remembered = await countVectors(page);
  expect(remembered).toBeGreaterThan(starterSize + 1);
  expect(remembered).toBeLessThan(starterSize + count);
});
