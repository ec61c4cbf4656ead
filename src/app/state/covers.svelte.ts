/** Where small panels stand over the cloud, of which labels keep off. */
import type { Rect } from '../../scene/screen';

export class Covers {
  /** CSS pixels of the window, which the cloud fills. */
  rects = $state.raw<readonly Rect[]>([]);
  readonly #elements = new Set<HTMLElement>();
  readonly #observer = new ResizeObserver(() => this.measure());

  /** An attachment: the element is one of them for as long as it is there. */
  readonly keep = (element: HTMLElement): (() => void) => {
    this.#elements.add(element);
    this.#observer.observe(element);
    return () => {
      this.#elements.delete(element);
      this.#observer.unobserve(element);
      this.measure();
    };
  };

  /** Looks again: panels have moved, as their size alone does not tell. */
  measure(): void {
    this.rects = [...this.#elements].map((element) => element.getBoundingClientRect());
  }
}
