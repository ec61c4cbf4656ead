/** What the cloud must survive: a lost graphics context, odd sizes, few texts, all in one place, endless texts, many categories. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { cardOf, watchCard } from './card';
import { expectCount, findText, openPage, refuseModels, untilDone } from './page';
import { download, openFileOnPage } from './transfer';
import { noise, numberedTexts, vectorFile } from './vectors';

test.beforeEach(async ({ page }) => {
  await refuseModels(page);
  await watchCard(page);
});
// Labels that fade in are chosen again with each frame until nothing changes: pictures of them can be compared.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

/** Pixels: a short label has more of them. */
const fewerThanALabel = 100;

const cloud = (page: Page) => page.getByRole('img', { name: /^Map of/ });

/** A first visit, without the guide over the legend. */
async function visit(page: Page): Promise<void> {
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
}

async function open(page: Page, bytes: Uint8Array, count: number): Promise<void> {
  await openFileOnPage(page, { name: 'texts.npz', bytes });
  await expectCount(page, count);
}

/** The cloud between the panels, once it is at rest. */
async function pictureOf(page: Page): Promise<Buffer> {
  const take = () => page.screenshot({ clip: { x: 310, y: 60, width: 620, height: 620 } });
  let before = await take();
  await expect
    .poll(async () => {
      const now = await take();
      const rests = now.equals(before);
      before = now;
      return rests;
    })
    .toBe(true);
  return before;
}

/**
 * How many pixels of two pictures differ clearly. Edges may differ a little: the last part of a glide, too small to be drawn by
 * itself, comes with the next frame.
 */
async function pixelsApart(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const read = async (content: readonly number[]) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(content)], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      };
      const [a, b] = [await read(pictures[0]), await read(pictures[1])];
      let apart = 0;
      for (let i = 0; i < a.length; i += 4)
        if ([0, 1, 2].some((channel) => Math.abs(a[i + channel]! - b[i + channel]!) > 24)) apart++;
      return apart;
    },
    [[...one], [...other]] as const,
  );
}

/** Takes the context from the cloud, and gives it back. */
async function contextOf(page: Page): Promise<{ lose: () => Promise<void>; restore: () => Promise<void> }> {
  const extension = await cardOf(page);
  const alert = page.getByRole('alert').filter({ hasText: 'The graphics card took the picture away.' });
  return {
    lose: async () => {
      await extension.evaluate((lose) => lose.loseContext());
      await expect(alert).toBeVisible();
    },
    restore: async () => {
      await extension.evaluate((lose) => lose.restoreContext());
      await expect(alert).toBeHidden();
    },
  };
}

const field = (page: Page, name: string): Locator => page.getByRole('combobox', { name, exact: true });

async function run(page: Page, dims: string, count: number): Promise<void> {
  await page.getByRole('button', { name: 'Map settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map settings' });
  await dialog.getByRole('combobox', { name: 'Dimensions' }).selectOption(dims);
  await untilDone(page, () => dialog.getByRole('button', { name: 'Run', exact: true }).click(), count);
}

test('a lost context takes nothing with it: points, colours, sizes, labels, links, guides, trails and the camera', async ({
  page,
}) => {
  const count = 150;
  await visit(page);
  await open(page, vectorFile(numberedTexts(count, (row) => ({ group: `g${row % 3}`, columns: { n: row } }))), count);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Display', exact: true }).click();
  for (const name of ['Ground and drop lines', 'Axes', 'Trails']) await page.getByRole('checkbox', { name }).check();
  await page.keyboard.press('Escape');
  await field(page, 'Colour by').selectOption('density');
  await field(page, 'Size by').selectOption('n');
  await page.getByRole('button', { name: 'Map settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Map settings' });
  await settings.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  await untilDone(page, () => settings.getByRole('button', { name: 'Run', exact: true }).click(), count);
  await (await findText(page, 'text 12')).click();
  await expect(page.getByRole('region', { name: 'Neighbours' }).getByRole('listitem').first()).toBeVisible();
  await cloud(page).focus();
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('-');
  const before = await pictureOf(page);
  const context = await contextOf(page);
  await context.lose();
  await context.restore();
  expect(await pixelsApart(page, await pictureOf(page), before)).toBeLessThan(fewerThanALabel);
});

test('what is asked for while the context is lost is there when it is back: a map of some texts', async ({ page }) => {
  const count = 150;
  await visit(page);
  await open(page, vectorFile(numberedTexts(count)), count);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  const before = await pictureOf(page);
  const context = await contextOf(page);
  await page.getByRole('searchbox', { name: 'Search' }).fill('text 1');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('button', { name: /^Search results/ }).click();
  await context.lose();
  await untilDone(page, () => page.getByRole('button', { name: 'Isolate' }).click(), count);
  await context.restore();
  const isolated = await pictureOf(page);
  expect(await pixelsApart(page, isolated, before)).toBeGreaterThan(1000);
  await context.lose();
  await context.restore();
  expect(await pixelsApart(page, await pictureOf(page), isolated)).toBeLessThan(fewerThanALabel);
  await expect(cloud(page)).toHaveAccessibleName(/^Map of 61 texts$/);
});

test('the canvases follow the window, to one pixel and back, and the density of its pixels', async ({
  page,
  context,
}) => {
  await page.addInitScript(() => {
    const ask = window.matchMedia.bind(window);
    window.matchMedia = (query) => {
      const list = ask(query);
      if (query.includes('resolution')) Object.assign(window, { density: list });
      return list;
    };
  });
  await visit(page);
  await page.getByRole('button', { name: 'Labels', exact: true }).click();
  const before = await pictureOf(page);
  const session = await context.newCDPSession(page);
  const resize = async (width: number, height: number, deviceScaleFactor: number) => {
    await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });
    // Chromium's emulation tells nobody of a density that changes alone, as a real screen does.
    await page.evaluate(() => {
      const list: unknown = Reflect.get(window, 'density');
      if (list instanceof MediaQueryList && !list.matches) list.dispatchEvent(new Event('change'));
    });
  };
  const sizes = () =>
    page
      .locator('.host canvas:not([hidden])')
      .evaluateAll((all) => all.map((one) => (one instanceof HTMLCanvasElement ? [one.width, one.height] : [])));
  for (const [width, height, density] of [
    [1280, 800, 2],
    [1280, 800, 1.5],
    [1, 1, 1],
    [1280, 800, 1],
  ] as const) {
    await resize(width, height, density);
    const wanted = [width * density, height * density];
    await expect.poll(sizes).toEqual([wanted, wanted]);
  }
  // Three to a pixel are beyond what the points are drawn with, but not the letters.
  await resize(1280, 800, 3);
  await expect.poll(sizes).toEqual([
    [2560, 1600],
    [3840, 2400],
  ]);
  await resize(1280, 800, 1);
  await expect.poll(sizes).toEqual([
    [1280, 800],
    [1280, 800],
  ]);
  // Labels would be chosen anew; points stand where they stood.
  expect(await pixelsApart(page, await pictureOf(page), before)).toBeLessThan(fewerThanALabel);
});

test('no, one, two and three texts have maps, in space and in a plane, and so have texts in one place', async ({
  page,
}) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await visit(page);
  for (const count of [1, 2, 3]) {
    await open(page, vectorFile(numberedTexts(count)), count);
    for (const dims of ['2', '3']) {
      await run(page, dims, count);
      await expect(cloud(page)).toHaveAccessibleName(`Map of ${count} texts`);
      for (const by of ['density', 'similarity', 'group']) await field(page, 'Colour by').selectOption(by);
    }
  }
  await cloud(page).focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Delete these' }).click();
  await expectCount(page, 0);
  await expect(cloud(page)).toHaveAccessibleName('Map of 0 texts');
  const positions = { data: new Float32Array(20 * 3).fill(2), rows: 20, dim: 3 as const };
  await openFileOnPage(page, { name: 'same.npz', bytes: vectorFile(numberedTexts(20), positions) });
  await expectCount(page, 20);
  await field(page, 'Colour by').selectOption('density');
  await expect(page.getByRole('img', { name: /from 1×/i })).toBeVisible();
  const svg = new TextDecoder().decode((await download(page, 'SVG')).bytes);
  const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => `${x} ${y}`);
  expect(places.length).toBeGreaterThanOrEqual(20);
  expect(new Set(places.slice(0, 20)).size).toBe(1);
  expect(errors).toEqual([]);
});

test('texts of 10,000 characters keep to their places: label, tip, list, details and picture', async ({ page }) => {
  const long = 'endless '.repeat(1250);
  const count = 12;
  const items = numberedTexts(count, (row) =>
    row === 0
      ? { text: long, group: 'g'.repeat(10_000), columns: { note: long } }
      : row === 1
        ? { text: 'x'.repeat(10_000) }
        : {},
  );
  await visit(page);
  await open(page, vectorFile(items), count);
  for (const part of ['endless', 'xxx']) {
    const row = await findText(page, part);
    expect((await row.boundingBox())!.height).toBe(30);
    await row.click();
    const panel = page.getByRole('complementary', { name: 'Selected text' });
    const details = await panel.boundingBox();
    expect(details!.width).toBeLessThan(330);
    expect(details!.y + details!.height).toBeLessThanOrEqual(800 - 32);
    expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  }
  await (await findText(page, 'text 2')).click();
  await expect(page.getByRole('region', { name: 'Neighbours' }).getByRole('listitem')).toHaveCount(count - 1);
  await cloud(page).focus();
  for (let i = 1; i < count; i++) {
    await page.keyboard.press('n');
    await expect(page.locator('.tip')).toBeVisible();
    const tip = await page.locator('.tip').boundingBox();
    expect(tip!.width).toBeLessThanOrEqual(282);
    expect(tip!.height).toBeLessThanOrEqual(200);
  }
  await page.keyboard.press('Escape');
  const svg = new TextDecoder().decode((await download(page, 'SVG')).bytes);
  const written = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text);
  expect(written.some((text) => text.endsWith('…'))).toBe(true);
  for (const text of written) expect(text.length).toBeLessThan(130);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
});

test('of 5,000 categories the largest have colours, and the legend says of the rest that they are grey', async ({
  page,
}) => {
  const count = 5100;
  await visit(page);
  const items = numberedTexts(count, (row) => ({ group: `group ${row % 5000}` }));
  const data = Float32Array.from({ length: count * 2 }, (_, i) => noise(i * 7));
  await open(page, vectorFile(items, { data, rows: count, dim: 2 }, 16), count);
  await expect(page.getByText('12 largest of 5,000')).toBeVisible();
  const legend = page.getByRole('list', { name: 'Legend' });
  expect(await legend.getByRole('listitem').count()).toBe(13);
  await expect(legend.getByRole('listitem').last()).toContainText('5,076');
  await legend.getByRole('button').last().click();
  await expect(legend.getByRole('button').last()).toHaveAttribute('aria-pressed', 'true');
});
