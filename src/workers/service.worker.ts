/**
 * The service worker: a second visit needs no network, and a static host that cannot send headers has a page that is
 * cross-origin isolated all the same.
 *
 * Its version is its manifest. A new one waits until no page of the old one is open, or the only one has just been loaded and
 * will load itself again: so a page never meets the files of two builds. Then it drops what the new build no longer has.
 * Model files are kept by the embedding worker (modelCache.ts), which also reads them on the first visit, when no service
 * worker answers yet.
 */
import type { Manifest } from './manifest';

declare const self: ServiceWorkerGlobalScope;
/** Filled in by the build. */
declare const __MANIFEST__: Manifest;

const { needed, optional, headers } = __MANIFEST__;
const { scope } = self.registration;
/** Two copies of the page on one host share an origin, but not a scope. */
const cacheName = `constela ${scope}`;

/** Where a file is kept: by path and revision, so that an unchanged one is not fetched again by the next version. */
function keyOf(path: string): string | undefined {
  const revision = Object.hasOwn(needed, path)
    ? needed[path]
    : Object.hasOwn(optional, path)
      ? optional[path]
      : undefined;
  return revision === undefined ? undefined : new URL(`${path}?revision=${revision}`, scope).href;
}

/** The path of a request in the page's folder; the folder itself is its index.html. */
function pathOf({ url }: Request): string {
  const { origin, pathname } = new URL(url);
  const path = decodeURI(`${origin}${pathname}`.slice(scope.length));
  return path === '' ? 'index.html' : path;
}

/** The same response with our headers, and without the mark of a redirection, which no navigation may be answered with. */
function withHeaders(response: Response): Response {
  // An opaque or failed response cannot be read, and says nothing.
  if (response.status === 0) return response;
  const { status, statusText } = response;
  const all = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  const bodyless = status === 204 || status === 205 || status === 304;
  return new Response(bodyless ? null : response.body, { status, statusText, headers: all });
}

async function fetchAndKeep(path: string, key: string): Promise<Response> {
  // The host is asked anew: what the browser's own cache holds under this name may be of an older build.
  const response = withHeaders(await fetch(new URL(path, scope), { cache: 'no-cache' }));
  if (!response.ok) return response;
  const copy = response.clone();
  await caches.open(cacheName).then((cache) => cache.put(key, copy));
  return response;
}

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  const work = Object.keys(needed).map(async (path) => {
    const key = keyOf(path)!;
    if (await cache.match(key)) return;
    const { ok, status } = await fetchAndKeep(path, key);
    if (!ok) throw new Error(`${path} could not be fetched (status ${status})`);
  });
  await Promise.all(work);
}

async function activate(): Promise<void> {
  const cache = await caches.open(cacheName);
  const keys = new Set([...Object.keys(needed), ...Object.keys(optional)].map(keyOf));
  const kept = await cache.keys();
  await Promise.all(kept.filter(({ url }) => !keys.has(url)).map((request) => cache.delete(request)));
  // The page that registered this worker is answered at once: it may reload itself to be isolated (app/offline.ts).
  await self.clients.claim();
}

/** A page that was just loaded asks for this. Any other page would lose the files that it has not loaded yet. */
async function takeOver(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.filter(({ url }) => url.startsWith(scope)).length <= 1) await self.skipWaiting();
}

async function answer(request: Request): Promise<Response> {
  try {
    const path = pathOf(request);
    const key = keyOf(path);
    if (key !== undefined) return (await caches.match(key, { cacheName })) ?? (await fetchAndKeep(path, key));
  } catch {
    // Storage is refused or full: the network still has it.
  }
  return withHeaders(await fetch(request));
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  // Posted by app/offline.ts.
  if (event.data === 'takeOver') event.waitUntil(takeOver());
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || request.headers.has('range') || !request.url.startsWith(scope)) return;
  event.respondWith(answer(request));
});
