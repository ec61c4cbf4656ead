import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer } from '../../scripts/server.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'constela-server-'));
  writeFileSync(join(folder, 'index.html'), 'the page');
});
afterAll(() => rmSync(folder, { recursive: true }));

it('gives way to a free port when the preferred one is taken, and leaves the other server alone', async () => {
  const first = await createServer({ root: folder });
  const second = await createServer({ root: folder, port: Number(new URL(first.address).port) });
  expect(second.address).not.toBe(first.address);
  for (const { address } of [first, second]) expect(await (await fetch(address)).text()).toBe('the page');
  await Promise.all([first.close(), second.close()]);
  await expect(fetch(first.address)).rejects.toThrow();
});

it('serves a file that was built after it began', async () => {
  const { address, close } = await createServer({ root: folder });
  expect((await fetch(`${address}later.js`)).status).toBe(404);
  writeFileSync(join(folder, 'later.js'), 'export {}');
  expect((await fetch(`${address}later.js`)).status).toBe(200);
  await close();
});
