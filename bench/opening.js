// @ts-check
/**
 * How long the built page takes to open a file, in Chromium, to the frame that shows the list of its texts: from its choice, or from the
 * button of the dialog that asks how much of so many texts is meant.
 */
import { createServer } from '../scripts/server.js';
import { openBrowser } from './chromium.js';

/** Milliseconds that opening a file may take on a slow machine. */
const patience = 300_000;
/** Milliseconds that a page has before a file is opened in it. */
const settling = 5000;

/**
 * @param {string} folder of the built page
 * @param {string} file
 * @param {string} first text of the file, by which its list is told
 * @param {boolean} asks whether there is such a dialog: not for a file with vectors, which is opened whole
 * @param {number} times in a fresh profile each
 * @returns {Promise<number[]>} milliseconds
 */
export async function measureOpening(folder, file, first, asks, times) {
  const server = await createServer({ root: folder });
  const browser = await openBrowser();
  try {
    /** @type {number[]} */
    const taken = [];
    for (let i = 0; i < times; i++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await page.addInitScript(installWatch, first);
      await page.goto(`${server.address}?lang=en`);
      await page.getByText(/^Ready · [\d,]+ texts$/).waitFor({ timeout: patience });
      // Its model is loaded meanwhile: on two cores that would be measured too.
      await page.waitForTimeout(settling);
      await page.locator('input[type=file]').first().setInputFiles(file);
      if (asks) await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
      await page.waitForFunction(() => window.listed() > 0, undefined, { timeout: patience });
      taken.push(await page.evaluate(() => window.listed()));
      await context.close();
    }
    return taken;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Runs in the page before its own scripts: notes when it was wanted, and when a frame had shown a list with the text. */
function installWatch(/** @type {string} */ first) {
  let chosen = 0;
  let listed = 0;
  window.listed = () => listed;
  const look = () => {
    if (listed > 0) return;
    const items = document.querySelectorAll('[role=list] [role=listitem]');
    // The next frame begins when the one with the list has been drawn.
    if (Array.from(items).some((item) => item.textContent?.includes(first)))
      requestAnimationFrame(() => (listed = performance.now() - chosen));
    else requestAnimationFrame(look);
  };
  const begin = () => {
    chosen = performance.now();
    look();
  };
  document.addEventListener('change', begin, { capture: true });
  document.addEventListener(
    'click',
    ({ target }) => {
      if (target instanceof Element && target.closest('dialog, [role=dialog]')) begin();
    },
    { capture: true },
  );
}
