/** Texts that stay where they are on the map. */
import type { Places } from '../../pipeline';
import { usesNeighbours } from '../../projection/options';
import type { ItemId, Pin, ProjectionOptions } from '../../types';
import type { CollectionState } from './collection.svelte';

export class Pins {
  /** Pins of texts that are gone are among them: an undo brings both back. */
  list = $state.raw<readonly Pin[]>([]);
  /** The map on the screen is of some texts only, on which all pins wait: their places are those of the whole map. */
  waiting = $state(false);
  readonly #texts: ReadonlySet<ItemId> = $derived(
    new Set(this.list.map(({ id }) => id).filter((id) => this.collection.byId.has(id))),
  );

  constructor(private readonly collection: CollectionState) {}

  /** How many of the collection's texts are pinned, on this map or another. */
  get count(): number {
    return this.#texts.size;
  }

  /**
   * The pins of a map with these options. Those of a map of other dimensions wait for such a map, and all wait while the map
   * is a mere projection, which gives each text a place of its own, or one of some texts only.
   */
  on({ dims, engine }: ProjectionOptions): Places {
    const here = usesNeighbours(engine) && !this.waiting ? this.list.filter(({ at }) => at.length === dims) : [];
    return new Map(here.map(({ id, at }) => [id, at]));
  }

  /** How many of the collection's texts are pinned on a map with these options. */
  countOn(options: ProjectionOptions): number {
    return [...this.on(options).keys()].filter((id) => this.collection.byId.has(id)).length;
  }
}
