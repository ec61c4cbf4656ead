/** Colours of groups. Those of numbers are in `ramps.ts`. */
import type { Rgb } from './colour';
import { mixColours, parseColour } from './colour';
import type { SceneTheme } from './theme';

/*
 * Twelve colours for each background, in the order in which they are given out. Found by simulated annealing over hue,
 * chroma and lightness in OKLab, for the greatest least distance between any two as seen with normal sight and with
 * protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes, 2009, severity 1): 0.088 on dark, 0.073 on
 * light, and above 0.1 among the first six. The eight colours of Okabe and Ito come to 0.076 by the same measure.
 */
const onDark = [
  ...['#687fff', '#db415a', '#ffa7ac', '#ffe300', '#e68024', '#96cdfe'],
  ...['#a65cc1', '#b792be', '#48ffff', '#1daefc', '#b9c947', '#ccf3b5'],
].map(parseColour);
const onLight = [
  ...['#4a5ae6', '#fa5172', '#7c194d', '#878001', '#82543f', '#0695e9'],
  ...['#6d08a2', '#b93e9f', '#146974', '#2c4773', '#4c4b04', '#319763'],
].map(parseColour);

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

/** Slots of rows that have no colour of their own: their group is beyond the palette, or they have none. */
export const greySlots = { rest: onDark.length, none: onDark.length + 1 } as const;

export interface GroupColours {
  /** Rows x 3. */
  readonly colours: Uint8Array<ArrayBuffer>;
  /** Which entry of the legend each row has its colour from, or one of `greySlots`. */
  readonly slots: Uint8Array<ArrayBuffer>;
  readonly legend: readonly LegendEntry[];
}

/**
 * Colours for rows by group, or by any other category, and the legend. While the palette has enough colours, groups take them in
 * the order in which they first appear, so that a new one changes no other; beyond that, the largest have colours and the rest are
 * grey.
 */
export function colourGroups(groups: readonly (string | undefined)[], theme: SceneTheme): GroupColours {
  const counts = new Map<string, number>();
  for (const group of groups) if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  const palette = categoricalPalette(theme);
  const sizes = [...counts];
  if (sizes.length > palette.length) sizes.sort(([, a], [, b]) => b - a);
  const grey = greyColour(theme);
  const slotOf = new Map(sizes.map(([name], i) => [name, Math.min(i, greySlots.rest)]));
  const colours = new Uint8Array(groups.length * 3);
  const slots = Uint8Array.from(
    groups,
    (group) => (group === undefined ? undefined : slotOf.get(group)) ?? greySlots.none,
  );
  slots.forEach((slot, row) => colours.set(palette[slot] ?? grey, row * 3));
  const legend = sizes.map(([group, count], i) => ({
    group,
    colour: palette[i] ?? grey,
    count,
    own: i < palette.length,
  }));
  return { colours, slots, legend };
}
