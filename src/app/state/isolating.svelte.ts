/** A map of some texts only, laid out anew, and the way back to the map of all; each can be undone. The collection stays whole. */
import { positionsFor } from '../../pipeline';
import type { Item, ItemId } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { History } from './history.svelte';
import type { Maps, MapState } from './maps.svelte';

/** What was on the screen, and the items of that moment: a text that was edited since has to be placed anew. */
interface Shown {
  readonly aside: ReadonlySet<ItemId>;
  readonly map: MapState;
  readonly items: readonly Item[];
  /** The map was still being laid out. */
  readonly unfinished: boolean;
}

export class Isolating {
  /** The map of all, while one of some is on the screen. */
  #whole: Shown | undefined;

  constructor(
    private readonly collection: CollectionState,
    private readonly maps: Maps,
    private readonly history: History,
    /** Other texts are on the screen than before. */
    private readonly onChange: () => void,
  ) {}

  get isActive(): boolean {
    return this.maps.aside.size > 0;
  }

  /** Whether all texts of the map on the screen are gone. */
  get isDeserted(): boolean {
    return this.isActive && this.collection.items.every(({ id }) => this.maps.aside.has(id));
  }

  /** The map of all texts, whatever is on the screen. */
  get wholeMap(): MapState {
    return this.isActive && this.#whole ? this.#whole.map : this.maps.state;
  }

  /** Lays these texts out on a map of their own. What is added from now on belongs to it. */
  async isolate(ids: readonly ItemId[]): Promise<void> {
    const kept = new Set(ids);
    const { items } = this.collection;
    const aside = new Set(items.map(({ id }) => id).filter((id) => !kept.has(id)));
    if (!this.maps.view || aside.size === 0 || aside.size === items.length) return;
    const before = this.#shown;
    if (!this.isActive) this.#whole = before;
    let after = before;
    this.history.push({
      undo: () => {
        after = this.#shown;
        this.#show(before);
      },
      redo: () => {
        if (!this.isActive) this.#whole = before;
        this.#show(after);
      },
    });
    const made = this.maps.leaveOut(aside, items);
    this.onChange();
    await made;
  }

  /** Brings the map of all texts back. */
  leave(): void {
    const whole = this.#whole;
    if (!whole || !this.isActive) return;
    const before = this.#shown;
    this.#show(whole);
    this.history.push({
      undo: () => {
        this.#whole = whole;
        this.#show(before);
      },
      redo: () => this.#show(whole),
    });
  }

  /** Brings the map of all texts back, as there is no other left; not a step of its own. */
  end(): void {
    if (this.#whole) this.#show(this.#whole);
  }

  get #shown(): Shown {
    const { aside, state: map, isRunning: unfinished } = this.maps;
    return { aside, map, items: this.collection.items, unfinished };
  }

  #show({ aside, map, items, unfinished }: Shown): void {
    const then = new Map(items.map(({ id, text }) => [id, text]));
    const { byId } = this.collection;
    const { view } = map;
    const stay = view?.ids.filter((id) => byId.has(id) && byId.get(id)?.text === then.get(id));
    const shown =
      view && stay && stay.length > 0 ? { ...view, ids: stay, positions: positionsFor(view, stay) } : undefined;
    void this.maps.leaveOut(aside, this.collection.items, { ...map, view: shown });
    if (unfinished) void this.maps.build();
    this.onChange();
  }
}
