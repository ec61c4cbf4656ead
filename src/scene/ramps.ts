/** Colours of numbers: a ramp from low to high, and what is drawn where there is no number. */
import { interpolateViridis } from 'd3-scale-chromatic';
import type { Rgb } from './colour';
import { contrast, mixColours, parseColour } from './colour';
import type { SceneTheme } from './theme';

/** Colours from low to high, at even steps. */
export type Ramp = readonly Rgb[];

/**
 * Steps of a ramp. Two beside each other cannot be told apart (they are less than 0.02 apart in OKLab, what is just noticeable),
 * and labels, which keep what they work out by colour, have few to keep.
 */
export const rampSteps = 64;
/** WCAG 2.1, 1.4.11: what has to be seen, against what is beside it. */
const leastContrast = 3;
/** How much of the background a point without a number takes on. */
const absence = 0.6;

/** One hue from muted (0) to the accent (1). */
export function similarityColour(strength: number, theme: SceneTheme): Rgb {
  return mixColours(mixColours(theme.muted, theme.background, 0.35), theme.accent, Math.min(Math.max(strength, 0), 1));
}

export function similarityRamp(theme: SceneTheme): Ramp {
  return Array.from({ length: rampSteps }, (_, i) => similarityColour(i / (rampSteps - 1), theme));
}

/**
 * Viridis (van der Walt and Smith, 2015), even to the eye and for colour-blind readers too, as far as it keeps a contrast of 3:1
 * to the background. High is what differs most from the background, yellow on dark and purple on light: readers take it for
 * more (Schloss, Gramazio, Silverman, Parker and Wang: Mapping Color to Meaning in Colormap Data Visualizations, 2019).
 */
export function continuousRamp(theme: SceneTheme): Ramp {
  const at = (share: number) => parseColour(interpolateViridis(theme.dark ? share : 1 - share));
  let low = 0;
  while (low < 1 && contrast(at(low), theme.background) < leastContrast) low += 0.01;
  return Array.from({ length: rampSteps }, (_, i) => at(low + ((1 - low) * i) / (rampSteps - 1)));
}

/**
 * Of a point that has no number where others do: fainter than any of a ramp. The grey of groups will not do, as colour-blind readers
 * cannot tell it from the middle of viridis (0.004 in OKLab with protanopia, on dark).
 */
export function absentColour(theme: SceneTheme): Rgb {
  return mixColours(theme.muted, theme.background, absence);
}

/** The numbers at the ends of a scale, and how many rows have none. Without any number, `low` and `high` are NaN. */
export interface Extent {
  readonly low: number;
  readonly high: number;
  readonly absent: number;
}

/** Least and greatest of the finite numbers of `values`. */
export function extentOf(values: ArrayLike<number>): Extent {
  let low = Infinity;
  let high = -Infinity;
  let absent = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) absent++;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return absent === values.length ? { low: NaN, high: NaN, absent } : { low, high, absent };
}

/** Where a value stands from `low` (0) to `high` (1); in the middle where the two are one. */
export function shareOf(value: number, { low, high }: Extent): number {
  if (!(high > low)) return 0.5;
  const range = high - low;
  // Halved where the difference of two finite numbers overflows; the half of the smallest number is none.
  return Number.isFinite(range) ? (value - low) / range : (value / 2 - low / 2) / (high / 2 - low / 2);
}

/** Colours for rows by number (rows x 3); `absent` for those that are not finite. */
export function colourValues(
  values: ArrayLike<number>,
  extent: Extent,
  ramp: Ramp,
  absent: Rgb,
): Uint8Array<ArrayBuffer> {
  const colours = new Uint8Array(values.length * 3);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const step = Math.round(shareOf(value, extent) * (ramp.length - 1));
    colours.set((Number.isFinite(value) && ramp[step]) || absent, row * 3);
  }
  return colours;
}

/** Sizes of discs, of which 1 is the ordinary one: small enough to see through to others, large enough to be hit. */
export const discSizes = { least: 0.6, greatest: 2.2 } as const;

/** The size of a disc whose number is a share of the way from low to high: its area grows with the number, not its breadth. */
export function discSize(share: number): number {
  const { least, greatest } = discSizes;
  return Math.sqrt(least ** 2 + (greatest ** 2 - least ** 2) * share);
}

/** Sizes for rows by number; the least for those that have none. */
export function sizeValues(values: ArrayLike<number>, extent: Extent): Float32Array<ArrayBuffer> {
  const sizes = new Float32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    sizes[row] = Number.isFinite(value) ? discSize(shareOf(value, extent)) : discSizes.least;
  }
  return sizes;
}
