/** A map that keeps densities: chosen in the settings, the command line's bytes, and left alone where it cannot be. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import { expectCount, openPage, refuseModels, starterSize, untilDone } from './page';
import { download } from './transfer';

test.beforeEach(({ page }) => refuseModels(page));

async function openSettings(page: Page): Promise<{ dialog: Locator; weight: Locator; run: () => Promise<void> }> {
  await page.getByRole('button', { name: 'Map settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map settings' });
  const run = () => dialog.getByRole('button', { name: 'Run', exact: true }).click();
  return { dialog, weight: dialog.getByRole('spinbutton', { name: 'Keep densities' }), run };
}

test('densities are kept, with the bytes of the command line, and the setting with the map', async ({ page }, info) => {
  await openPage(page);
  const { dialog, weight, run } = await openSettings(page);
  await dialog.getByText('Fine settings').click();
  await expect(weight).toHaveValue('0');
  await weight.fill('11');
  await expect(dialog.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  const engine = dialog.getByRole('combobox', { name: 'Engine' });
  const refusal = dialog.getByText('Only the engine UMAP keeps densities.');
  await expect(refusal).toBeHidden();
  for (const name of ['umap-js (reference)', 'PCA']) {
    await engine.selectOption(name);
    await expect(weight).toBeDisabled();
    await expect(refusal).toBeVisible();
    // What is out of range there keeps nobody from another engine.
    await expect(dialog.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
  }
  await engine.selectOption('UMAP');
  await weight.fill('2');
  await untilDone(page, run);
  const { positions } = parseFile('map.npz', (await download(page, 'NumPy')).bytes);

  const out = info.outputPath('dense.npz');
  const starter = 'public/starters/english-words.npz';
  execFileSync(process.execPath, ['bin/constela.js', 'map', starter, '--out', out, '--density-weight', '2', '-q']);
  expect(positions).toEqual(parseFile('dense.npz', new Uint8Array(readFileSync(out))).positions);
  // The starter's own map keeps none.
  expect(positions).not.toEqual(parseFile('starter.npz', new Uint8Array(readFileSync(starter))).positions);

  await page.reload();
  await expectCount(page, starterSize);
  const again = await openSettings(page);
  await expect(again.weight).toHaveValue('2');
  // Another engine takes the weight away, and is not refused.
  await again.dialog.getByRole('combobox', { name: 'Engine' }).selectOption('PCA');
  await untilDone(page, again.run);
  const last = await openSettings(page);
  await last.dialog.getByText('Fine settings').click();
  await expect(last.weight).toHaveValue('0');
});
