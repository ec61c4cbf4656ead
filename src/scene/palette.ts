/** Colours of groups. Those of numbers are in `ramps.ts`. */
import { groupPalettes, slotsOfGroups } from '../groupColours';
import type { Rgb } from './colour';
import { mixColours, parseColour } from './colour';
import type { SceneTheme } from './theme';

const onDark = groupPalettes.dark.map(parseColour);
const onLight = groupPalettes.light.map(parseColour);

/** The categorical palette for a theme's background. */
export function categoricalPalette(theme: Pick<SceneTheme, 'dark'>): readonly Rgb[] {
  return theme.dark ? onDark : onLight;
}

/** What has no group, or one beyond the palette. */
export function greyColour(theme: SceneTheme): Rgb {
  return mixColours(theme.muted, theme.background, 0.25);
}

export interface LegendEntry {
  readonly group: string;
  readonly colour: Rgb;
  readonly count: number;
  /** False for a group that shares the grey, as there are more groups than colours. */
  readonly own: boolean;
}

export interface GroupColours {
  /** Rows x 3. */
  readonly colours: Uint8Array<ArrayBuffer>;
  /** Which entry of the legend each row has its colour from, or one of `greySlots` (groupColours.ts). */
  readonly slots: Uint8Array<ArrayBuffer>;
  readonly legend: readonly LegendEntry[];
}

/** Colours for rows by group, or by any other category, as `slotsOfGroups` gives them out, and the legend. */
export function colourGroups(groups: readonly (string | undefined)[], theme: SceneTheme): GroupColours {
  const { slots, sizes } = slotsOfGroups(groups);
  const palette = categoricalPalette(theme);
  const grey = greyColour(theme);
  const colours = new Uint8Array(groups.length * 3);
  slots.forEach((slot, row) => colours.set(palette[slot] ?? grey, row * 3));
  const legend = sizes.map(([group, count], i) => ({
    group,
    colour: palette[i] ?? grey,
    count,
    own: i < palette.length,
  }));
  return { colours, slots, legend };
}
