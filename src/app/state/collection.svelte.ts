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

/** Hexadecimal digits of an id: 64 random bits, so that two are the same only in files that a person keeps for ever. */
const idDigits = 16;
/** Digits that are drawn at a time: a file has a hundred thousand texts. */
const drawnDigits = 1024 * idDigits;
let drawn = '';

export function newId(): ItemId {
  if (drawn === '') drawn = drawDigits();
  const id = drawn.slice(0, idDigits);
  drawn = drawn.slice(idDigits);
  return id;
}

function drawDigits(): string {
  const codes = crypto.getRandomValues(new Uint8Array(drawnDigits));
  for (let i = 0; i < codes.length; i++) codes[i] = '0123456789abcdef'.charCodeAt(codes[i]! & 15);
  return new TextDecoder().decode(codes);
}

/** Case and accents do not matter to a search by spelling. */
function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
