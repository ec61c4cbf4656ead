/** Files out of the page and into it: every export is read back, and a bad file changes nothing. */
import { expect, test } from '@playwright/test';
import { parseFile } from '../src/data/open';
import { expectCount, findText, openPage, refuseModels, starterSize } from './page';
import { download, dropFile, openFileOnPage, readPicture } from './transfer';

test('every format is taken away whole, and says the same', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  const read = async (format: string, vectors: boolean) => {
    const { name, bytes } = await download(page, format, { vectors });
    return parseFile(name, bytes);
  };
  const whole = await read('NumPy', true);
  expect(whole.items).toHaveLength(starterSize);
  expect(whole.items.find(({ text }) => text === 'dog')?.group).toBe('animals');
  expect(whole.vectors?.rows).toBe(starterSize);
  expect(whole.vectors?.dim).toBe(384);
  expect(whole.positions?.dim).toBe(3);
  expect(whole.space?.modelId).toBe('all-MiniLM-L6-v2');
  for (const format of ['CSV', 'TSV', 'JSON', 'Embedding Projector']) {
    const found = await read(format, true);
    expect(
      found.items.map(({ text, group }) => ({ text, group })),
      format,
    ).toEqual(whole.items.map(({ text, group }) => ({ text, group })));
    // To the last bit: numbers are written so that they read back as the same float32.
    expect(found.vectors?.data, format).toEqual(whole.vectors?.data);
    if (format !== 'Embedding Projector') expect(found.positions?.data, format).toEqual(whole.positions?.data);
  }
  for (const format of ['CSV', 'JSON']) expect((await read(format, false)).vectors, format).toBeUndefined();

  const { name, bytes } = await download(page, 'PNG', { size: '2x' });
  expect(name).toMatch(/\.png$/);
  const { width, height, colours } = await readPicture(page, bytes);
  const canvas = await page.getByRole('img', { name: `Map of ${starterSize} texts` }).boundingBox();
  expect([width, height]).toEqual([Math.round(canvas!.width) * 2, Math.round(canvas!.height) * 2]);
  expect(colours).toBeGreaterThan(50);
});

test('files of each kind open by button and by drop, and undo brings back what was there', async ({ page }) => {
  await openPage(page);
  const canvas = (count: number) => page.getByRole('img', { name: `Map of ${count} texts` });
  await openFileOnPage(page, { name: 'pets.txt', bytes: 'hamster\ngoldfish\n\nparrot\nhamster\n' });
  await expect(page.getByText('Opened “pets”: 3 texts.')).toBeVisible();
  await expectCount(page, 3);
  await expect(canvas(3)).toBeVisible();
  await openFileOnPage(page, {
    name: 'trees.csv',
    bytes: 'text,group,height\n"oak, old",trees,20\nbirch,trees,15\nfern,herbs,1\nmoss,herbs,0\n',
  });
  await expectCount(page, 4);
  await expect(await findText(page, 'oak, old')).toContainText('trees');
  await dropFile(page, { name: 'tools.tsv', bytes: 'text\tgroup\nhammer\ttools\nsaw\ttools\n' });
  await expectCount(page, 2);
  await openFileOnPage(page, { name: 'words.json', bytes: '["one", "two", "three", "four", "five"]' });
  await expectCount(page, 5);

  const undo = page.getByRole('button', { name: 'Undo', exact: true }).first();
  for (const count of [2, 4, 3, starterSize]) {
    await undo.click();
    await expectCount(page, count);
    await expect(canvas(count)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expectCount(page, 3);
});

const bad = [
  {
    name: 'picture.csv',
    bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    says: 'is not text',
  },
  { name: 'nothing.csv', bytes: '', says: 'is empty (0 bytes)' },
  { name: 'shape.json', bytes: '{"colour": "red"}', says: 'The JSON in shape.json is' },
  { name: 'syntax.json', bytes: '["one",\n "two"', says: 'is not valid JSON: line 2' },
  { name: 'ragged.csv', bytes: 'text,group\ndog,animals\ncat,animals,pets\n', says: 'row 3 has 3 cells' },
  { name: 'latin.txt', bytes: Uint8Array.from([0x63, 0x61, 0x66, 0xe9, 0x0a]), says: 'not valid UTF-8 at byte 3' },
  { name: 'archive.npz', bytes: 'PK but not truly', says: 'archive.npz' },
  { name: 'sound.mp3', bytes: 'la la la', says: 'its ending is none of' },
];

test('a bad file is told of in words, and the collection stays as it was', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  const before = await download(page, 'JSON');
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  for (const { says, ...file } of bad) {
    await openFileOnPage(page, file);
    const alert = page.getByRole('alert').filter({ hasText: says });
    await expect(alert).toBeVisible();
    await expect(alert).toContainText(file.name);
    await expectCount(page, starterSize);
    await expect(undo).toBeDisabled();
    // What other choices may mend is told in the dialog of these choices.
    const dialog = page.getByRole('dialog', { name: 'How to read the file' });
    const inDialog = await dialog.isVisible();
    await (inDialog ? dialog : alert).getByRole('button', { name: inDialog ? 'Cancel' : 'Dismiss' }).click();
    await expect(alert).toBeHidden();
  }
  const after = await download(page, 'JSON');
  expect(after.bytes).toEqual(before.bytes);
});

test('files that belong together are one collection, and what was said of earlier ones goes', async ({ page }) => {
  await refuseModels(page);
  await openPage(page);
  await expect(page.locator('input[type=file][accept*=".xlsx"]')).toBeAttached();
  const tensors = { name: 'tensors.tsv', bytes: '1\t2\t0\n3\t4\t1\n5\n7\t8\t0\n9\t1\t1\n' };
  const metadata = { name: 'metadata.tsv', bytes: 'text\tkind\na\tx\nb\tx\nc\ty\nd\ty\ne\ty\n' };
  const alerts = page.getByRole('alert');
  await dropFile(page, metadata, { name: 'state.txt', bytes: '["ohio"]' }, tensors);
  await expectCount(page, 4);
  await expect(alerts).toContainText(['Nothing was used of state.txt', '1 row could not be used.']);
  await expect(page.getByRole('list', { name: 'Texts' }).getByRole('listitem')).toHaveText([/a/, /b/, /d/, /e/]);

  await dropFile(page, { name: 'shape.json', bytes: '{"colour": "red"}' });
  await expect(alerts).toHaveCount(3);
  const words = { name: 'words.json', bytes: '{"cat": [1, 2], "dog": [2, 1], "owl": [3, 3]}' };
  // Of files that were dropped together, one that opens hides nothing of another that does not.
  await dropFile(page, { name: 'other.json', bytes: '{"shape": "round"}' }, words);
  await expectCount(page, 3);
  await expect(alerts).toHaveCount(1);
  await expect(alerts).toContainText('The JSON in other.json is');
  await dropFile(page, { name: 'numbers.json', bytes: '[[1, 2], [2, 1]]' });
  await expectCount(page, 2);
  await expect(page.getByText('numbers.json has no texts: its rows are named by number.')).toBeVisible();
  await expect(alerts).toHaveCount(0);
});

test('a file is asked about where its columns are a guess, and is read as it was chosen', async ({ page }) => {
  await openPage(page);
  const rows = ['pergunta;assunto;fonte', 'Por que não há coração?;ciência;livro', 'Quem é a mãe?;família;rua'];
  // windows-1252 of these characters is one byte each, their own number.
  const bytes = Uint8Array.from(rows.join('\r\n'), (char) => char.charCodeAt(0));
  await dropFile(page, { name: 'perguntas.csv', bytes });
  const dialog = page.getByRole('dialog', { name: 'How to read the file' });
  await expect(dialog.getByRole('alert')).toContainText('not valid UTF-8 at byte 33, in line 2');
  await expect(dialog.getByRole('cell', { name: 'Por que não há coração?' })).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'The first row names the columns' }).check();
  await dialog.getByRole('combobox', { name: 'Group' }).selectOption('assunto');
  await dialog.getByRole('checkbox', { name: 'fonte' }).uncheck();
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(await findText(page, 'Quem é a mãe?')).toContainText('família');

  // The same file in another way takes the place of the collection that it gave.
  await page.getByRole('button', { name: 'Choose columns…' }).click();
  await dialog.getByRole('combobox', { name: 'Text' }).selectOption('assunto');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(await findText(page, 'ciência')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await expectCount(page, starterSize);

  // A table from the clipboard is asked about too, and may be added to what is there.
  await page.getByRole('textbox', { name: 'Add words' }).evaluate((box) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'word\tgroup\nmarmot\tanimals\n"two\nlines"\tothers\n');
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await dialog.getByRole('button', { name: 'Add to this collection' }).click();
  await expectCount(page, starterSize + 2);
  await expect(await findText(page, 'marmot')).toContainText('animals');
});
