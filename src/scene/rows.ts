/** Which text is in which row of the map. Items are matched by id, never by index. */
import type { ItemId } from '../types';

export class Rows {
  readonly #rows: ReadonlyMap<ItemId, number>;

  constructor(readonly ids: readonly ItemId[]) {
    this.#rows = new Map(ids.map((id, row) => [id, row]));
  }

  /** The row of an id, or -1. */
  of(id: ItemId | undefined): number {
    return (id === undefined ? undefined : this.#rows.get(id)) ?? -1;
  }

  /** The rows of those ids that are on the map. */
  all(ids: Iterable<ItemId>): Set<number> {
    const rows = new Set<number>();
    for (const id of ids) {
      const row = this.#rows.get(id);
      if (row !== undefined) rows.add(row);
    }
    return rows;
  }

  /** For each row of `next` the row here of the same id, or -1. */
  previousOf(next: readonly ItemId[]): Int32Array {
    return Int32Array.from(next, (id) => this.of(id));
  }
}
