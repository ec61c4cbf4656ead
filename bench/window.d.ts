/** What the benchmarks put into a page. */
import type { EmbeddingRate, EmbeddingTask } from './embedding';

declare global {
  interface Window {
    /** Of the page that measures embedding (browser/page.ts). */
    measure(task: EmbeddingTask): Promise<EmbeddingRate[]>;
    /** When Enter was last pressed, on the page's clock (page.js). */
    enteredAt(): number;
    /** When a frame had shown a cloud whose name matches the pattern, on the page's clock; 0 before that. */
    shownAt(pattern: string): number;
  }
}
