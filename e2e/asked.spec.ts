/** `?open=PATH`, and `constela open`, which asks for it: a file beside the page is opened, and nothing from elsewhere is. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { servePage } from '../src/cli/pageServer';
import { expectCount, refuseModels, starterSize } from './page';

test('a file of the page’s own origin is opened once, and is still there after a reload', async ({ page }) => {
  await refuseModels(page);
  await page.goto('?lang=en&open=starters%2Fenglish-portuguese.npz');
  await expect(page.getByText('Opened “english-portuguese”: 200 texts.')).toBeVisible();
  await expectCount(page, 200);
  expect(new URL(page.url()).search).toBe('?lang=en');
  await expect(page.getByRole('list', { name: 'Texts' })).toContainText('cachorro');
  await page.reload();
  await expectCount(page, 200);
  await expect(page.getByRole('list', { name: 'Texts' })).toContainText('cachorro');
  await expect(page.getByText('Opened “english-portuguese”')).toBeHidden();
});

test('another origin’s file is not fetched, and a missing one is said with its status', async ({ page }) => {
  await refuseModels(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('?lang=en&open=https%3A%2F%2Felsewhere.example%2Fwords.csv');
  // The model, which is refused, may be told of beside it.
  const told = (text: string) => expect(page.getByRole('alert').filter({ hasText: text })).toBeVisible();
  await told('https://elsewhere.example/words.csv, which is not on this page’s own origin');
  await expectCount(page, starterSize);
  expect(asked.filter((url) => url.startsWith('https://elsewhere'))).toEqual([]);
  await page.goto('?lang=en&open=none%2Fwords.csv');
  await told('words.csv that the address asks for could not be fetched (HTTP 404)');
  await expectCount(page, starterSize);
});

test('constela open shows its file, under the page’s policy', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'constela-'));
  const file = join(folder, 'my words & ção.txt');
  await writeFile(file, 'cat\ndog\nviolin\n');
  const { address, close } = await servePage(join(import.meta.dirname, '../dist'), file);
  const failures: string[] = [];
  page.on('pageerror', ({ message }) => failures.push(message));
  try {
    await page.goto(`${address}&lang=en`);
    await expect(page.getByText('Opened “my words & ção”: 3 texts.')).toBeVisible();
    await expectCount(page, 3);
    expect(new URL(page.url()).search).toBe('?lang=en');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(failures).toEqual([]);
  } finally {
    await close();
    await rm(folder, { recursive: true });
  }
});
