// @ts-check
/** What every response of the page says, wherever it comes from: the build, the server and the service worker read it here. */

/** No request leaves the origin. `wasm-unsafe-eval` lets WebAssembly compile; nothing lets a string become a script. */
export const contentPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** Cross-origin isolation: shared memory, and so threads, exist only under these two. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Every response of the built page, worker scripts included: a policy in the page does not bind workers loaded by URL. */
export const responseHeaders = { ...isolationHeaders, 'Content-Security-Policy': contentPolicy };
