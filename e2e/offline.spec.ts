/** What the page keeps on this machine, and that it talks to nobody else: with servers of its own, so that they can be cut. */
import { createServer as createHttpServer } from 'node:http';
import { expect, test, type Page } from '@playwright/test';
import { pageFolder } from '../scripts/built.js';
import { createServer } from '../scripts/server.js';

test.use({ serviceWorkers: 'allow' });

const ready = /^Ready · [\d,]+ texts?$/;

/** Opens the page and waits until the model has embedded a typed text. */
async function embedOne(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('status')).toHaveText(ready);
  await page.getByRole('textbox', { name: 'Add words' }).fill(text);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Neighbours' }).getByRole('listitem').first()).toContainText(
    /\d\.\d{3}/,
  );
  await expect(page.getByRole('status')).toHaveText(ready);
}

const isControlled = (page: Page) => page.evaluate(() => navigator.serviceWorker.controller !== null);

/** Addresses in this origin's caches that contain `part`. */
const kept = (page: Page, part: string) =>
  page.evaluate(async (part) => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => url).filter((url) => url.includes(part));
  }, part);

test('a second visit needs no network, and embeds what is typed by the one model that was used and kept', async ({
  page,
}) => {
  const server = await createServer({ root: pageFolder });
  await page.goto(`${server.address}?lang=en`);
  await embedOne(page, 'zebra');
  await expect.poll(() => isControlled(page)).toBe(true);
  await expect.poll(() => kept(page, 'model_quantized.onnx')).toHaveLength(1);
  expect(await kept(page, 'all-MiniLM-L6-v2/onnx')).toHaveLength(1);
  expect(await kept(page, 'index.html')).toHaveLength(1);
  // Nobody without WebGPU needs its runtime.
  expect(await kept(page, 'asyncify')).toHaveLength(0);
  await server.close();
  await expect(fetch(server.address)).rejects.toThrow();

  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await embedOne(page, 'okapi');
});

test('on a host that sends no headers the page loads itself once more, and is isolated', async ({ page }) => {
  const server = await createServer({ root: pageFolder, headers: {} });
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(`${server.address}?lang=en`);
  await expect.poll(() => loads).toBe(2);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await embedOne(page, 'zebra');
  expect(loads).toBe(2);
  await server.close();
});

test('a second origin receives nothing, from the page and from every worker', async ({ page }) => {
  const received: (string | undefined)[] = [];
  const other = createHttpServer((request, response) => {
    received.push(request.url);
    response
      .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' })
      .end();
  });
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('the second origin has no port');
  const elsewhere = `http://127.0.0.1:${address.port}/`;
  // It does answer: otherwise this test could not fail.
  await fetch(`${elsewhere}heard`);
  expect(received).toEqual(['/heard']);

  const outside: string[] = [];
  page.context().on('request', (request) => outside.push(request.url()));
  await page.goto('?lang=en');
  await embedOne(page, `<img src=${elsewhere}markup>`);
  const ask = (url: string) => fetch(url).then(() => 'answered', String);
  expect(await page.evaluate(ask, `${elsewhere}fetch`)).toContain('TypeError');
  // onnxruntime's own threads sleep until they are called, and answer nobody else.
  const workers = page.workers().filter((worker) => worker.url().includes('.worker'));
  expect(workers.length).toBeGreaterThanOrEqual(2);
  for (const worker of workers)
    expect(await worker.evaluate(ask, `${elsewhere}fetch`), worker.url()).toContain('TypeError');
  await page.evaluate((url) => {
    new Image().src = `${url}image`;
    navigator.sendBeacon(`${url}beacon`);
    const script = document.createElement('script');
    script.src = `${url}script`;
    document.head.append(script);
  }, elsewhere);
  await page.reload();
  await expect(page.getByRole('status')).toHaveText(ready);
  expect(received).toEqual(['/heard']);
  const own = new URL(page.url()).origin;
  const foreign = outside.filter((url) => !url.startsWith(own) && !url.startsWith('blob:') && !url.startsWith('data:'));
  expect(foreign.filter((url) => !url.startsWith(elsewhere))).toEqual([]);
  other.closeAllConnections();
  other.close();
});

test.describe('on a host that sends no headers, before any service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('it works on one thread, and the embedding worker refuses other origins by itself', async ({ page }) => {
    const server = await createServer({ root: pageFolder, headers: {} });
    await page.goto(`${server.address}?lang=en`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await embedOne(page, 'zebra');
    const worker = page.workers().find((candidate) => candidate.url().includes('embedding.worker'));
    const refused = await worker?.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'answered', String));
    expect(refused).toContain('nothing leaves this page');
    await server.close();
  });
});
