/** The texts that the list shows: those that are spelled like what the search box holds. */
import type { Item } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Colouring } from './colouring.svelte';
import type { Interface } from './interface.svelte';

export class Listing {
  /**
   * In the collection's order. A search looks at all texts; without one, those that the legend's filter leaves out would only be in
   * the way.
   */
  readonly shown: readonly Item[];

  constructor(collection: CollectionState, colouring: Colouring, ui: Interface) {
    this.shown = $derived.by(() => {
      if (ui.filter.trim() !== '' || !colouring.isFiltering) return collection.matching(ui.filter);
      return collection.items.filter((_, row) => !colouring.faint[row]);
    });
  }
}
