/** What every response says, and what is not there: asked of the server itself, without a page. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import registry from '../models/models.json' with { type: 'json' };
import { contentPolicy } from '../scripts/policy.js';
import { pageFolder } from '../scripts/built.js';

/** Every file of the built page, by its path from there. */
const files = readdirSync(pageFolder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(pageFolder.length + 1));

test('every response carries the policy and isolates the page, worker scripts and errors too', async ({ request }) => {
  expect(files.some((path) => path.includes('embedding.worker'))).toBe(true);
  for (const path of ['', 'no-such-file.js', 'models/no-such-model/config.json', ...files]) {
    const headers = (await request.head(path)).headers();
    expect.soft(headers['content-security-policy'], path).toBe(contentPolicy);
    expect.soft(headers['cross-origin-opener-policy'], path).toBe('same-origin');
    expect.soft(headers['cross-origin-embedder-policy'], path).toBe('require-corp');
  }
});

test('a missing model file is 404, not another page', async ({ request }) => {
  const response = await request.get('models/all-MiniLM-L6-v2/onnx/no-such-file.onnx');
  expect(response.status()).toBe(404);
  expect(await response.text()).not.toContain('<html');
});

test('files are served as what they are, and only hashed names are kept without asking', async ({ request }) => {
  const typeOf = (path: string) => request.head(path).then((response) => response.headers()['content-type']);
  const ending = (end: string) => files.find((path) => path.startsWith('assets/') && path.endsWith(end))!;
  expect(await typeOf('')).toBe('text/html;charset=utf-8');
  expect(await typeOf(ending('.wasm'))).toBe('application/wasm');
  expect(await typeOf(ending('.mjs'))).toBe('text/javascript');
  expect(await typeOf('models/all-MiniLM-L6-v2/onnx/model_quantized.onnx')).toBe('application/octet-stream');
  expect(await typeOf('starters/english-words.npz')).toBe('application/zip');
  const cachedAs = (path: string) => request.head(path).then((response) => response.headers()['cache-control']);
  expect(await cachedAs(ending('.wasm'))).toContain('immutable');
  expect(await cachedAs('')).toBe('no-cache');
  expect(await cachedAs('service-worker.js')).toBe('no-cache');
});

test('nothing outside the page’s folder is served, and nothing is written', async ({ request }) => {
  for (const path of ['../package.json', '..%2fpackage.json', '%2e%2e/package.json', 'assets/..%2f..%2fpackage.json'])
    expect((await request.get(path)).status(), path).toBe(404);
  expect((await request.post('')).status()).toBe(405);
});

test('every file of the registry is served whole', async ({ request }) => {
  for (const { id, files: listed } of registry)
    for (const [path, { bytes }] of Object.entries(listed)) {
      const { 'content-length': length } = (await request.head(`models/${id}/${path}`)).headers();
      expect(Number(length), `${id}/${path}`).toBe(bytes);
    }
});

test('the built page itself holds the policy, for hosts that send no headers', async ({ page, request }) => {
  await page.goto('');
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
  expect(await meta.getAttribute('content')).toBe(contentPolicy);
  // Nothing before it may load: the policy of a meta tag binds only what follows.
  const html = await (await request.get('')).text();
  expect(html.slice(0, html.indexOf('Content-Security-Policy'))).not.toMatch(/<(script|link)/);
});
