import type { ItemId } from '../../types';

/** The chosen texts, in order of choosing. */
export class Selection {
  ids = $state.raw<readonly ItemId[]>([]);

  /** The one whose neighbours are listed. */
  get first(): ItemId | undefined {
    return this.ids[0];
  }

  get second(): ItemId | undefined {
    return this.ids[1];
  }

  /** More than two: they are told of together. */
  get isMany(): boolean {
    return this.ids.length > 2;
  }

  set(ids: readonly ItemId[]): void {
    this.ids = ids;
  }

  /**
   * Chooses one, or with `additive` one more to compare with those that are chosen, which a second time lets it go.
   */
  choose(id: ItemId, additive = false): void {
    if (!additive) this.ids = [id];
    else if (this.ids.includes(id)) this.ids = this.ids.filter((chosen) => chosen !== id);
    else this.ids = [...this.ids, id];
  }

  clear(): void {
    this.ids = [];
  }

  /** Lets go of what is no longer there. */
  keep(alive: (id: ItemId) => boolean): void {
    if (!this.ids.every(alive)) this.ids = this.ids.filter(alive);
  }
}
