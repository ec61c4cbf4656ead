// @ts-check
/** How long the built page makes a person wait, in Chromium: what is timed is the frame that shows it. */
import { buildPage, pageFolder } from '../scripts/built.js';
import { createServer } from '../scripts/server.js';
import { openBrowser } from './chromium.js';
import { makePairs } from './texts.js';

/** @typedef {import('@playwright/test').Page} Page */

const loads = 5;
const typedWords = [
  'zebra',
  'violin',
  'glacier',
  'monsoon',
  'lantern',
  'harbour',
  'walnut',
  'comet',
  'tapestry',
  'orchid',
];
const placed = 5000;
/** Milliseconds that a layout of the placed texts may take on a slow machine. */
const patience = 600_000;

/** @returns {Promise<import('./parts.js').Row[]>} */
export async function measurePage() {
  await buildPage();
  const server = await createServer({ root: pageFolder });
  const browser = await openBrowser();
  /** @param {(page: Page) => Promise<number>} measure */
  const inFreshProfile = async (measure) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(installClock);
    await page.goto(`${server.address}?lang=en`);
    const result = await measure(page);
    await context.close();
    return result;
  };
  try {
    /** @type {number[]} */
    const clouds = [];
    for (let i = 0; i < loads; i++) clouds.push(await inFreshProfile((page) => shownSince(page, 0, '[1-9]')));
    const entered = await inFreshProfile(measureEntering);
    return [
      { what: `Page load to first cloud, fresh profile, median of ${loads}`, ours: milliseconds(median(clouds)) },
      {
        what: `Enter to visible point at ${placed.toLocaleString('en')} texts, median of ${typedWords.length}`,
        ours: milliseconds(entered),
      },
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {Page} page */
async function measureEntering(page) {
  const isReady = () => page.getByText(/^Ready · [\d,]+ texts$/).waitFor({ timeout: patience });
  await isReady();
  const buffer = Buffer.from(makePairs(placed).join('\n'));
  await page.locator('input[type=file]').setInputFiles({ name: 'pairs.txt', mimeType: 'text/plain', buffer });
  await shownSince(page, 0, `${placed} `);
  await isReady();
  const box = page.getByRole('textbox', { name: 'Add words' });
  /** @type {number[]} */
  const waits = [];
  for (const [i, word] of typedWords.entries()) {
    await box.fill(word);
    await box.press('Enter');
    const entered = await page.evaluate(() => window.enteredAt());
    waits.push(await shownSince(page, entered, `${placed + i + 1} `));
    await isReady();
  }
  return median(waits);
}

/**
 * Milliseconds from `began` (on the page's clock) until a frame showed a map of texts whose number matches `count`.
 *
 * @param {Page} page
 * @param {number} began
 * @param {string} count
 */
async function shownSince(page, began, count) {
  const handle = await page.waitForFunction((pattern) => window.shownAt(pattern), `^Map of ${count}`, {
    timeout: patience,
  });
  return (await handle.jsonValue()) - began;
}

/** Runs in the page before its own scripts: notes when the cloud's name changed and the frame after that had been drawn. */
function installClock() {
  /** @type {Map<string, number>} */
  const frames = new Map();
  /** @type {number} */
  let entered = 0;
  const note = () => {
    const name = document.querySelector('canvas[role=img]')?.getAttribute('aria-label') ?? '';
    if (frames.has(name)) return;
    frames.set(name, 0);
    // The first callback belongs to the frame that draws the change; by the second, that frame is done.
    requestAnimationFrame(() => requestAnimationFrame(() => frames.set(name, performance.now())));
  };
  new MutationObserver(note).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['aria-label', 'role'],
  });
  addEventListener('keydown', ({ key }) => key === 'Enter' && (entered = performance.now()), { capture: true });
  window.enteredAt = () => entered;
  window.shownAt = (pattern) => [...frames].find(([name]) => new RegExp(pattern).test(name))?.[1] ?? 0;
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** @param {number} value */
const milliseconds = (value) => `${value.toFixed(0)} ms`;
