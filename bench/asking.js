// @ts-check
/** How long the built page takes to answer, in Chromium, how long its main thread is kept meanwhile, and how many frames it has. */
import { createServer } from '../scripts/server.js';
import { openBrowser } from './chromium.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./window').PageQuestion} PageQuestion */
/** @typedef {import('./window').Press} Press */

/** Milliseconds that opening many texts may take on a slow machine. */
const patience = 600_000;
/** Clicks into the map, of which some hit no point. */
const clicks = 40;
/** Milliseconds that the page is watched while it does nothing, for comparison. */
const idle = 5000;

/**
 * What makes the page ask each kind of question: an instrument's name, what is chosen in it, and the button in it that asks, if it does
 * not by itself; or how many texts are selected.
 *
 * @type {Readonly<Record<string, { instrument?: string, choice?: string, button?: string, texts?: number }>>}
 */
const asking = {
  fidelity: { instrument: 'Fidelity' },
  clusters: { instrument: 'Clusters', button: 'Find clusters' },
  extremes: { instrument: 'Pairs' },
  // With linear CKA, as every comparison of two views.
  mapOverlap: { instrument: 'Two views', choice: 'Another map of the same vectors', button: 'Compare' },
  matrix: { texts: 4 },
};

/**
 * @typedef {{ kind: string, seconds: number, longTasks: readonly number[], frames: number }} Watched
 * @typedef {{ rows: number, clicks: readonly Press[], questions: readonly number[], watched: readonly Watched[] }} Asking
 */

/**
 * @param {string} folder of the built page
 * @param {readonly { rows: number, file: string }[]} bundles that the page opens, one after another
 * @param {readonly string[]} kinds of questions during which long tasks are counted
 * @returns {Promise<Asking[]>}
 */
export async function measureAsking(folder, bundles, kinds) {
  const server = await createServer({ root: folder });
  const browser = await openBrowser();
  try {
    /** @type {Asking[]} */
    const results = [];
    for (const { rows, file } of bundles) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await page.addInitScript(installWatch);
      await page.goto(`${server.address}?lang=en`);
      await isReady(page);
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText(`Ready · ${rows} texts`).waitFor({ timeout: patience });
      await settled(page);
      const clicked = await clickPoints(page);
      const questions = (await page.evaluate(() => window.questions()))
        .filter(({ kind }) => kind === 'neighbours')
        .map(({ milliseconds }) => milliseconds);
      results.push({ rows, clicks: clicked, questions, watched: await watchKinds(page, kinds) });
      await context.close();
    }
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {Page} page */
const isReady = (page) => page.getByText(/^Ready · [\d,]+ texts$/).waitFor({ timeout: patience });

/**
 * Waits until the page draws nothing and takes no time: vectors are being remembered after a file was opened.
 *
 * @param {Page} page
 */
async function settled(page) {
  for (let calm = 0; calm < 3;) {
    const before = await page.evaluate(() => window.longTasks().length);
    await page.waitForTimeout(1000);
    calm = (await page.evaluate(() => window.longTasks().length)) === before ? calm + 1 : 0;
  }
}

/**
 * Presses the mouse at places around the middle of the map, and notes those that chose a point.
 *
 * @param {Page} page
 */
async function clickPoints(page) {
  const box = await page.locator('canvas[role=img]').boundingBox();
  if (!box) throw new Error('there is no map');
  /** @type {Press[]} */
  const answered = [];
  for (let i = 0; i < clicks; i++) {
    // A Fermat spiral: no place twice, most of them near the middle.
    const [angle, radius] = [2.4 * i, 28 * Math.sqrt(i)];
    const [x, y] = [
      box.x + box.width / 2 + radius * Math.cos(angle),
      box.y + box.height / 2 + radius * Math.sin(angle),
    ];
    await page.mouse.move(x, y);
    await page.waitForTimeout(300);
    await page.evaluate(() => window.forgetPress());
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForTimeout(700);
    const press = await page.evaluate(() => window.press());
    if (press) answered.push(press);
  }
  return answered;
}

/**
 * @param {Page} page
 * @param {readonly string[]} kinds
 */
async function watchKinds(page, kinds) {
  /** @type {Watched[]} */
  const watched = [];
  const watch = async (/** @type {string} */ kind, /** @type {() => Promise<boolean>} */ act) => {
    const from = await page.evaluate(() => performance.now());
    if (!(await act())) return;
    const { now, tasks, frames } = await page.evaluate(() => ({
      now: performance.now(),
      tasks: window.longTasks(),
      frames: window.frameTimes(),
    }));
    const longTasks = tasks.filter(({ start }) => start >= from).map(({ duration }) => duration);
    const within = frames.filter((time) => time >= from && time < now).length;
    watched.push({ kind, seconds: (now - from) / 1000, longTasks, frames: within / ((now - from) / 1000) });
  };
  await page.evaluate(() => window.countFrames());
  await watch('nothing asked', async () => {
    await page.waitForTimeout(idle);
    return true;
  });
  const opener = page.getByRole('button', { name: 'Analyse' });
  for (const kind of kinds) {
    const { instrument, choice, button, texts = 0 } = asking[kind] ?? {};
    await watch(kind, async () => {
      if (instrument === undefined) {
        await page.getByRole('button', { name: 'Close the analysis' }).click();
        const listed = page.getByRole('list', { name: 'Texts' }).getByRole('listitem');
        for (let i = 0; i < texts; i++)
          await listed
            .nth(i)
            .getByRole('button')
            .first()
            .click({ modifiers: i === 0 ? [] : ['Control'] });
        return answered(page, kind);
      }
      const tab = page.getByRole('button', { name: instrument, exact: true });
      if ((await tab.count()) === 0) await opener.click();
      await tab.click();
      if (choice !== undefined) await page.getByRole('combobox', { name: 'Beside it' }).selectOption(choice);
      if (button !== undefined) {
        const asks = page.getByRole('button', { name: button, exact: true });
        if ((await asks.count()) === 0) return false;
        await asks.click();
      }
      return answered(page, kind);
    });
  }
  return watched;
}

/**
 * Waits for the answer, and until the page has shown it. False for a question that it does not ask.
 *
 * @param {Page} page
 * @param {string} kind
 */
async function answered(page, kind) {
  await page.waitForTimeout(1000);
  const asked = await page.evaluate((wanted) => window.asked().includes(wanted), kind);
  if (!asked) return false;
  await page.waitForFunction((wanted) => window.questions().some((question) => question.kind === wanted), kind, {
    timeout: patience,
  });
  await page.waitForTimeout(1000);
  return true;
}

/** Runs in the page before its own scripts: notes questions to workers, long tasks, and when a click had been answered on the screen. */
function installWatch() {
  /** @type {PageQuestion[]} */
  const answers = [];
  /** @type {string[]} */
  const kinds = [];
  const post = Worker.prototype.postMessage;
  // Comlink's messages: what is called, and its arguments.
  Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any} */ transfer) {
    if (message?.type === 'APPLY' && message.path?.[0] === 'ask') {
      const began = performance.now();
      const kind = message.argumentList[1].value.kind;
      kinds.push(kind);
      const hear = (/** @type {MessageEvent} */ { data }) => {
        if (data?.id !== message.id) return;
        answers.push({ kind, milliseconds: performance.now() - began });
        this.removeEventListener('message', hear);
      };
      this.addEventListener('message', hear);
    }
    return post.call(this, message, transfer);
  };
  window.questions = () => answers;
  window.asked = () => kinds;

  /** @type {{ start: number, duration: number }[]} */
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  window.longTasks = () => tasks;

  /** @type {number[]} */
  const frames = [];
  const count = (/** @type {number} */ now) => {
    frames.push(now);
    requestAnimationFrame(count);
  };
  // Without this no frame is made while nothing changes.
  window.countFrames = () => void requestAnimationFrame(count);
  window.frameTimes = () => frames;

  let pressed = 0;
  /** @type {Press | undefined} */
  let press;
  /** When a canvas was first begun anew after the answer: the cloud's labels are, with each frame of its points. 0 before that. */
  let drawn = 0;
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  /** @param {Parameters<typeof clear>} area */
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    if (drawn === 0) drawn = performance.now();
    clear.apply(this, area);
  };
  let shown = '';
  addEventListener('pointerup', () => (pressed = performance.now()), { capture: true });
  /** The chosen text, once its neighbours are listed. */
  const answeredText = () => {
    const list = document.querySelector('section[aria-label="Neighbours"] ol li');
    return list ? (document.querySelector('section[aria-label="Selected text"] h2')?.textContent ?? '') : '';
  };
  new MutationObserver(() => {
    const text = answeredText();
    if (text === '' || text === shown || pressed === 0) return;
    shown = text;
    const began = pressed;
    const changed = performance.now() - began;
    drawn = 0;
    // The first callback belongs to the frame that draws what has changed; by the second, that frame is done.
    requestAnimationFrame(() =>
      requestAnimationFrame((now) => {
        const painted = performance.now() - began;
        const light = (/** @type {number} */ frame) => {
          if (pressed !== began) return;
          // A frame's time is before whatever is drawn in it.
          if (drawn > 0 && drawn < frame) press = { changed, painted, lit: performance.now() - began };
          else requestAnimationFrame(light);
        };
        light(now);
      }),
    );
  }).observe(document, { subtree: true, childList: true, characterData: true });
  window.press = () => press;
  window.forgetPress = () => {
    press = undefined;
    pressed = 0;
  };
}
