/** The page's side of its service worker (workers/service.worker.ts). */

/** In sessionStorage: this tab has reloaded itself once to be isolated, and does not again. */
const isolatedKey = 'constela-isolated';

/**
 * Registers the service worker, in the built page only. The page loads itself once more
 * - where the host sends no isolation headers, which leaves a first load with one thread: as soon as the service worker, which
 *   adds them, answers for the page, unless the person has already begun to use it;
 * - where a newer build was waiting when the page was loaded, and takes its place because no other tab needs the old one.
 *
 * Never rejects: without a service worker the page needs the network, and nothing else is lost.
 */
export async function registerServiceWorker(): Promise<void> {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!import.meta.env.PROD || !container) return;
  let used = false;
  let updating = false;
  for (const type of ['pointerdown', 'keydown'])
    addEventListener(type, () => (used = true), { capture: true, once: true });
  container.addEventListener('controllerchange', () => {
    if (updating || (!crossOriginIsolated && !used && mayIsolate())) location.reload();
  });
  try {
    const script = new URL('service-worker.js', document.baseURI);
    const { waiting } = await container.register(script, { updateViaCache: 'none' });
    updating = waiting !== null;
    waiting?.postMessage('takeOver');
  } catch (error) {
    console.warn('The page will not work offline:', error);
  }
}

/** True once a tab. Where nothing can be remembered it is false: a page that reloads for ever is worse than one thread. */
function mayIsolate(): boolean {
  try {
    if (sessionStorage.getItem(isolatedKey) !== null) return false;
    sessionStorage.setItem(isolatedKey, 'yes');
    return true;
  } catch {
    return false;
  }
}
