/** Both bundled models: switching, and which one a browser's language begins with. */
import { expect, test } from '@playwright/test';
import { openPage, rankedIn, ready, selectText, starterSize, untilDone } from './page';

const wide = 'multilingual-e5-small-en-pt';

test('another model embeds the same texts anew, keeps the selection, and undo goes back', async ({ page }) => {
  // Two models are loaded, one after the other, and all texts embedded.
  test.slow();
  await openPage(page);
  await selectText(page, 'dog');
  const region = page.getByRole('region', { name: 'Neighbours' });
  const before = await rankedIn(region);
  const model = page.getByRole('combobox', { name: 'Model' });
  await expect(model).toHaveValue('all-MiniLM-L6-v2');

  await untilDone(page, async () => void (await model.selectOption(wide)));
  await expect(page.getByRole('region', { name: 'Selected text' }).getByRole('heading')).toHaveText('dog');
  const after = await rankedIn(region);
  expect(after).not.toEqual(before);
  // E5's cosines crowd high: another model's list is told by its numbers.
  expect(Number(after.at(-1)?.cosine)).toBeGreaterThan(0.7);
  expect(after.map(({ text }) => text)).toContain('cat');

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(model).toHaveValue('all-MiniLM-L6-v2');
  await expect(page.getByRole('status')).toHaveText(ready);
  await expect.poll(() => rankedIn(region)).toEqual(before);
});

test.describe('in a Portuguese browser', () => {
  test.use({ locale: 'pt-BR' });

  test('it begins in Portuguese, with the model and the starter of both languages', async ({ page }) => {
    await page.goto('');
    await expect(page.getByRole('status')).toHaveText(`Pronto · ${starterSize} textos`);
    await expect(page.getByRole('combobox', { name: 'Modelo' })).toHaveValue(wide);
    await page.getByRole('searchbox', { name: 'Buscar' }).fill('cachorro');
    await page.getByRole('list', { name: 'Textos' }).getByRole('listitem').first().click();
    const listed = await rankedIn(page.getByRole('region', { name: 'Vizinhos' }));
    expect(listed.map(({ text }) => text)).toContain('dog');
  });
});
