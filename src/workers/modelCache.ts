/**
 * The model files that were used, kept on this machine for the next visit. The embedding worker keeps them itself, because on
 * a first visit it reads them before any service worker answers for the page.
 */
import { sha256 } from '../sha256';
import type { ModelFile } from '../embedding/registry';

const cacheName = 'constela models';

/** What a file is kept under: its content's sha256 is part of the name, so a changed file is another one. */
const keyOf = (url: URL, { sha256 }: ModelFile): string => `${url.href}?sha256=${sha256}`;

/** The kept file at `url`, or undefined: not kept, or this browser keeps nothing here. */
export async function findKept(url: URL, file: ModelFile): Promise<Response | undefined> {
  if (!globalThis.caches) return undefined;
  // A browser that refuses storage is one that keeps nothing.
  return caches.match(keyOf(url, file), { cacheName }).catch(() => undefined);
}

/** Keeps `bytes` in place of any older file at `url`; not those that are wrong. Rejects when storage refuses or is full. */
export async function keep(url: URL, file: ModelFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!globalThis.caches || (await sha256(bytes)) !== file.sha256) return;
  const cache = await caches.open(cacheName);
  await cache.delete(url.href, { ignoreSearch: true });
  await cache.put(keyOf(url, file), new Response(bytes));
}
