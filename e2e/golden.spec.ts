/** What the cloud looks like, compared with pictures that were looked at: the cloud alone, from a fixed side, without any letters. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { watchCard } from './card';
import type { CloudTask } from './cloud/page';
import { serveCloud } from './cloud/server';

/**
 * The pictures are SwiftShader's. Another version of it rounds edges of discs and lines otherwise: a tone that is off by a tenth
 * of the way from black to white does not count, nor do 4 in 1,000 pixels. A theme's other colour, or a turn by 0.02 radians (the last
 * test), is beyond that by far.
 */
const tolerance = { threshold: 0.1, maxDiffPixelRatio: 0.004 };

const pictures: Readonly<Record<string, CloudTask>> = {
  'group-dark': { rows: 300, theme: 'dark' },
  'group-light': { rows: 300, theme: 'light' },
  neighbours: { rows: 300, theme: 'dark', selects: true },
  'number-and-size': { rows: 300, theme: 'dark', dims: 2, colour: 'number' },
  contours: { rows: 3000, theme: 'light', guides: { contours: true } },
  guides: { rows: 300, theme: 'light', selects: true, guides: { ground: true } },
};

test.use({ viewport: { width: 480, height: 320 }, deviceScaleFactor: 1 });

let served: Awaited<ReturnType<typeof serveCloud>>;
test.beforeAll(async () => {
  served = await serveCloud();
});
test.afterAll(() => served.close());
test.beforeEach(async ({ page }) => {
  await watchCard(page);
  await page.goto(served.address);
});

const show = (page: Page, task: CloudTask) => page.evaluate((given) => window.showCloud(given), task);

for (const [name, task] of Object.entries(pictures))
  test(`the cloud looks as it did: ${name}`, async ({ page }) => {
    await show(page, task);
    await expect(page).toHaveScreenshot(`${name}.png`, tolerance);
  });

test('contours are in a picture that is exported, and outlive the loss of the context and a resize', async ({
  page,
}) => {
  await show(page, pictures['contours']!);
  const png = await page.evaluate(async () => {
    const made = await window.cloud!.pictures.png(1, { labels: false, background: true, legend: [] });
    return Array.from(new Uint8Array(await made.arrayBuffer()));
  });
  expect(Buffer.from(png)).toMatchSnapshot('contours.png', tolerance);
  await page.evaluate(async () => {
    const card = window.card();
    const heard = (isLost: boolean) =>
      new Promise<void>((resolve) => (window.cloud!.onContext = (was) => was === isLost && resolve()));
    const gone = heard(true);
    card.loseContext();
    await gone;
    // Only after the event has been heard by all may it come back.
    await new Promise((resolve) => setTimeout(resolve));
    const back = heard(false);
    card.restoreContext();
    await back;
  });
  await expect(page).toHaveScreenshot('contours.png', tolerance);
  await page.setViewportSize({ width: 300, height: 500 });
  await page.setViewportSize({ width: 480, height: 320 });
  await expect(page).toHaveScreenshot('contours.png', tolerance);
});

test('texts that a filter leaves out make no contours, and then nothing fades', async ({ page }) => {
  const task: CloudTask = { rows: 3000, theme: 'dark', filtered: true };
  await show(page, task);
  const without = await page.screenshot();
  await show(page, { ...task, guides: { contours: true } });
  expect((await page.screenshot()).equals(without)).toBe(true);
  await show(page, { ...task, filtered: false, guides: { contours: true } });
  expect((await page.screenshot()).equals(without)).toBe(false);
});

test('a turn by 0.02 radians, another tone or another size is another picture', async ({ page }) => {
  const golden = (name: string) => readFileSync(test.info().snapshotPath(`${name}.png`));
  const changed: readonly (readonly [string, Partial<CloudTask>])[] = [
    ['group-dark', { turned: 0.02 }],
    ['group-light', { colour: 'number' }],
    ['neighbours', { selects: false }],
    ['guides', { guides: {} }],
    ['contours', { rows: 2400 }],
  ];
  for (const [name, change] of changed) {
    await show(page, { ...pictures[name]!, ...change });
    const taken = await page.screenshot();
    expect(taken.equals(golden(name))).toBe(false);
    expect(() => expect(taken).toMatchSnapshot(`${name}.png`, tolerance), name).toThrow();
  }
});
