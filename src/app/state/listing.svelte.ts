/** The texts that the list shows: those that are spelled like what the search box holds. */
import type { Item } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Interface } from './interface.svelte';

export class Listing {
  /** In the collection's order; all of them while the search box is empty. */
  readonly shown: readonly Item[];

  constructor(collection: CollectionState, ui: Interface) {
    this.shown = $derived(collection.matching(ui.filter));
  }
}
