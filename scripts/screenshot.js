// @ts-check
/** `node scripts/screenshot.js`: makes docs/screenshot.png, the picture of the README, from the real built page. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { buildPage, pageFolder } from './built.js';
import { findChromium } from './chromium.js';
import { fail, root } from './run.js';
import { createServer } from './server.js';

const picture = join(root, 'docs/screenshot.png');
/** A text of the starter collection. */
const shown = 'cello';
/** Milliseconds for each step: a machine without a graphics card draws slowly. */
const stepLimit = 60_000;

try {
  const executablePath = await findChromium();
  await buildPage();
  const { address, close } = await createServer({ root: pageFolder });
  // As in the end-to-end tests: WebGL is drawn by software, so that every machine makes the same picture.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await mkdir(dirname(picture), { recursive: true });
    await take(browser, `${address}?lang=en`);
    process.stderr.write('constela: wrote docs/screenshot.png\n');
  } finally {
    await browser.close();
    await close();
  }
} catch (error) {
  fail(error);
}

/**
 * Opens the page as on a first visit, selects a text, and takes the picture once nothing moves any more.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 */
async function take(browser, address) {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'dark',
    // Nothing glides, so nothing is caught half-way.
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(stepLimit);
  await page.goto(address);
  const ready = page.getByRole('status').filter({ hasText: /Ready · \d+ texts/ });
  await ready.waitFor();
  await page.getByRole('button', { name: 'Got it' }).click();
  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill(shown);
  // The starter is ready before the model is; only an answered search by meaning says that the model is loaded too.
  await search.press('Enter');
  const found = page.getByRole('region', { name: 'Search by meaning' });
  await found.getByRole('listitem').first().waitFor();
  await page.getByRole('button', { name: 'Close the search' }).click();
  const texts = page.getByRole('list', { name: 'Texts' });
  await texts.getByRole('listitem').filter({ hasText: shown }).getByRole('button').click();
  await page.getByRole('region', { name: 'Neighbours' }).getByRole('listitem').first().waitFor();
  await search.fill('');
  await search.blur();
  await ready.waitFor();
  await page.mouse.move(0, 0);
  // Two frames: the lines to the neighbours are drawn after the list that names them.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: picture });
}
