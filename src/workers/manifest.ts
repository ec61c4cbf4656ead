/** What the build tells the service worker about itself (see scripts/vite/serviceWorker.ts). */
export interface Manifest {
  /** Files that the page needs, by path from its folder, each with the start of its sha256. Kept when it is installed. */
  readonly needed: Readonly<Record<string, string>>;
  /** Files that only some pages load, such as the WebGPU runtime. Kept when they were used. */
  readonly optional: Readonly<Record<string, string>>;
  /** Said with every response. */
  readonly headers: Readonly<Record<string, string>>;
}
