/** The cloud in a headset that the test makes up: entered, pointed at, moved and left, with the page as it was. */
import { expect, test, type Page } from '@playwright/test';
import { cardOf, watchCard } from './card';
import { addHeadset } from './headset';
import { openPage, refuseModels, selectText } from './page';

test.beforeEach(async ({ page }) => {
  await refuseModels(page);
  await watchCard(page);
});

const enter = (page: Page) => page.getByRole('button', { name: 'Enter VR', exact: true });
const leave = (page: Page) => page.getByRole('button', { name: 'Leave VR', exact: true });
const heading = (page: Page) => page.getByRole('region', { name: 'Selected text' }).getByRole('heading');
/** The cloud between the panels. */
const shot = (page: Page) => page.screenshot({ clip: { x: 320, y: 60, width: 700, height: 640 } });

/** Waits for `count` more frames of the headset. */
async function waitForFrames(page: Page, count = 3): Promise<void> {
  const before = await page.evaluate(() => window.headset.frames());
  await expect.poll(() => page.evaluate(() => window.headset.frames())).toBeGreaterThan(before + count);
}

const act = (page: Page, hand: number, name: string) =>
  page.evaluate(([which, what]) => window.headset.act(which, what), [hand, name] as const);
const move = (page: Page, hand: number, place: readonly [number, number, number], turned = 0) =>
  page.evaluate(([which, [x, y, z], turn]) => window.headset.move(which, x, y, z, turn), [
    hand,
    place,
    turned,
  ] as const);

/** Sweeps a hand's ray over the cloud until its trigger chooses a text. */
async function chooseSomething(page: Page): Promise<void> {
  for (let turned = -0.3; turned < 0.3; turned += 0.05) {
    await move(page, 0, [0, 1.35, -0.2], turned);
    await waitForFrames(page, 1);
    await act(page, 0, 'selectstart');
    await act(page, 0, 'selectend');
    await waitForFrames(page, 1);
    if (await heading(page).isVisible()) return;
  }
}

test('without a headset there is no way into one', async ({ page }) => {
  await openPage(page);
  await expect(page.getByRole('button', { name: 'Display', exact: true })).toBeVisible();
  await expect(enter(page)).toHaveCount(0);
});

test('a session shows the cloud, and leaving it gives the page back as it was', async ({ page }) => {
  await addHeadset(page);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  await page.mouse.move(0, 0);
  const isRoom = (url: string) => /\/vr-[^/]*\.js$/.test(url);
  expect(loaded.filter(isRoom)).toEqual([]);
  const before = await shot(page);
  await enter(page).click();
  await waitForFrames(page);
  expect(loaded.filter(isRoom)).toHaveLength(1);
  const seen = await shot(page);
  expect(seen.equals(before)).toBe(false);
  await leave(page).click();
  await expect(enter(page)).toBeVisible();
  await expect.poll(async () => (await shot(page)).equals(before)).toBe(true);
  // Whoever takes the headset off ends it too, and a window that changed meanwhile is found.
  await enter(page).click();
  await waitForFrames(page);
  await page.setViewportSize({ width: 1100, height: 700 });
  await waitForFrames(page);
  await page.evaluate(() => window.headset.end());
  await expect(enter(page)).toBeVisible();
  const canvas = page.getByRole('img', { name: /^Map of/ });
  await expect(canvas).toHaveJSProperty('width', 1100);
  await expect.poll(async () => (await shot(page)).equals(seen)).toBe(false);
  // A graphics card that fails ends it as well, and gives the page its cloud back as it was.
  await page.mouse.move(0, 0);
  /** Without the bar, whose buttons are drawn a hair's breadth aside once one was pressed. */
  const above = () => page.screenshot({ clip: { x: 320, y: 60, width: 700, height: 500 } });
  const whole = await above();
  await enter(page).click();
  await waitForFrames(page);
  const card = await cardOf(page);
  await card.evaluate((lose) => lose.loseContext());
  await expect(page.getByText('so the headset was left')).toBeVisible();
  await expect(enter(page)).toBeVisible();
  await card.evaluate((lose) => lose.restoreContext());
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(async () => (await above()).equals(whole)).toBe(true);
  await enter(page).click();
  await waitForFrames(page);
  await leave(page).click();
});

test('a trigger chooses the text at the ray; one hand moves the cloud and two scale it', async ({ page }) => {
  await addHeadset(page);
  await openPage(page);
  await page.getByRole('button', { name: 'Got it' }).click();
  await enter(page).click();
  await waitForFrames(page);
  await chooseSomething(page);
  await expect(heading(page)).toBeVisible();
  const chosen = await heading(page).textContent();
  await waitForFrames(page, 10);
  const first = await shot(page);
  await act(page, 0, 'squeezestart');
  await move(page, 0, [0.3, 1.35, -0.2]);
  await waitForFrames(page);
  const moved = await shot(page);
  expect(moved.equals(first)).toBe(false);
  await move(page, 1, [0.5, 1.35, -0.2]);
  await act(page, 1, 'squeezestart');
  await move(page, 1, [0.9, 1.35, -0.2]);
  await waitForFrames(page);
  expect((await shot(page)).equals(moved)).toBe(false);
  await act(page, 0, 'squeezeend');
  await act(page, 1, 'squeezeend');
  // Holding chooses nothing.
  await expect(heading(page)).toHaveText(chosen ?? '');
  await leave(page).click();
  await selectText(page, 'dog');
});
