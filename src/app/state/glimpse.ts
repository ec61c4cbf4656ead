/** What is near in meaning to the search box's words while they are typed: nothing waits in line, and nothing is chosen. */
import type { ItemId } from '../../types';

/** Milliseconds without a key before the words are taken for a query. */
const pause = 150;

interface Parts {
  /**
   * The texts nearest to a query, once the model is there; undefined where its loading was cancelled or failed. What else it throws is
   * not told: Enter asks the same, and says what is wrong.
   */
  readonly ask: (query: string) => Promise<readonly ItemId[] | undefined>;
  /** Whether the question would not stand in the way of anything: what is under way comes first. */
  readonly isPossible: () => boolean;
  readonly show: (ids: readonly ItemId[]) => void;
}

export class Glimpse {
  #wanted = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One question is on its way at a time; `late` says that newer words wait for it, whichever they are by then. */
  #asking = false;
  #late = false;
  /** The words came while it was not possible to ask. */
  #waits = false;

  constructor(private readonly parts: Parts) {}

  /** The search box holds other words. */
  follow(typed: string): void {
    clearTimeout(this.#timer);
    this.#wanted = typed.trim();
    this.#waits = false;
    if (this.#wanted === '') this.parts.show([]);
    else this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  /** It may be possible to ask now: words that wait are asked about. */
  resume(): void {
    if (this.#waits) void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#late = true;
      return;
    }
    const query = this.#wanted;
    this.#waits = query !== '' && !this.parts.isPossible();
    if (query === '' || this.#waits) {
      this.parts.show([]);
      return;
    }
    this.#asking = true;
    const found = await this.parts.ask(query).catch(() => []);
    this.#asking = false;
    if (this.#wanted === query) this.parts.show(found ?? []);
    // A load that was cancelled does not begin again for words that were typed before the Cancel.
    const isNext = this.#late && found !== undefined;
    this.#late = false;
    if (isNext) await this.#ask();
  }
}
