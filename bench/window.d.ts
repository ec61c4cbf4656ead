/** What the benchmarks put into a page. */
import type { EmbeddingRate, EmbeddingTask } from './embedding';
import type { LayersCost, LayersTask } from './layers';
import type { NearestResult, NearestTask } from './nearest/page';
import type { SceneResult, SceneTask } from './scene/page';

/** A question that the page asked a worker, and how long its answer took. */
export interface PageQuestion {
  readonly kind: string;
  readonly milliseconds: number;
}

/** Milliseconds from a click on a point to what follows it. */
export interface Press {
  /** The page has changed: its neighbours are listed. */
  readonly changed: number;
  /** The frame that shows the list is done. */
  readonly painted: number;
  /** The frame in which the cloud shows them is done. */
  readonly lit: number;
}

declare global {
  interface Window {
    /** Of the page that measures embedding (browser/page.ts). */
    measure(task: EmbeddingTask): Promise<EmbeddingRate[]>;
    measureLayers(task: LayersTask): Promise<LayersCost>;
    /** Of the page that measures the cloud (scene/page.ts). */
    measureScene(task: SceneTask): Promise<SceneResult>;
    /** Of the page that measures neighbours (nearest/page.ts). */
    measureNearest(task: NearestTask): Promise<NearestResult>;
    /** Chromium's, with `--js-flags=--expose-gc`. */
    gc?(): void;
    /** When Enter was last pressed, on the page's clock (page.js). */
    enteredAt(): number;
    /** When a frame had shown a cloud whose name matches the pattern, on the page's clock; 0 before that. */
    shownAt(pattern: string): number;
    /** Milliseconds from the choice of a file to the frame that showed its list; 0 before that (opening.js). */
    listed(): number;
    /** Milliseconds from the button of the dialog to the file that was made last (exporting.js). */
    exported(): number;
    forgetExport(): void;
    /** Questions that were answered (asking.js), and the kinds of all that were asked. */
    questions(): readonly PageQuestion[];
    asked(): readonly string[];
    /** Tasks above 50 ms since the page was loaded, on the page's clock. */
    longTasks(): readonly { readonly start: number; readonly duration: number }[];
    /** Begins to note when frames are made, on the page's clock. */
    countFrames(): void;
    frameTimes(): readonly number[];
    /** Of the last click, once all of it has followed. */
    press(): Press | undefined;
    forgetPress(): void;
  }
  interface Performance {
    /** Chromium's. */
    readonly memory?: { readonly usedJSHeapSize: number };
    /** Of pages that are isolated. */
    measureUserAgentSpecificMemory?(): Promise<{ readonly bytes: number }>;
  }
}
