/** The open collection: its items in order, and what can be asked of them without the engine. */
import { textKey } from '../../data/typed';
import type { Item, ItemId, NewItem } from '../../types';

export class CollectionState {
  id = $state.raw(newId());
  name = $state.raw('');
  items = $state.raw<readonly Item[]>([]);

  readonly byId: ReadonlyMap<ItemId, Item> = $derived(new Map(this.items.map((item) => [item.id, item])));
  /** Texts as duplicates are told: trimmed and NFC. */
  readonly byText: ReadonlyMap<string, ItemId> = $derived(
    new Map(this.items.map(({ id, text }) => [textKey(text), id])),
  );
  /** Group names in order of first appearance: the order of their colours. */
  readonly groups: readonly string[] = $derived([
    ...new Set(this.items.flatMap(({ group }) => (group === undefined ? [] : [group]))),
  ]);
  readonly #folded: readonly string[] = $derived(
    this.items.map(({ text, group }) => foldText(group ? `${text}\n${group}` : text)),
  );

  /** Items whose text or group has `query` in it, case and accents aside; all for an empty one. */
  matching(query: string): readonly Item[] {
    const folded = foldText(query.trim());
    return folded ? this.items.filter((_, i) => this.#folded[i]!.includes(folded)) : this.items;
  }
}

export function createItems(items: readonly NewItem[]): Item[] {
  return items.map((item) => ({ ...item, id: newId() }));
}

/** Drawn many at a time: a file has a hundred thousand texts. */
const drawn = { words: new Uint32Array(2048), next: 2048 };

/** 64 random bits: ids meet only in files that a person keeps for ever. */
export function newId(): ItemId {
  const { words } = drawn;
  if (drawn.next >= words.length) {
    crypto.getRandomValues(words);
    drawn.next = 0;
  }
  return hexWord(words[drawn.next++]!) + hexWord(words[drawn.next++]!);
}

function hexWord(word: number): string {
  return word.toString(16).padStart(8, '0');
}

/** Case and accents do not matter to a search by spelling. */
function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
