/** The page as a person meets it, by the names of its contract. */
import { expect, type Locator, type Page } from '@playwright/test';

export const ready = /^Ready · [\d,]+ texts?$/;
/** Texts of the starter for English, in `public/starters/english-words.csv`. */
export const starterSize = 200;

/**
 * Refuses the files of the models, from the next load on: on two cores loading one takes longer than the rest of the page, and
 * whatever works on known vectors works without.
 */
export async function refuseModels(page: Page): Promise<void> {
  await page.route('**/models/**', (route) => route.abort());
}

/** Opens the page in English and waits until its texts are on the map; those of the starter unless `count` says other. */
export async function openPage(page: Page, count = starterSize): Promise<void> {
  await page.goto('?lang=en');
  await expectCount(page, count);
}

/** Waits until nothing is running and the page has `count` texts; `options` are for what lasts longer than most. */
export async function expectCount(page: Page, count: number, options: { timeout?: number } = {}): Promise<void> {
  await expect(page.getByRole('status')).toHaveText(`Ready · ${count} texts`, options);
}

export async function addWords(page: Page, typed: string, key = 'Enter'): Promise<void> {
  await page.getByRole('textbox', { name: 'Add words' }).fill(typed);
  await page.getByRole('textbox', { name: 'Add words' }).press(key);
}

/** The row of `text`: the search box brings it into sight. */
export async function findText(page: Page, text: string): Promise<Locator> {
  await page.getByRole('searchbox', { name: 'Search' }).fill(text);
  return page.getByRole('list', { name: 'Texts' }).getByRole('listitem').filter({ hasText: text }).first();
}

export async function selectText(page: Page, text: string): Promise<void> {
  await (await findText(page, text)).click();
  await expect(page.getByRole('region', { name: 'Selected text' }).getByRole('heading')).toHaveText(text);
}

/** A ranked list's texts and cosines, once it is there. */
export async function rankedIn(region: Locator): Promise<{ text: string; cosine: string }[]> {
  const rows = region.getByRole('listitem');
  await expect(rows.first()).toContainText(/\d\.\d{3}/);
  const lines = await rows.allInnerTexts();
  return lines.map((line) => {
    const [, text = '', cosine = ''] = /^(.*?)\s*(-?\d\.\d{3})\s*$/s.exec(line) ?? [];
    return { text, cosine };
  });
}

/** Does `act` and waits until the layout that it starts has begun and ended: too short, perhaps, for a progress bar. */
export async function untilDone(page: Page, act: () => Promise<void>, count = starterSize): Promise<void> {
  // In an object, so that the promise is not waited for before the act.
  const watched = await page.locator('[aria-busy]').evaluateHandle((map) => ({
    begun: new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => map.getAttribute('aria-busy') === 'true' && resolve());
      watch.observe(map, { attributes: true });
    }),
  }));
  await act();
  await watched.evaluate(({ begun }) => begun);
  await expect(page.locator('[aria-busy=false]')).toBeAttached({ timeout: 90_000 });
  await expectCount(page, count, { timeout: 90_000 });
}

/** Notes every change of the status line from the next load on; returns what gives those noted since then. */
export async function watchStatus(page: Page): Promise<() => Promise<readonly unknown[]>> {
  await page.addInitScript(() => {
    const lines: string[] = [];
    Object.assign(window, { lines });
    new MutationObserver(() => {
      const line = document.querySelector('[role=status]')?.textContent;
      if (line && line !== lines.at(-1)) lines.push(line);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () =>
    page.evaluate(() => {
      const lines: unknown = Reflect.get(window, 'lines');
      return Array.isArray(lines) ? lines : [];
    });
}
