/** What is open on the page, and what the search box holds: nothing of it is kept. */
import type { ItemId } from '../../types';

export type Dialog =
  | 'export'
  | 'map'
  | 'settings'
  | 'forget'
  | 'collections'
  | 'keys'
  | 'views'
  | 'models'
  | 'reading'
  | 'leftOut'
  | 'link';
/** What asks something of the whole collection, one at a time, in place of the details. */
export type Instrument = 'fidelity' | 'clusters' | 'formula' | 'pairs' | 'twoViews';
/** What looks inside the model, one at a time, in place of the details too. */
export type Lens = 'vector' | 'attention' | 'layers' | 'tuning' | 'prompts' | 'bias' | 'why';
/** On a phone panels are sheets, one at a time. */
export type Sheet = 'texts' | 'tools' | 'legend';

export class Interface {
  dialog = $state<Dialog | undefined>();
  sheet = $state<Sheet | undefined>();
  listFolded = $state(false);
  legend = $state(true);
  guide = $state(false);
  filter = $state('');
  hovered = $state.raw<ItemId | undefined>();
  /** The next choice is compared with the one before. */
  comparing = $state(false);
  /** Trails of the last run are shown. */
  trails = $state(false);
  /** The cloud turns slowly until it is touched: asked for each time, as nothing moves unasked. */
  turning = $state(false);
  editing = $state(false);
  /** The export that is asked for is of the selected texts. */
  exportsSelected = $state(false);
  narrow = $state(false);

  #instrument = $state<Instrument | undefined>();
  #lens = $state<Lens | undefined>();
  #latest: Lens = 'vector';

  get instrument(): Instrument | undefined {
    return this.#instrument;
  }

  set instrument(instrument: Instrument | undefined) {
    this.#instrument = instrument;
    if (instrument) this.#lens = undefined;
  }

  get lens(): Lens | undefined {
    return this.#lens;
  }

  set lens(lens: Lens | undefined) {
    this.#lens = lens;
    if (!lens) return;
    this.#latest = lens;
    this.#instrument = undefined;
  }

  /** The lens that was looked through last, or the first. */
  lookInside(): void {
    this.lens = this.#latest;
  }
}
