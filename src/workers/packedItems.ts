/** Items on their way between the page and a worker: structured clone takes a hundred thousand texts, and as many objects, one by one. */
import type { Cell, NewItem } from '../types';

/** UTF-16 code units of a block, about: a text holds the block that it came in in memory. */
const blockUnits = 1 << 20;

export interface PackedItems {
  /** Of each block the texts, one behind the other, and how many they are. */
  readonly blocks: readonly { readonly texts: string; readonly count: number }[];
  /** Of each text, in UTF-16 code units. */
  readonly lengths: Uint32Array<ArrayBuffer>;
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

export function packItems(items: readonly NewItem[]): PackedItems {
  const blocks: { texts: string; count: number }[] = [];
  const lengths = new Uint32Array(items.length);
  const groups = new Places<string>((group) => group);
  const groupOf = new Uint32Array(items.length);
  const shapes = new Places<readonly string[]>((names) => JSON.stringify(names));
  const shapeOf = new Uint32Array(items.length);
  const cells: Cell[] = [];
  let block: string[] = [];
  let units = 0;
  let last: readonly string[] = [];
  const endBlock = () => {
    blocks.push({ texts: block.join(''), count: block.length });
    block = [];
    units = 0;
  };
  items.forEach(({ text, group, columns }, i) => {
    block.push(text);
    lengths[i] = text.length;
    units += text.length;
    if (units >= blockUnits) endBlock();
    if (group !== undefined) groupOf[i] = groups.of(group);
    if (!columns) return;
    const names = Object.keys(columns);
    const isLast = names.length === last.length && names.every((name, column) => name === last[column]);
    if (isLast && shapes.latest > 0) shapeOf[i] = shapes.latest;
    else shapeOf[i] = shapes.of((last = names));
    for (const name of names) cells.push(columns[name]!);
  });
  endBlock();
  return { blocks, lengths, groups: groups.list, groupOf, shapes: shapes.list, shapeOf, cells };
}

export function unpackItems(packed: PackedItems): NewItem[] {
  const { blocks, lengths, groups, groupOf, shapes, shapeOf, cells } = packed;
  // What has a column called `__proto__` already keeps one when it is set.
  const forms = shapes.map((names) => Object.fromEntries(names.map((name): [string, Cell] => [name, null])));
  const items: NewItem[] = [];
  let cell = 0;
  for (const { texts, count } of blocks)
    for (let i = 0, at = 0; i < count; i++) {
      const row = items.length;
      const item: Writable<NewItem> = { text: texts.slice(at, (at += lengths[row]!)) };
      const group = groups[groupOf[row]! - 1];
      if (group !== undefined) item.group = group;
      const shape = shapeOf[row]! - 1;
      if (shape >= 0) {
        const columns = { ...forms[shape] };
        for (const name of shapes[shape]!) columns[name] = cells[cell++]!;
        item.columns = columns;
      }
      items.push(item);
    }
  return items;
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
