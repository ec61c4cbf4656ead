/** Items as they are kept: packed, as a hundred thousand would keep the page busy for 0.3 s at every save; and the check of what comes back. */
import { packItems, type PackedItems, type PackedTexts, unpackItems } from '../packedItems';
import type { Cell, Item } from '../types';
import { check, isNumber, isRecord, readFields } from './shape';

type StoredItems = PackedItems & { readonly ids: PackedTexts };

/** Most saves are of the same items as the one before. Undo keeps many lists of items: of others nothing is held. */
let latest: { readonly items: readonly Item[]; readonly packed: PackedItems } | undefined;

export function storeItems(items: readonly Item[]): PackedItems {
  if (latest?.items !== items) latest = { items, packed: packItems(items) };
  return latest.packed;
}

/** Stored items, or a list of items, as earlier versions of the page kept them. */
export function readItems(value: unknown): readonly Item[] {
  const items = Array.isArray(value) ? value.map((item: unknown, i) => readItem(item, `items[${i}]`)) : unpack(value);
  check(new Set(items.map(({ id }) => id)).size === items.length, 'items');
  return items;
}

function unpack(value: unknown): readonly Item[] {
  check(isStored(value), 'items');
  return unpackItems(value);
}

function readItem(value: unknown, where: string): Item {
  const { id, text, group, columns } = readFields(value, where);
  check(typeof id === 'string', `${where}.id`);
  check(typeof text === 'string', `${where}.text`);
  check(group === undefined || typeof group === 'string', `${where}.group`);
  const own: Record<string, Cell> = {};
  if (columns !== undefined) {
    for (const [name, cell] of Object.entries(readFields(columns, `${where}.columns`))) {
      check(isCell(cell), `${where}.columns.${name}`);
      // Defined, not assigned: a column called `__proto__` is only a column.
      Object.defineProperty(own, name, { value: cell, enumerable: true, configurable: true, writable: true });
    }
  }
  return { id, text, ...(group !== undefined && { group }), ...(columns !== undefined && { columns: own }) };
}

const isCell = (value: unknown): value is Cell =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || isNumber(value);

function isStored(value: unknown): value is StoredItems {
  if (!isRecord(value)) return false;
  const { ids, texts, groups, groupOf, shapes, shapeOf, cells } = value;
  return (
    isTexts(ids) &&
    isTexts(texts) &&
    ids.lengths.length === texts.lengths.length &&
    isStrings(groups) &&
    isPlaces(groupOf, texts.lengths.length, groups.length) &&
    Array.isArray(shapes) &&
    shapes.every(isStrings) &&
    isPlaces(shapeOf, texts.lengths.length, shapes.length) &&
    Array.isArray(cells) &&
    cells.every(isCell) &&
    cells.length === sum(shapeOf, (shape) => shapes[shape - 1]?.length ?? 0)
  );
}

function isTexts(value: unknown): value is PackedTexts {
  if (!isRecord(value) || !Array.isArray(value.blocks) || !(value.lengths instanceof Uint32Array)) return false;
  const { lengths } = value;
  let begin = 0;
  for (const block of value.blocks as unknown[]) {
    if (!isRecord(block) || typeof block.joined !== 'string' || !isNumber(block.count) || !(block.count > 0))
      return false;
    const end = begin + block.count;
    if (sum(lengths.subarray(begin, end), (length) => length) !== block.joined.length) return false;
    begin = end;
  }
  return begin === lengths.length;
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Whether these are `count` places among so many, from 1 on, or 0. */
function isPlaces(value: unknown, count: number, among: number): value is Uint32Array<ArrayBuffer> {
  return value instanceof Uint32Array && value.length === count && value.every((place) => place <= among);
}

function sum(numbers: Uint32Array, of: (number: number) => number): number {
  return numbers.reduce((total, number) => total + of(number), 0);
}
