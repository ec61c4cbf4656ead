/** Colours of all texts by one thing, and what a legend has to say of them. Rows are those of the collection's items. */
import { greySlots } from '../../groupColours';
import type { Rgb } from '../../scene/colour';
import { colourGroups, type LegendEntry } from '../../scene/palette';
import { colourValues, extentOf, type Extent, type Ramp } from '../../scene/ramps';
import type { SceneTheme } from '../../scene/theme';

export interface CategoryPaint {
  readonly kind: 'categories';
  /** Rows x 3. */
  readonly colours: Uint8Array;
  /** As in `GroupColours`. */
  readonly slots: Uint8Array;
  /** Categories with a colour of their own. */
  readonly entries: readonly LegendEntry[];
  /** Categories that share the grey, and how many texts they have. */
  readonly rest: { readonly categories: number; readonly count: number };
  /** Texts without a category. */
  readonly none: number;
}

export interface NumberPaint {
  readonly kind: 'numbers';
  readonly colours: Uint8Array;
  readonly ramp: Ramp;
  readonly extent: Extent;
  readonly absent: Rgb;
}

export type Paint = CategoryPaint | NumberPaint;

/** What a filter names: a category, those beyond the palette, or the texts without one. */
export type FilterKey = `is:${string}` | 'rest' | 'none';

/** `names` are the rows' categories, undefined where there is none. */
export function paintCategories(names: readonly (string | undefined)[], theme: SceneTheme): CategoryPaint {
  const { colours, slots, legend } = colourGroups(names, theme);
  const entries = legend.filter(({ own }) => own);
  const others = legend.filter(({ own }) => !own);
  const counted = legend.reduce((sum, { count }) => sum + count, 0);
  const rest = { categories: others.length, count: others.reduce((sum, { count }) => sum + count, 0) };
  return { kind: 'categories', colours, slots, entries, rest, none: names.length - counted };
}

/** `values` are the rows' numbers, NaN where there is none. */
export function paintNumbers(values: Float64Array, ramp: Ramp, absent: Rgb): NumberPaint {
  const extent = extentOf(values);
  return { kind: 'numbers', colours: colourValues(values, extent, ramp, absent), ramp, extent, absent };
}

/** The keys by which a legend's entries are filtered, in the order in which they are listed. */
export function filterKeys({ entries, rest, none }: CategoryPaint): readonly FilterKey[] {
  const keys: FilterKey[] = entries.map(({ group }) => `is:${group}` as const);
  if (rest.categories > 0) keys.push('rest');
  if (none > 0) keys.push('none');
  return keys;
}

/** By row: 1 where a filter leaves a text out, else 0. A filter of which no key is there any more leaves nothing out. */
export function faintRows(paint: Paint, filter: ReadonlySet<FilterKey>): Uint8Array<ArrayBuffer> {
  const faint = new Uint8Array(paint.colours.length / 3);
  if (paint.kind === 'numbers' || !filterKeys(paint).some((key) => filter.has(key))) return faint;
  const out = new Uint8Array(greySlots.none + 1).fill(1);
  paint.entries.forEach(({ group }, slot) => (out[slot] = filter.has(`is:${group}`) ? 0 : 1));
  out[greySlots.rest] = filter.has('rest') ? 0 : 1;
  out[greySlots.none] = filter.has('none') ? 0 : 1;
  paint.slots.forEach((slot, row) => (faint[row] = out[slot]!));
  return faint;
}
