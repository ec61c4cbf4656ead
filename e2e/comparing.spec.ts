/** Comparing: two to six texts beside each other, and two views of all texts. */
import { expect, test, type Page } from '@playwright/test';
import { findText, openPage, selectText } from './page';

const beside = (page: Page) => page.getByRole('region', { name: 'Side by side' });

test('three texts: similarities, overlaps and an order, told to the keyboard too', async ({ page }) => {
  await openPage(page);
  await selectText(page, 'cello');
  for (const text of ['cat', 'violin']) await (await findText(page, text)).click({ modifiers: ['Control'] });
  const rows = beside(page).getByRole('rowheader');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('cat');
  // The command line says 0.684324 (README).
  const cell = beside(page).getByRole('button', { name: 'cello – violin: 0.684' });
  await expect(cell).toHaveText('0.68');
  await cell.focus();
  await expect(beside(page)).toContainText('cello – violin: 0.684');
  await beside(page).getByRole('checkbox', { name: 'Order by likeness (clusters)' }).check();
  await expect(rows.nth(1)).not.toContainText('cat');
  await beside(page).getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Shared neighbours (Jaccard)' });
  await expect(beside(page).getByRole('button', { name: 'cat – cat: 1.000' })).toBeVisible();
  await expect(beside(page)).toContainText(/\d+ near “cello” only/);
  await expect(beside(page)).toContainText(/\d+ near all of them/);
});
