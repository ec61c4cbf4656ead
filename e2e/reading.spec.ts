/** Reading the cloud by keys, and what helps to read it. */
import { expect, test, type Page } from '@playwright/test';
import { openPage, rankedIn, refuseModels, selectText } from './page';

test.beforeEach(({ page }) => refuseModels(page));

const cloud = (page: Page) => page.getByRole('img', { name: /^Map of/ });
/** What a screen reader is told of the cloud. */
const said = (page: Page) => page.locator('p[aria-live=polite]');

test('arrows walk from text to text, N and P along the neighbours, Enter selects, and each is told', async ({
  page,
}) => {
  await openPage(page);
  await cloud(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(said(page)).not.toBeEmpty();
  const first = await said(page).innerText();
  await page.keyboard.press('ArrowRight');
  await expect(said(page)).not.toHaveText(first);
  const [text = ''] = (await said(page).innerText()).split(', ');
  await expect(page.locator('.tip')).toContainText(text);
  await page.keyboard.press('Enter');
  const details = page.getByRole('region', { name: 'Selected text' });
  await expect(details.getByRole('heading')).toHaveText(text);
  await expect(said(page)).toContainText(`Selected: ${text}`);

  const neighbours = await rankedIn(page.getByRole('region', { name: 'Neighbours' }));
  const told = (index: number) =>
    `neighbour ${index + 1} of ${neighbours.length}, similarity ${neighbours[index]!.cosine}`;
  for (const [key, index] of [
    ['n', 0],
    ['n', 1],
    ['p', 0],
    ['p', neighbours.length - 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(said(page)).toContainText(neighbours[index]!.text);
    await expect(said(page)).toContainText(told(index));
    await expect(details.getByRole('heading')).toHaveText(text);
  }
  await page.keyboard.press('Enter');
  await expect(details.getByRole('heading')).toHaveText(neighbours.at(-1)!.text);
});

test('? lists the keys, but not while typing', async ({ page }) => {
  await openPage(page);
  await selectText(page, 'dog');
  await page.getByRole('searchbox', { name: 'Search' }).press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toBeHidden();
  await cloud(page).focus();
  await page.keyboard.press('?');
  await expect(keys).toContainText('walk to the nearest text that way');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await expect(cloud(page)).toBeFocused();
});

test('the view menu keeps how the cloud is read, and Escape closes it without deselecting', async ({ page }) => {
  await openPage(page);
  await selectText(page, 'dog');
  const view = page.getByRole('button', { name: 'Display', exact: true });
  const ground = page.getByRole('checkbox', { name: 'Ground and drop lines' });
  const density = page.getByRole('slider', { name: 'Labels, at most' });
  await view.click();
  await ground.check();
  const contours = page.getByRole('checkbox', { name: 'Density contours' });
  await expect(contours).toHaveAccessibleDescription(/twice as many from each line to the next/);
  await contours.check();
  await density.fill('1');
  await expect(density).toHaveAttribute('aria-valuetext', '200%');
  // Nothing turns by itself under reduced motion.
  await expect(page.getByRole('checkbox', { name: 'Turn slowly' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(ground).toBeHidden();
  await expect(page.getByRole('region', { name: 'Selected text' }).getByRole('heading')).toHaveText('dog');
  await page.reload();
  await view.click();
  await expect(ground).toBeChecked();
  await expect(contours).toBeChecked();
  await expect(density).toHaveValue('1');
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('the slow turn ends at the first touch of the cloud', async ({ page }) => {
    await openPage(page);
    await page.getByRole('button', { name: 'Display', exact: true }).click();
    const turn = page.getByRole('checkbox', { name: 'Turn slowly' });
    await turn.check();
    const picture = () => page.screenshot({ clip: { x: 310, y: 180, width: 620, height: 400 } });
    const before = await picture();
    await expect.poll(async () => (await picture()).equals(before)).toBe(false);
    await expect(turn).toBeChecked();
    await cloud(page).focus();
    await page.keyboard.press('+');
    await expect(turn).not.toBeChecked();
    // And all comes to rest.
    await expect.poll(async () => (await picture()).equals(await picture())).toBe(true);
  });
});
