/** Pinning texts and moving them by hand, each of which can be undone. */
import { pinAt, positionsFor, type Places } from '../../pipeline';
import { usesNeighbours } from '../../projection/options';
import type { ItemId, Pin } from '../../types';
import { Following } from './following';
import type { History } from './history.svelte';
import type { Maps, MapState } from './maps.svelte';
import type { Pins } from './pins.svelte';

export class Pinning {
  /** The pins of the map on the screen. */
  readonly here: Places;
  readonly #following: Following;

  constructor(
    private readonly pins: Pins,
    private readonly maps: Maps,
    private readonly history: History,
    private readonly save: () => void,
  ) {
    this.#following = new Following(maps);
    this.here = $derived(pins.on(maps.view?.options ?? maps.options));
  }

  /** Whether the map on the screen, of all texts, can have pins and moved texts, and is not about to give way to one of another kind. */
  get isPossible(): boolean {
    const { view, options } = this.maps;
    return (
      view !== undefined &&
      !this.pins.waiting &&
      usesNeighbours(options.engine) &&
      usesNeighbours(view.options.engine) &&
      view.positions.dim === options.dims
    );
  }

  /** Pins a text where it is, or lets go of it. Nothing moves before the next layout. */
  toggle(id: ItemId): void {
    const at = this.#placeOf(id);
    if (!at || !this.isPossible) return;
    const others = without(this.pins.list, id, at.length);
    this.#change(this.here.has(id) ? others : [...others, { id, at }]);
  }

  /** Lets go of all, those that wait for another map too. */
  unpinAll(): void {
    if (this.pins.list.length > 0) this.#change([]);
  }

  /** A text is being moved, and is here now: the others follow, until it is let go by `move` or `putBack`. */
  drag(id: ItemId, place: readonly number[]): void {
    if (this.isPossible) this.#following.to(id, place, this.here);
  }

  /** A text that was being moved is not: the map is as it was. */
  putBack(): void {
    const before = this.#following.end();
    if (before) this.maps.view = before;
  }

  /** Pins a text at a place to which it was moved, and lays the map out around it; undo brings the earlier map back. */
  async move(id: ItemId, place: readonly number[]): Promise<void> {
    const { view } = this.maps;
    const from = this.#following.end();
    if (!view || !this.isPossible) return;
    const before = { ...this.#state, view: from ?? view };
    const { dim } = view.positions;
    const at = [...Float32Array.from(place.slice(0, dim))];
    this.pins.list = [...without(this.pins.list, id, dim), { id, at }];
    this.maps.view = { ...view, positions: pinAt(new Map([[id, at]]), view.ids, dim, view.positions) };
    let after = this.#state;
    let unfinished = false;
    this.history.push({
      undo: () => {
        after = this.#state;
        unfinished = this.maps.isRunning;
        this.#bring(before);
      },
      redo: () => {
        this.#bring(after);
        if (unfinished) return this.maps.goOn();
      },
    });
    this.save();
    // From where they stood: the same place gives the same map, by whichever way the text came there.
    await this.maps.goOn(from);
  }

  /** In layout units; undefined for a text that is not on the map. */
  #placeOf(id: ItemId): readonly number[] | undefined {
    const { view } = this.maps;
    return view?.ids.includes(id) ? [...positionsFor(view, [id]).data] : undefined;
  }

  get #state(): MapState & { readonly list: readonly Pin[] } {
    return { ...this.maps.state, list: this.pins.list };
  }

  #bring(state: MapState & { readonly list: readonly Pin[] }): void {
    this.pins.list = state.list;
    this.maps.bring(state);
    this.save();
  }

  #change(after: readonly Pin[]): void {
    const before = this.pins.list;
    const apply = (list: readonly Pin[]) => {
      this.pins.list = list.map((pin) => this.#refreshed(pin));
      this.save();
    };
    apply(after);
    this.history.push({ undo: () => apply(before), redo: () => apply(after) });
  }

  /** A layout may have run since a pin was let go: back again, it keeps the text where it is now. */
  #refreshed(pin: Pin): Pin {
    const at = this.isPossible ? this.#placeOf(pin.id) : undefined;
    return at?.length === pin.at.length ? { ...pin, at } : pin;
  }
}

/** A text may be pinned on a map of two dimensions and on one of three. */
function without(list: readonly Pin[], id: ItemId, dims: number): Pin[] {
  return list.filter((pin) => pin.id !== id || pin.at.length !== dims);
}
