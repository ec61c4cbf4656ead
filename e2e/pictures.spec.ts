/** Pictures of the cloud, as files. */
import { expect, test, type Page } from '@playwright/test';
import { expectCount, openPage, refuseModels, starterSize } from './page';
import { download, openFileOnPage, readPicture, save } from './transfer';
import { numberedTexts, vectorFile } from './vectors';

test.beforeEach(({ page }) => refuseModels(page));

async function openExport(page: Page, format: string) {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: format, exact: true }).check();
  return dialog;
}

test('a picture has the size that was said, with or without labels, legend and background', async ({ page }) => {
  await openPage(page);
  const made = [];
  for (const [size, off] of [
    ['1x', []],
    ['1x', ['Labels']],
    ['3x', ['Labels', 'Background']],
  ] as const) {
    const dialog = await openExport(page, 'PNG');
    await dialog.getByRole('combobox', { name: 'Size' }).selectOption(size);
    for (const name of off) await dialog.getByRole('checkbox', { name }).uncheck();
    if (size === '3x') await expect(dialog).toContainText('gives 3,840 × 2,400 pixels');
    made.push(await readPicture(page, (await save(page, dialog)).bytes));
  }
  const [whole, plain, clear] = made;
  expect(whole).toMatchObject({ width: 1280, height: 800, clear: 0 });
  expect(plain!.clear).toBe(0);
  expect(whole!.colours).toBeGreaterThan(plain!.colours);
  expect(plain!.colours).toBeGreaterThan(50);
  // Drawn in pieces, and mostly of nothing.
  expect(clear).toMatchObject({ width: 3840, height: 2400 });
  expect(clear!.clear).toBeGreaterThan(0.5);
  expect(clear!.clear).toBeLessThan(1);
});

test('an SVG file is read by the browser, and has the points and labels that are seen', async ({ page }) => {
  await openPage(page);
  const dialog = await openExport(page, 'SVG');
  await dialog.getByRole('checkbox', { name: 'Legend' }).check();
  const svg = new TextDecoder().decode((await save(page, dialog)).bytes);
  const found = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const texts = Array.from(parsed.querySelectorAll('text'), (element) => element.textContent);
    return {
      error: parsed.querySelector('parsererror')?.textContent,
      texts,
      points: parsed.querySelectorAll('circle').length,
    };
  }, svg);
  expect(found.error).toBeUndefined();
  expect(found.texts).toContain('animals');
  expect(found.texts.length).toBeGreaterThan(20);
  expect(found.points).toBeGreaterThan(200);
  // A picture can have labels though the page shows none.
  await page.getByRole('button', { name: 'Labels' }).click();
  await openExport(page, 'SVG');
  await dialog.getByRole('checkbox', { name: 'Labels' }).check();
  const labelled = new TextDecoder().decode((await save(page, dialog)).bytes);
  expect(labelled.match(/<text/g)!.length).toBeGreaterThan(15);
});

test('the legend of a picture is that of what colours the cloud, without groups too', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  const items = numberedTexts(60, (row) => ({ columns: { kind: row % 2 === 0 ? 'even' : 'odd', n: row } }));
  await openFileOnPage(page, { name: 'columns.npz', bytes: vectorFile(items) });
  await expectCount(page, 60);
  const legendOf = async (column: string) => {
    await page.getByRole('combobox', { name: 'Colour by', exact: true }).selectOption(column);
    const dialog = await openExport(page, 'SVG');
    await dialog.getByRole('checkbox', { name: 'Labels' }).uncheck();
    await dialog.getByRole('checkbox', { name: 'Legend' }).check();
    const svg = new TextDecoder().decode((await save(page, dialog)).bytes);
    return Array.from(svg.matchAll(/<text[^>]*>([^<]*)</g), ([, name]) => name);
  };
  expect(await legendOf('kind')).toEqual(['even', 'odd']);
  expect(await legendOf('n')).toEqual(['59', '44.25', '29.5', '14.75', '0']);
});

/** Where the points are on the screen. */
async function placesOf(page: Page): Promise<string[]> {
  const dialog = await openExport(page, 'SVG');
  await dialog.getByRole('checkbox', { name: 'Labels' }).uncheck();
  const svg = new TextDecoder().decode((await save(page, dialog)).bytes);
  await expect(dialog).toBeHidden();
  return svg.match(/<circle cx="[^"]*" cy="[^"]*"/g) ?? [];
}

test('a view is kept under a name, comes back when it is asked for, and outlives a reload', async ({ page }) => {
  await openPage(page);
  const before = await placesOf(page);
  expect(before.length).toBeGreaterThan(100);
  await page.getByRole('button', { name: 'Views' }).click();
  const dialog = page.getByRole('dialog', { name: 'Views' });
  await dialog.getByRole('textbox', { name: 'Name of this view' }).fill('From here');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await dialog.getByRole('button', { name: 'Rename “From here”' }).click();
  await dialog.getByRole('listitem').getByRole('textbox').fill('Home');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  const cloud = page.getByRole('img', { name: /^Map of/ });
  for (let i = 0; i < 12; i++) await cloud.press('Control+ArrowLeft');
  expect(await placesOf(page)).not.toEqual(before);
  await page.reload();
  await expectCount(page, starterSize);
  await page.getByRole('button', { name: 'Views' }).click();
  await dialog.getByRole('button', { name: 'Home 3D' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => placesOf(page)).toEqual(before);
  await page.getByRole('button', { name: 'Views' }).click();
  await dialog.getByRole('button', { name: 'Delete “Home”' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Views' }).click();
  await expect(dialog.getByRole('button', { name: 'Home 3D' })).toBeEnabled();
});

test('a turn around the cloud is recorded as WebM, and can be cancelled', async ({ page }) => {
  await openPage(page);
  const dialog = await openExport(page, 'WebM');
  await dialog.getByRole('combobox', { name: 'Duration' }).selectOption('16 s');
  await dialog.getByRole('button', { name: 'Download' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Recording the video' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('progressbar')).toBeHidden();
  await dialog.getByRole('combobox', { name: 'Duration' }).selectOption('4 s');
  const { name, bytes } = await save(page, dialog);
  expect(name).toMatch(/\.webm$/);
  // The head of EBML, and what kind of EBML it is.
  expect([...bytes.subarray(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3]);
  expect(new TextDecoder('latin1').decode(bytes.subarray(0, 64))).toContain('webm');
  await page.evaluate(() => Object.assign(MediaRecorder, { isTypeSupported: () => false }));
  const again = await openExport(page, 'WebM');
  await again.getByRole('button', { name: 'Download' }).click();
  await expect(again.getByRole('alert')).toHaveText(/This browser records no WebM video/);
});

test('the cloud is taken away as glTF and PLY, in the colours of the page', async ({ page }) => {
  await openPage(page);
  const glb = await download(page, 'glTF');
  expect(glb.name).toMatch(/\.glb$/);
  const length = new DataView(glb.bytes.buffer, glb.bytes.byteOffset).getUint32(12, true);
  const { meshes } = JSON.parse(new TextDecoder().decode(glb.bytes.subarray(20, 20 + length)));
  expect(meshes[0].primitives[0].attributes).toEqual({ POSITION: 0, COLOR_0: 1 });
  for (const rows of ['texts', 'ids', 'groups']) expect(meshes[0].extras[rows]).toHaveLength(starterSize);
  const ply = await download(page, 'PLY');
  const header = /^ply\n[^]*?end_header\n/.exec(new TextDecoder('latin1').decode(ply.bytes))![0];
  expect(header).toContain('property uchar red');
  const points = ply.bytes.subarray(header.length);
  expect(points).toHaveLength(starterSize * 15);
  const colours = new Set(Array.from({ length: starterSize }, (_, i) => points.slice(i * 15 + 12, i * 15 + 15).join()));
  expect(colours.size).toBe(11);
});
