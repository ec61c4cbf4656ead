/** Changes to the items, each of which can be undone. */
import { splitDuplicates, textKey } from '../../data/typed';
import type { Item, ItemId, NewItem } from '../../types';
import { createItems, type CollectionState } from './collection.svelte';
import type { History } from './history.svelte';

export interface Added {
  readonly added: readonly ItemId[];
  /** Texts that were already there, by their ids. */
  readonly duplicates: readonly ItemId[];
}

export class Editing {
  constructor(
    private readonly collection: CollectionState,
    private readonly history: History,
    /** Shows the items and brings the map and the storage to them. */
    private readonly apply: (items: readonly Item[]) => void,
    private readonly onDeleted: (texts: readonly string[]) => void,
    /** A deletion that can no longer be undone. */
    private readonly onExpired: () => void,
  ) {}

  /** Adds what is not there yet. */
  add(entries: readonly NewItem[]): Added {
    const { fresh, duplicates } = splitDuplicates(entries, new Set(this.collection.byText.keys()));
    const items = createItems(fresh);
    if (items.length > 0) this.#change([...this.collection.items, ...items]);
    const { byText } = this.collection;
    return {
      added: items.map(({ id }) => id),
      duplicates: duplicates.flatMap((text) => byText.get(textKey(text)) ?? []),
    };
  }

  /** Gives a text other words or another group. Returns the id of the text that already has these words, if one does. */
  edit(id: ItemId, change: { readonly text: string; readonly group: string | undefined }): ItemId | undefined {
    const { text, group } = change;
    const twin = this.collection.byText.get(textKey(text));
    if (twin !== undefined && twin !== id) return twin;
    const old = this.collection.byId.get(id);
    if (!old || (old.text === text && old.group === group)) return undefined;
    const item: Item = { ...withGroup(old, group), text };
    this.#change(this.collection.items.map((other) => (other.id === id ? item : other)));
    return undefined;
  }

  /** Gives texts a group, or with undefined none. */
  regroup(ids: readonly ItemId[], group: string | undefined): void {
    this.regroupEach(new Map(ids.map((id) => [id, group])));
  }

  /** Gives texts groups of their own by id, or with undefined none; others keep theirs. */
  regroupEach(groups: ReadonlyMap<ItemId, string | undefined>): void {
    const changes = ({ id, group }: Item) => groups.has(id) && groups.get(id) !== group;
    if (!this.collection.items.some(changes)) return;
    this.#change(this.collection.items.map((item) => (changes(item) ? withGroup(item, groups.get(item.id)) : item)));
  }

  remove(ids: readonly ItemId[]): void {
    const gone = new Set(ids);
    const stay = this.collection.items.filter(({ id }) => !gone.has(id));
    if (stay.length < this.collection.items.length) this.#change(stay);
  }

  clear(): void {
    if (this.collection.items.length > 0) this.#change([]);
  }

  #change(after: readonly Item[]): void {
    const before = this.collection.items;
    const stay = new Set(after.map(({ text }) => text));
    const deleted = before.filter(({ text }) => !stay.has(text)).map(({ text }) => text);
    this.apply(after);
    if (deleted.length > 0) this.onDeleted(deleted);
    this.history.push({
      undo: () => this.apply(before),
      redo: () => this.apply(after),
      ...(deleted.length > 0 && { expire: this.onExpired }),
    });
  }
}

function withGroup({ group: _group, ...rest }: Item, group: string | undefined): Item {
  return { ...rest, ...(group !== undefined && { group }) };
}
