/** What the benchmarks put into a page. */
import type { EmbeddingRate, EmbeddingTask } from './embedding';
import type { SceneResult, SceneTask } from './scene/page';

declare global {
  interface Window {
    /** Of the page that measures embedding (browser/page.ts). */
    measure(task: EmbeddingTask): Promise<EmbeddingRate[]>;
    /** Of the page that measures the cloud (scene/page.ts). */
    measureScene(task: SceneTask): Promise<SceneResult>;
    /** Chromium's, with `--js-flags=--expose-gc`. */
    gc?(): void;
    /** When Enter was last pressed, on the page's clock (page.js). */
    enteredAt(): number;
    /** When a frame had shown a cloud whose name matches the pattern, on the page's clock; 0 before that. */
    shownAt(pattern: string): number;
  }
  interface Performance {
    /** Chromium's. */
    readonly memory?: { readonly usedJSHeapSize: number };
    /** Of pages that are isolated. */
    measureUserAgentSpecificMemory?(): Promise<{ readonly bytes: number }>;
  }
}
