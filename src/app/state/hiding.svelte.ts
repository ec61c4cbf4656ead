/** Texts that the cloud does not show for now; each change can be undone. A reload shows all. */
import type { ItemId } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { History } from './history.svelte';

export class Hiding {
  #ids = $state.raw<ReadonlySet<ItemId>>(new Set());
  /** Those of the open collection that are hidden. */
  readonly here: ReadonlySet<ItemId>;

  constructor(
    collection: CollectionState,
    private readonly history: History,
  ) {
    this.here = $derived(
      this.#ids.size === 0 ? this.#ids : new Set([...this.#ids].filter((id) => collection.byId.has(id))),
    );
  }

  hide(ids: readonly ItemId[]): void {
    if (ids.length > 0) this.#change(new Set([...this.here, ...ids]));
  }

  showAll(): void {
    if (this.here.size > 0) this.#change(new Set());
  }

  #change(after: ReadonlySet<ItemId>): void {
    const before = this.#ids;
    this.#ids = after;
    this.history.push({ undo: () => void (this.#ids = before), redo: () => void (this.#ids = after) });
  }
}
