// @ts-check
/**
 * How long the built page takes to make files of a collection, with its vectors, in Chromium: from the button of the dialog to where the
 * browser is handed the file.
 */
import { createServer } from '../scripts/server.js';
import { openBrowser } from './chromium.js';

/** Milliseconds that making a map may take on a slow machine. */
const patience = 600_000;

/**
 * @param {string} folder of the built page
 * @param {string} file that is opened first
 * @param {readonly string[]} formats as the dialog calls them
 * @param {number} times
 * @returns {Promise<ReadonlyMap<string, readonly number[]>>} milliseconds, by format
 */
export async function measureExporting(folder, file, formats, times) {
  const server = await createServer({ root: folder });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(installWatch);
    await page.goto(`${server.address}?lang=en`);
    const ready = page.getByText(/^Ready · [\d,]+ texts$/);
    await ready.waitFor({ timeout: patience });
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByText(/^Opened /).waitFor({ timeout: patience });
    // Its map is made first.
    await ready.waitFor({ timeout: patience });
    /** @type {Map<string, number[]>} */
    const taken = new Map();
    for (const format of formats) taken.set(format, []);
    for (let i = 0; i < times; i++)
      for (const [format, found] of taken) {
        await page.getByRole('button', { name: 'Export', exact: true }).click();
        const dialog = page.getByRole('dialog', { name: 'Export' });
        await dialog.getByRole('radio', { name: format, exact: true }).check();
        const vectors = dialog.getByRole('checkbox', { name: 'With the vectors' });
        if (await vectors.isVisible()) await vectors.check();
        const coming = page.waitForEvent('download', { timeout: patience });
        await dialog.getByRole('button', { name: 'Download' }).click();
        const saved = await coming;
        found.push(await page.evaluate(() => window.exported()));
        await saved.path();
        await saved.delete();
        // The page keeps each for a minute: more than this browser, without a disk of its own, has room for.
        await page.evaluate(() => window.forgetExport());
      }
    return taken;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Runs in the page before its own scripts: notes when a file was wanted, and when the browser was handed it. */
function installWatch() {
  let wanted = 0;
  let handed = 0;
  let address = '';
  window.exported = () => handed - wanted;
  window.forgetExport = () => URL.revokeObjectURL(address);
  document.addEventListener('click', () => (wanted = performance.now()), { capture: true });
  // The link that hands a file over is in no document.
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function () {
    if (this.download !== '') {
      handed = performance.now();
      address = this.href;
    }
    click.call(this);
  };
}
