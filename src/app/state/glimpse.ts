/** What is near in meaning to the search box's words while they are typed: nothing waits in line, and nothing is chosen. */
import type { ItemId } from '../../types';

/** Milliseconds without a key before the words are taken for a query. */
const pause = 150;

interface Parts {
  /** The texts nearest to a query. What it throws is not told: Enter asks the same, and says what is wrong. */
  readonly ask: (query: string) => Promise<readonly ItemId[]>;
  /** Whether asking costs a moment only: what is under way comes first, and no model is loaded for a glimpse. */
  readonly isPossible: () => boolean;
  readonly show: (ids: readonly ItemId[]) => void;
}

export class Glimpse {
  #wanted = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One question is on its way at a time; `late` says that newer words wait for it, whichever they are by then. */
  #asking = false;
  #late = false;

  constructor(private readonly parts: Parts) {}

  /** The search box holds other words. */
  follow(typed: string): void {
    clearTimeout(this.#timer);
    this.#wanted = typed.trim();
    if (this.#wanted === '') this.parts.show([]);
    else this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#late = true;
      return;
    }
    const query = this.#wanted;
    if (query === '' || !this.parts.isPossible()) {
      this.parts.show([]);
      return;
    }
    this.#asking = true;
    const found = await this.parts.ask(query).catch(() => []);
    this.#asking = false;
    if (this.#wanted === query) this.parts.show(found);
    if (!this.#late) return;
    this.#late = false;
    await this.#ask();
  }
}
