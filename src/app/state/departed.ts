/** Where deleted texts stood on the map, for their return by undo, until the next layout. */
import type { Places } from '../../pipeline';
import type { Item, ItemId } from '../../types';

export class Departed {
  readonly #gone = new Map<ItemId, { readonly text: string; readonly at: readonly number[] }>();

  note(id: ItemId, text: string, at: readonly number[]): void {
    this.#gone.set(id, { text, at });
  }

  /** Where those of `items` stood that were there with the same text, on a map of so many dimensions. */
  placesOf(items: readonly Item[], dims: number): Places {
    return new Map(
      items.flatMap(({ id, text }) => {
        const gone = this.#gone.get(id);
        return gone?.text === text && gone.at.length === dims ? [[id, gone.at] as const] : [];
      }),
    );
  }

  forget(id: ItemId): void {
    this.#gone.delete(id);
  }

  clear(): void {
    this.#gone.clear();
  }
}
