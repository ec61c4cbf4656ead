/** Cancel: it stops the work itself, keeps what was made, and nothing waits behind it. */
import { writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
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

test.describe('while a large file is read', () => {
  const [rows, dim] = [400, 20_000];

  /** Begins to open a file of `rows` texts whose vectors take a second to read. */
  async function beginToOpen(page: Page, path: string) {
    const numbers = Array.from({ length: dim }, (_, i) => Math.sin(i).toFixed(8)).join(',');
    const line = (i: number) => `{"text":"text ${i}","vector":[${i},${numbers}]}\n`;
    await writeFile(
      path,
      Array.from({ length: rows }, (_, i) => line(i)),
    );
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await (await chooser).setFiles(path);
    await expect(page.getByRole('status')).toHaveText(/^Reading file/);
  }

  test('another one waits for it, and both are kept', async ({ page }, info) => {
    await openPage(page);
    await beginToOpen(page, info.outputPath('large.jsonl'));
    await openFileOnPage(page, { name: 'small.csv', bytes: 'text\ncat\ndog\nhorse\n' });
    await expect(page.getByText('Opened “large”: 400 texts.')).toBeVisible();
    await expectCount(page, 3);
    await page.getByTitle('Collections').click();
    await expect(page.getByRole('dialog').getByRole('button', { name: /^large/ })).toBeVisible();
  });

  test('its Cancel ends it alone, not the one that was chosen after it', async ({ page }, info) => {
    await openPage(page);
    await beginToOpen(page, info.outputPath('large.jsonl'));
    await openFileOnPage(page, { name: 'small.csv', bytes: 'text\ncat\ndog\nhorse\n' });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expectCount(page, 3);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expectCount(page, starterSize);
  });
});
