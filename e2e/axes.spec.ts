/** Formulas and axes of meaning: what is typed, what is listed, and the cloud between its map and the axes. */
import { expect, test, type Page } from '@playwright/test';
import { openPage, rankedIn, selectText } from './page';

async function openAxes(page: Page): Promise<void> {
  await openPage(page);
  await page.getByRole('button', { name: 'Analyse' }).click();
  await page.getByRole('navigation', { name: 'Instruments' }).getByRole('button', { name: 'Axes' }).click();
}

const field = (page: Page) => page.getByRole('textbox', { name: 'Formula or axis' });

async function ask(page: Page, typed: string): Promise<void> {
  await field(page).fill(typed);
  await field(page).press('Enter');
}

test('a formula says where it is wrong, and lists the nearest texts without its own', async ({ page }) => {
  await openAxes(page);
  await field(page).fill('violin - (piano');
  await expect(page.getByText('At character 16 of “violin - (piano” a closing bracket')).toBeVisible();
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await ask(page, 'violin - piano + harpsichord');
  await expect(
    page.getByText('Not in the collection, so embedded for this question only: “harpsichord”.'),
  ).toBeVisible();
  const listed = await rankedIn(page.getByRole('region', { name: 'Nearest to the formula' }));
  expect(listed.map(({ text }) => text)).not.toContain('violin');
  const cosines = listed.map(({ cosine }) => Number(cosine));
  expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
  await ask(page, 'violin - violin');
  await expect(page.getByRole('alert')).toContainText('cancel each other out');
});

test('axes place the cloud, slide back to the map, and leave the map as it was', async ({ page }) => {
  await openAxes(page);
  const axes = page.getByRole('region', { name: 'Axes of meaning' });
  await ask(page, '{cat, dog} -> {violin, piano}');
  await expect(axes).toContainText(/Residual: \d+%/);
  await expect(page.getByText('violin, piano').first()).toBeAttached();
  const names = page.locator('[aria-hidden=true] > span', { hasText: '{violin, piano}' });
  await expect(names).toHaveCount(1);
  await ask(page, 'bad -> good');
  await expect(axes.getByRole('button', { name: 'Remove the axis bad -> good' })).toBeVisible();
  await axes.getByRole('slider', { name: 'Between the map and the axes' }).fill('0.5');
  await expect(names).toHaveCount(1);
  await axes.getByRole('button', { name: 'Map', exact: true }).click();
  await expect(names).toHaveCount(0);
  await axes.getByRole('button', { name: 'Axes', exact: true }).click();
  await expect(names).toHaveCount(1);
  await page.getByRole('button', { name: 'Close the analysis' }).click();
  await expect(names).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await selectText(page, 'cello');
});
