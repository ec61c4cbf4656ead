/** Names of parts of the map, such as clusters: larger than labels of texts, which leave them room. */
import type { ItemId } from '../types';
import type { Rect, Screen } from './screen';

/** A part of the map. */
export interface Region {
  /** The text in whose place the name stands. */
  readonly id: ItemId;
  readonly text: string;
}

/** A region by its row; -1 where its text is not on the map. */
export interface RegionRow {
  readonly row: number;
  readonly text: string;
}

/** A name that found room. */
export interface PlacedRegion extends RegionRow, Rect {}

const height = 20;
/** Pixels kept free around a name. */
const gap = 4;
/** How far below its text a name may stand, in the order in which they are tried. */
const shifts = [0, -height - gap, height + gap];

/**
 * The names that have room within `free` and off `covers`, each with its middle over its text, or a line above or below it where an earlier one is
 * in the way. Of hidden texts there is none.
 */
export function placeRegions(
  regions: readonly RegionRow[],
  { x, y, depth }: Screen,
  free: Rect,
  covers: readonly Rect[],
  measure: (text: string) => number,
): readonly PlacedRegion[] {
  const placed: PlacedRegion[] = [];
  for (const { row, text } of regions) {
    if (row < 0 || depth[row] === 0) continue;
    const width = measure(text);
    const left = x[row]! - width / 2;
    for (const shift of shifts) {
      const top = y[row]! - height / 2 + shift;
      const box = { left, top, right: left + width, bottom: top + height };
      const isClear = (other: Rect) => isApart(box, other);
      if (!isWithin(box, free) || !covers.every(isClear) || !placed.every(isClear)) continue;
      placed.push({ row, text, ...box });
      break;
    }
  }
  return placed;
}

function isWithin({ left, top, right, bottom }: Rect, free: Rect): boolean {
  return left >= free.left && top >= free.top && right <= free.right && bottom <= free.bottom;
}

function isApart(a: Rect, b: Rect): boolean {
  return a.right + gap <= b.left || b.right + gap <= a.left || a.bottom + gap <= b.top || b.bottom + gap <= a.top;
}

/** The names, and where those that found room stand. */
export class RegionLabels {
  placed: readonly PlacedRegion[] = [];
  /** Rows of the regions that are on the map. */
  rows = new Int32Array(0);
  #regions: readonly RegionRow[] = [];
  /** Widths in CSS pixels by text: they are asked for at every frame. */
  #widths = new Map<string, number>();

  /** @param measure the width of a prominent label */
  constructor(private readonly measure: (text: string) => number) {}

  /** The most important first. */
  set regions(regions: readonly RegionRow[]) {
    this.#regions = regions;
    this.rows = Int32Array.from(regions.map(({ row }) => row).filter((row) => row >= 0));
  }

  /** The font is another. */
  remeasure(): void {
    this.#widths.clear();
  }

  place(screen: Screen, free: Rect, covers: readonly Rect[]): void {
    this.placed = placeRegions(this.#regions, screen, free, covers, (text) => {
      const known = this.#widths.get(text);
      if (known !== undefined) return known;
      const width = this.measure(text);
      this.#widths.set(text, width);
      return width;
    });
  }
}
