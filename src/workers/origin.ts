/**
 * Nothing leaves the origin: the content policy says so to the browser, and this says so to the worker's own code,
 * where no policy was sent along (a static host without headers).
 */

/** Resolves once transformers.js, which keeps a `fetch` of its own, has the guarded one too. */
export async function denyOtherOrigins(): Promise<void> {
  const original = globalThis.fetch.bind(globalThis);
  const guarded: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.origin !== location.origin)
      return Promise.reject(new TypeError(`a request to ${url.origin} was refused: nothing leaves this page`));
    return original(input, init);
  };
  globalThis.fetch = guarded;
  const { env } = await import('@xenova/transformers');
  env.fetch = guarded;
}
