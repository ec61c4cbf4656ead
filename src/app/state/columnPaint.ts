/** Which of the texts' own columns can colour them, and the colours by one of them or by the groups: of items alone, without a map. */
import { categoryNames, cellOf, columnNames, columnOf } from '../../categories';
import { greySlots } from '../../groupColours';
import { readNumbers, type NumberColumn } from '../../scene/numbers';
import { absentColour, continuousRamp } from '../../scene/ramps';
import type { SceneTheme } from '../../scene/theme';
import type { ColourBy, Item } from '../../types';
import { paintCategories, paintNumbers, type Paint } from './paint';

/** A column that can be chosen. */
export interface ColumnChoice {
  readonly name: string;
  /** Its numbers; undefined where it has words. */
  readonly numbers: NumberColumn | undefined;
}

const categoriesPrefix = 'categories:';

/** The columns that can be chosen, in order of first appearance. */
export function columnChoices(items: readonly Item[]): readonly ColumnChoice[] {
  return columnNames(items).map((name) => ({ name, numbers: numbersOf(items, name) }));
}

/** The column by which points are coloured; undefined where it is something else. */
export function colouringColumn(by: ColourBy): string | undefined {
  return by.startsWith(categoriesPrefix) ? by.slice(categoriesPrefix.length) : columnOf(by);
}

/** A column's numbers, row by row for `items`; undefined where it has words. */
export function numbersOf(items: readonly Item[], name: string): NumberColumn | undefined {
  return readNumbers(
    items.map((item) => cellOf(item, name)),
    greySlots.rest,
  );
}

/**
 * By a column its numbers along a ramp, or its words or, with `categories:`, numbers as categories; by anything else the groups. Rows
 * are those of `items`.
 */
export function paintColumn(items: readonly Item[], by: ColourBy, theme: SceneTheme): Paint {
  const column = colouringColumn(by);
  const numbers = column === undefined || by.startsWith(categoriesPrefix) ? undefined : numbersOf(items, column);
  if (numbers) return paintNumbers(numbers.values, continuousRamp(theme), absentColour(theme));
  return paintCategories(categoryNames(items, column === undefined ? 'group' : `column:${column}`), theme);
}
