/** Vectors that no model here made: they are used as they are, and what needs the model says why it is off. */
import { expect, test, type Page } from '@playwright/test';
import { parseFile } from '../src/data/open';
import { dotRows, scaleRowsToUnit } from '../src/vectors';
import { addWords, expectCount, openPage, rankedIn, refuseModels, selectText, starterSize } from './page';
import { countVectors, forgetVectors } from './storage';
import { download, openFileOnPage } from './transfer';
import { noise, numberedTexts, vectorFile } from './vectors';

const words = Array.from({ length: 30 }, (_, row) => `word${row}`);
const dim = 50;
/** As GloVe's files are: no header, and numbers of any length. */
const glove = words
  .map((word, row) => [word, ...Array.from({ length: dim }, (_, i) => (3 * noise(row * 61 + i)).toFixed(5))].join(' '))
  .join('\n');

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });
const neighbours = (page: Page) => rankedIn(page.getByRole('region', { name: 'Neighbours' }));

/** By brute force, over the file as it is. */
function nearest(word: string, without?: string): string[] {
  const { items, vectors } = parseFile('glove.txt', new TextEncoder().encode(glove));
  scaleRowsToUnit(vectors!);
  const of = items.findIndex(({ text }) => text === word);
  const cosines = items.map(({ text }, row) => ({ text, cosine: dotRows(vectors!, row, vectors!, of) }));
  const others = cosines.filter(({ text }) => text !== word && text !== without).sort((a, b) => b.cosine - a.cosine);
  return others.slice(0, 12).map(({ text, cosine }) => `${text} ${cosine.toFixed(3)}`);
}

async function openWords(page: Page): Promise<void> {
  await openPage(page);
  await openFileOnPage(page, { name: 'glove.txt', bytes: glove });
  await expectCount(page, words.length);
  await expect(page.getByRole('img', { name: `Map of ${words.length} texts` })).toBeVisible();
}

test('a file of word vectors has the neighbours of its numbers, now and after a reload', async ({ page }) => {
  await refuseModels(page);
  await openWords(page);
  await expect(model(page).getByRole('option', { name: 'Imported vectors' })).toBeAttached();
  const found = async (word: string) => {
    await selectText(page, word);
    return (await neighbours(page)).map(({ text, cosine }) => `${text} ${cosine}`);
  };
  expect(await found('word7')).toEqual(nearest('word7'));
  const { bytes } = await download(page, 'NumPy', { vectors: true });
  expect(parseFile('words.npz', bytes).vectors?.dim).toBe(dim);

  await page.reload();
  await expectCount(page, words.length);
  expect(await found('word19')).toEqual(nearest('word19'));
  await expect(page.getByRole('alert')).toHaveCount(0);

  // A text that is deleted takes its vector along, once that cannot be undone.
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expectCount(page, words.length - 1);
  await page.reload();
  await expect.poll(() => countVectors(page)).toBe(starterSize + words.length - 1);
  expect(await found('word7')).toEqual(nearest('word7', 'word19'));
});

test('vectors that this browser gave up are told of; the map stays, and the file brings them back', async ({
  page,
}) => {
  await refuseModels(page);
  await openWords(page);
  // Those of the starter and those of the file: what is still being written would come back.
  await expect.poll(() => countVectors(page)).toBe(starterSize + words.length);
  await forgetVectors(page);
  await page.reload();
  const told = page.getByRole('alert').filter({ hasText: 'does not have the vectors of glove.txt any more' });
  await expect(told).toContainText('Open the file again');
  await expect(page.getByRole('img', { name: `Map of ${words.length} texts` })).toBeVisible();
  // What needs no vectors is taken away all the same.
  const { items, positions } = parseFile('words.csv', (await download(page, 'CSV')).bytes);
  expect(items.map(({ text }) => text)).toEqual(words);
  expect(positions?.rows).toBe(words.length);
  await openFileOnPage(page, { name: 'glove.txt', bytes: glove });
  // The texts on the screen are the same before.
  await expect(page.getByText(/^Opened “?glove/)).toBeVisible();
  await selectText(page, 'word7');
  expect((await neighbours(page)).map(({ text, cosine }) => `${text} ${cosine}`)).toEqual(nearest('word7'));
});

test('what needs the model says why it is off, until a model embeds the texts anew', async ({ page }) => {
  await openWords(page);
  const why = page.getByRole('alert').filter({ hasText: 'come from glove.txt, and no model here made them' });
  await addWords(page, 'wolf');
  await expect(why).toContainText('“wolf”');
  await expect(page.getByRole('textbox', { name: 'Add words' })).toHaveValue('wolf');
  await expectCount(page, words.length);
  await why.getByRole('button', { name: 'Dismiss' }).click();
  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill('a forest');
  await search.press('Enter');
  await expect(why).toContainText('“a forest”');
  await search.fill('word7');
  await search.press('Enter');
  expect((await rankedIn(page.getByRole('region', { name: 'Search by meaning' }))).map(({ text }) => text)).toEqual(
    expect.arrayContaining(nearest('word7').map((line) => line.split(' ')[0])),
  );

  await search.fill('');
  await model(page).selectOption({ label: 'MiniLM (English)' });
  await expect(model(page).getByRole('option', { name: 'Imported vectors' })).toHaveCount(0);
  await expectCount(page, words.length);
  await addWords(page, 'wolf');
  await expectCount(page, words.length + 1);
  const undo = page.getByRole('button', { name: 'Undo', exact: true }).first();
  await undo.click();
  await undo.click();
  await expect(model(page)).toHaveValue(/^imported\/50\//);
  await expectCount(page, words.length);
  await selectText(page, 'word7');
  expect((await neighbours(page)).map(({ text, cosine }) => `${text} ${cosine}`)).toEqual(nearest('word7'));
});

test('that the model of another collection could not be loaded is not said of vectors that need none', async ({
  page,
}) => {
  await refuseModels(page);
  await openPage(page);
  const alert = page.getByRole('alert').filter({ hasText: 'could not be fetched' });
  await expect(alert).toBeVisible();
  await openFileOnPage(page, { name: 'glove.txt', bytes: glove });
  await expectCount(page, words.length);
  await expect(alert).toBeHidden();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expectCount(page, starterSize);
  await expect(alert).toBeVisible();
});

test('vectors of two dimensions are where they say', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  const places = words.map((_, row) => [row % 6, Math.floor(row / 6) / 2]);
  const bytes = JSON.stringify(words.map((text, row) => ({ text, vector: places[row] })));
  await openFileOnPage(page, { name: 'flat.json', bytes });
  await expectCount(page, words.length);
  // The first is at the origin, from where nothing has a direction.
  await expect(page.getByText('One text has a vector of zeros')).toBeVisible();
  const saved = await download(page, 'JSON');
  expect([...parseFile('flat.json', saved.bytes).positions!.data]).toEqual(places.flat());
});

test('vectors that are not those of the model they name are told of, and used as they are', async ({ page }) => {
  await openPage(page);
  const { items, vectors } = parseFile('any.npz', vectorFile(numberedTexts(5)));
  const rows = items.map(({ text }, row) => ({
    text,
    vector: [...vectors!.data.subarray(row * 384, (row + 1) * 384)],
  }));
  const bytes = JSON.stringify({
    format: 'constela',
    version: 1,
    model: 'all-MiniLM-L6-v2',
    prompt: '{text}',
    items: rows,
  });
  await openFileOnPage(page, { name: 'claims.json', bytes });
  const told = page.getByRole('alert').filter({ hasText: 'claims.json names MiniLM (English)' });
  await expect(told).toContainText(/cosine -?0\.\d{3} for “text 0”/);
  await expectCount(page, 5);
  await expect(model(page)).toHaveValue(/^imported\/384\//);
});
