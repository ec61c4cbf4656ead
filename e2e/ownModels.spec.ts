/** Models of the person's own: opened from a folder or a zip, tried, used, compared, kept, refused. */
import { expect, test, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { readFixture, tinyFiles } from '../tests/embedding/tiny';
import { addWords, expectCount, openPage, refuseModels, starterSize, untilDone } from './page';
import { dropFile } from './transfer';
import { zipOf } from '../tests/data/zipped';

const bundled = 'all-MiniLM-L6-v2';
const tiny = 'tiny-0b312f237bb8';
const folder = fileURLToPath(new URL(`../models/${bundled}`, import.meta.url));

async function tinyZip(changes: Parameters<typeof tinyFiles>[0] = {}): Promise<Uint8Array> {
  const files = await tinyFiles(changes);
  return zipOf([...files].map(([name, bytes]) => ({ name: `tiny/${name}`, bytes, effort: 6 })));
}

const modelOf = (page: Page) => page.getByRole('combobox', { name: 'Model', exact: true });

async function openModels(page: Page) {
  await modelOf(page).selectOption('Your own model…');
  return page.getByRole('dialog', { name: 'Models' });
}

test('a folder is opened, listed beside the others, and compared with its base', async ({ page }) => {
  // The bundled model's own files: three sessions are made of them, one after the other.
  test.slow();
  await openPage(page);
  const dialog = await openModels(page);
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Open a folder' }).click();
  await (await chooser).setFiles(folder);
  const own = dialog.getByRole('listitem').filter({ hasText: `${bundled}-e847eefcc0c5` });
  await expect(own).toContainText('384 dimensions, 6 layers, up to 256 tokens', { timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(modelOf(page)).toHaveValue(bundled);

  await page.getByRole('button', { name: 'Analyse' }).click();
  await page.getByRole('navigation', { name: 'Instruments' }).getByRole('button', { name: 'Two views' }).click();
  const panel = page.getByRole('complementary', { name: 'Analysis' });
  await panel.getByRole('combobox', { name: 'Model' }).selectOption(`${bundled}-e847eefcc0c5`);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const compared = page.getByRole('region', { name: 'Compared' });
  await expect(compared).toContainText(/Mean overlap\s*100%/, { timeout: 60_000 });
  await expect(compared).toContainText(/Linear CKA\s*1\.000/);
});

test('a zip that is dropped is used for this visit, or kept; without it the map stays', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await dropFile(page, { name: 'tiny.zip', bytes: await tinyZip() });
  const use = page.getByRole('button', { name: 'Use it' });
  await untilDone(page, () => use.click());
  await expect(modelOf(page)).toHaveValue(tiny);

  // Not kept: the map is there all the same, and the page says what is off.
  await page.reload();
  await expectCount(page, starterSize);
  await expect(modelOf(page)).toHaveValue(tiny);
  await expect(modelOf(page).getByRole('option', { name: `${tiny} (not here)` })).toBeAttached();
  await expect(page.getByText(`The model ${tiny} is not here`).first()).toBeVisible();

  // Opened again it goes on; kept it outlives the page.
  await dropFile(page, { name: 'tiny.zip', bytes: await tinyZip() });
  await expect(modelOf(page).getByRole('option', { name: 'tiny', exact: true })).toBeAttached();
  await addWords(page, 'old red tree');
  await expectCount(page, starterSize + 1);
  const dialog = await openModels(page);
  // Clicked, not checked: it is checked once the files are written.
  await dialog.getByRole('checkbox', { name: 'Keep on this machine' }).click();
  await expect(dialog.getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('Escape');
  await page.unrouteAll();
  await page.reload();
  await expectCount(page, starterSize + 1);
  await addWords(page, 'two small birds');
  await expectCount(page, starterSize + 2);

  // Removed it is gone for good.
  await untilDone(page, async () => void (await modelOf(page).selectOption(bundled)), starterSize + 2);
  await (await openModels(page)).getByRole('button', { name: 'Remove the model tiny' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await expectCount(page, starterSize + 2);
  await expect(modelOf(page).getByRole('option')).toHaveCount(3);
});

test('a model that cannot be used is refused, and the current one goes on', async ({ page }) => {
  await openPage(page);
  const notices = page.getByRole('alert');
  const refused = async (changes: Parameters<typeof tinyFiles>[0], why: string) => {
    await dropFile(page, { name: 'broken.zip', bytes: await tinyZip(changes) });
    await expect(notices.filter({ hasText: why })).toBeVisible();
  };
  await refused({ 'tokenizer.json': undefined }, 'lacks tokenizer.json');
  await refused({ 'onnx/model.onnx': await readFixture('external.onnx') }, 'in another file (model.onnx_data)');
  await refused(
    { 'onnx/model.onnx': (await readFixture('tiny/onnx/model.onnx')).slice(0, -500) },
    'no whole ONNX file',
  );
  // Whole files that do not belong together: only running them tells.
  const positions = '"max_position_embeddings": 32';
  const config = new TextDecoder().decode(await readFixture('tiny/config.json'));
  const limits = new TextDecoder().decode(await readFixture('tiny/tokenizer_config.json'));
  await refused(
    {
      'config.json': config.replace(positions, '"max_position_embeddings": 99'),
      'tokenizer_config.json': limits.replace('"model_max_length": 32', '"model_max_length": 99'),
    },
    'failed on a text of 99 tokens',
  );
  const tokenizer = new TextDecoder().decode(await readFixture('tiny/tokenizer.json'));
  await refused(
    { 'tokenizer.json': tokenizer.replace('"[PAD]": 0', '"[PAD]": 0, "bear": 49, "wolf": 50') },
    'gives ids up to 50; its weights know 0 to 48',
  );
  await expect(modelOf(page)).toHaveValue(bundled);
  await expect(modelOf(page).getByRole('option')).toHaveCount(3);
  await addWords(page, 'umbrella');
  await expectCount(page, starterSize + 1);
});
