/** Colours of groups, of similarity and of continuous values. */
import { interpolateViridis } from 'd3-scale-chromatic';
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

/**
 * Colours for rows by group (rows x 3), and the legend. While the palette has enough colours, groups take them in the order
 * in which they first appear, so that a new one changes no other; beyond that, the largest have colours and the rest are grey.
 * @param among the groups that share the palette and are in the legend, where the rows are some of more
 */
export function colourGroups(
  groups: readonly (string | undefined)[],
  theme: SceneTheme,
  among: readonly (string | undefined)[] = groups,
): { colours: Uint8Array<ArrayBuffer>; legend: readonly LegendEntry[] } {
  const counts = new Map<string, number>();
  for (const group of among) if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  const palette = categoricalPalette(theme);
  const names = [...counts.keys()];
  if (names.length > palette.length) names.sort((a, b) => counts.get(b)! - counts.get(a)!);
  const grey = greyColour(theme);
  const byGroup = new Map(names.map((name, i) => [name, palette[i] ?? grey]));
  const colours = new Uint8Array(groups.length * 3);
  groups.forEach((group, row) => colours.set((group === undefined ? undefined : byGroup.get(group)) ?? grey, row * 3));
  const legend = names.map((group, i) => ({
    group,
    colour: byGroup.get(group)!,
    count: counts.get(group)!,
    own: i < palette.length,
  }));
  return { colours, legend };
}

/** One hue from muted (0) to the accent (1). */
export function similarityColour(strength: number, theme: SceneTheme): Rgb {
  return mixColours(mixColours(theme.muted, theme.background, 0.35), theme.accent, Math.min(Math.max(strength, 0), 1));
}

/** Viridis (van der Walt and Smith, 2015), 0 to 1: even to the eye, and for colour-blind readers too. */
export function continuousColour(share: number): Rgb {
  return parseColour(interpolateViridis(Math.min(Math.max(share, 0), 1)));
}
