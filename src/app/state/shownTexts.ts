/** The texts that the cloud shows plainly. */
import type { ItemId } from '../../types';
import type { CollectionState } from './collection.svelte';
import type { Colouring } from './colouring.svelte';
import type { Hiding } from './hiding.svelte';
import type { Maps } from './maps.svelte';

export interface ShownParts {
  readonly collection: Pick<CollectionState, 'items'>;
  readonly colouring: Pick<Colouring, 'faint'>;
  readonly hiding: Pick<Hiding, 'here'>;
  readonly maps: Pick<Maps, 'aside'>;
}

/** Those that are neither hidden, nor left out by the legend's filter, nor away from the map on the screen. */
export function shownTexts({ collection, colouring, hiding, maps }: ShownParts): ReadonlySet<ItemId> {
  const shown = collection.items.filter(
    ({ id }, row) => !hiding.here.has(id) && !maps.aside.has(id) && colouring.faint[row] !== 1,
  );
  return new Set(shown.map(({ id }) => id));
}
