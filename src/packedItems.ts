/**
 * Items as a few long texts and arrays of numbers: structured clone, by which they go to another thread and into the database, takes a
 * hundred thousand texts, and as many objects, one by one.
 */
import type { Cell, Item, NewItem } from './types';

/** UTF-16 code units of a block, about: a text holds the block that it came in in memory. */
const blockUnits = 1 << 20;

export interface PackedTexts {
  /** Texts one behind the other, and how many they are. */
  readonly blocks: readonly { readonly joined: string; readonly count: number }[];
  /** Of each text, in UTF-16 code units. */
  readonly lengths: Uint32Array<ArrayBuffer>;
}

export interface PackedItems {
  /** Where all have one. */
  readonly ids?: PackedTexts;
  readonly texts: PackedTexts;
  readonly groups: readonly string[];
  /** Of each item the place of its group among `groups`, from 1 on; 0 for none. */
  readonly groupOf: Uint32Array<ArrayBuffer>;
  /** The names of an item's own columns, as they occur. */
  readonly shapes: readonly (readonly string[])[];
  /** Likewise among `shapes`; 0 for an item without columns. */
  readonly shapeOf: Uint32Array<ArrayBuffer>;
  /** Of all own columns, item by item. */
  readonly cells: readonly Cell[];
}

export function packTexts(texts: readonly string[]): PackedTexts {
  const blocks: { joined: string; count: number }[] = [];
  const lengths = new Uint32Array(texts.map(({ length }) => length));
  for (let begin = 0, end = 0; begin < texts.length; begin = end) {
    for (let units = 0; end < texts.length && units < blockUnits; end++) units += lengths[end]!;
    blocks.push({ joined: texts.slice(begin, end).join(''), count: end - begin });
  }
  return { blocks, lengths };
}

export function unpackTexts({ blocks, lengths }: PackedTexts): string[] {
  const texts: string[] = [];
  for (const { joined, count } of blocks)
    for (let i = 0, at = 0; i < count; i++) texts.push(joined.slice(at, (at += lengths[texts.length]!)));
  return texts;
}

export function packItems(items: readonly (NewItem | Item)[]): PackedItems {
  const ids = items.flatMap((item) => ('id' in item ? [item.id] : []));
  const groups = new Places<string>((group) => group);
  const groupOf = new Uint32Array(items.length);
  const shapes = new Places<readonly string[]>((names) => JSON.stringify(names));
  const shapeOf = new Uint32Array(items.length);
  const cells: Cell[] = [];
  let last: readonly string[] = [];
  items.forEach(({ group, columns }, i) => {
    if (group !== undefined) groupOf[i] = groups.of(group);
    if (!columns) return;
    const names = Object.keys(columns);
    const isLast = names.length === last.length && names.every((name, column) => name === last[column]);
    if (isLast && shapes.latest > 0) shapeOf[i] = shapes.latest;
    else shapeOf[i] = shapes.of((last = names));
    for (const name of names) cells.push(columns[name]!);
  });
  const texts = packTexts(items.map(({ text }) => text));
  const parts = { texts, groups: groups.list, groupOf, shapes: shapes.list, shapeOf, cells };
  return ids.length === items.length ? { ids: packTexts(ids), ...parts } : parts;
}

/** The items, with their ids where they are packed with them. */
export function unpackItems(packed: PackedItems & { readonly ids: PackedTexts }): Item[];
export function unpackItems(packed: PackedItems): (NewItem | Item)[];
export function unpackItems(packed: PackedItems): (NewItem | Item)[] {
  const { ids, texts, groups, groupOf, shapes, shapeOf, cells } = packed;
  const itemIds = ids && unpackTexts(ids);
  // What has a column called `__proto__` already keeps one when it is set.
  const forms = shapes.map((names) => Object.fromEntries(names.map((name): [string, Cell] => [name, null])));
  let cell = 0;
  return unpackTexts(texts).map((text, i) => {
    const item: Writable<NewItem & Partial<Item>> = itemIds ? { id: itemIds[i]!, text } : { text };
    const group = groups[groupOf[i]! - 1];
    if (group !== undefined) item.group = group;
    const shape = shapeOf[i]! - 1;
    if (shape < 0) return item;
    const columns = { ...forms[shape] };
    for (const name of shapes[shape]!) columns[name] = cells[cell++]!;
    item.columns = columns;
    return item;
  });
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What occurs, each once, by its place from 1 on. */
class Places<T> {
  readonly list: T[] = [];
  /** Of what was asked for last; 0 before. */
  latest = 0;
  readonly #places = new Map<string, number>();

  constructor(private readonly keyOf: (value: T) => string) {}

  of(value: T): number {
    const key = this.keyOf(value);
    this.latest = this.#places.get(key) ?? this.list.push(value);
    this.#places.set(key, this.latest);
    return this.latest;
  }
}
