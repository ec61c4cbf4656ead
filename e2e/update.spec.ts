/** A new build beside an old one: what an open page meets, and when the new one takes its place. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { pageFolder } from '../scripts/built.js';
import { createServer } from '../scripts/server.js';

test.use({ serviceWorkers: 'allow' });

/** A copy of the built page without its models: nothing here is embedded. */
function copyPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'constela-update-'));
  const models = join(pageFolder, 'models');
  cpSync(pageFolder, folder, { recursive: true, filter: (path) => path !== models });
  return folder;
}

/** Gives the page another title, and its service worker the manifest that a build would have made of that. */
function publishNext(folder: string): void {
  const page = join(folder, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<title>', '<title>Next '));
  const worker = join(folder, 'service-worker.js');
  const script = readFileSync(worker, 'utf8');
  const next = script.replace(/("?index\.html"?:)[`"'][0-9a-f]{16}[`"']/, '$1"0123456789abcdef"');
  expect(next).not.toBe(script);
  writeFileSync(worker, next);
}

/** Paths under which the page's own file is kept, with their revisions. */
const heldPages = (page: Page) =>
  page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((key) => key.startsWith('constela http'));
    const requests = await (await caches.open(name)).keys();
    return requests.map(({ url }) => url.split('/').pop()).filter((path) => path?.startsWith('index.html'));
  });

/** Marks a page once it has registered its service worker, and so has asked a waiting one to take over. */
function markRegistration(): void {
  const { register } = ServiceWorkerContainer.prototype;
  ServiceWorkerContainer.prototype.register = async function (...given) {
    const registration = await register.apply(this, given);
    setTimeout(() => (document.documentElement.dataset.registered = 'yes'));
    return registration;
  };
}

const registered = (page: Page) => expect(page.locator('html[data-registered]')).toBeAttached();

/** The windows that every service worker of the context sees; it answers after what it was asked before. */
const windowsSeen = (context: BrowserContext) =>
  Promise.all(
    context.serviceWorkers().map((worker) =>
      // As text: the types of these tests know the page's globals, not a service worker's.
      worker.evaluate(
        `self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(({ length }) => length)`,
      ),
    ),
  );

test('a newer build waits while two tabs are open, then takes over at a load, and drops the old one', async ({
  context,
}) => {
  await context.addInitScript(markRegistration);
  const folder = copyPage();
  const server = await createServer({ root: folder });
  try {
    const first = await context.newPage();
    await first.goto(server.address);
    await expect.poll(() => first.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    publishNext(folder);
    await first.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const isWaiting = () => first.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
    await expect.poll(isWaiting).toBe(true);

    const second = await context.newPage();
    await second.goto(server.address);
    await registered(second);
    await expect.poll(() => windowsSeen(context)).toEqual([2, 2]);
    await first.reload();
    await registered(first);
    await expect.poll(() => windowsSeen(context)).toEqual([2, 2]);
    await expect(second).toHaveTitle('Constela');
    await expect(first).toHaveTitle('Constela');
    expect(await isWaiting()).toBe(true);
    await second.close();
    await expect.poll(() => windowsSeen(context)).toEqual([1, 1]);

    let loads = 0;
    first.on('load', () => loads++);
    await first.reload();
    await expect(first).toHaveTitle('Next Constela');
    await expect.poll(() => loads).toBe(2);
    await expect.poll(() => heldPages(first)).toEqual(['index.html?revision=0123456789abcdef']);
    expect(await isWaiting()).toBe(false);
    // A page that reloads for ever would have begun anew by now.
    await registered(first);
    expect(loads).toBe(2);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
