/** The texts that the list shows: those that are spelled like what the search box holds. */
import type { Item } from '../../types';
import { foldText, type CollectionState } from './collection.svelte';
import type { Interface } from './interface.svelte';

export class Listing {
  readonly #folded: readonly string[];
  /** In the collection's order; all of them while the search box is empty. */
  readonly shown: readonly Item[];

  constructor(collection: CollectionState, ui: Interface) {
    this.#folded = $derived(collection.items.map(({ text, group }) => foldText(group ? `${text}\n${group}` : text)));
    this.shown = $derived.by(() => {
      const query = foldText(ui.filter.trim());
      return query ? collection.items.filter((_, i) => this.#folded[i]!.includes(query)) : collection.items;
    });
  }
}
