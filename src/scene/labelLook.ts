/** What labels look like: by what is wanted of them, by depth and beside a selection. */
import type { Rgb } from './colour';
import { wish } from './emphasis';
import type { LabelChooser } from './labels';
import type { Rect } from './screen';

export interface LabelView {
  readonly width: number;
  readonly height: number;
  /** The part of the view that no panel covers. */
  readonly free: Rect;
  /** Small panels over the free part. */
  readonly covers: readonly Rect[];
  /** How many labels, 1 for the usual number. */
  readonly density: number;
  /** Depths where labels begin to fade and where they have. */
  readonly fog: readonly [number, number];
  readonly fogStrength: number;
}

/** A label as it is drawn: in CSS pixels, its left edge and its middle. */
export interface PlacedLabel {
  readonly text: string;
  readonly left: number;
  readonly middle: number;
  /** Larger, and bold. */
  readonly prominent: boolean;
  readonly rightToLeft: boolean;
  readonly colour: Rgb;
}

/** How far ordinary labels fade beside a selected one, 0 to 1: its neighbours stand out, and distance is still seen. */
const besideSelected = 0.85;

/** A label has its group's colour, faded; those of chosen and found texts and of neighbours have the text's, always clear. */
export function isClear(wanted: number): boolean {
  return wanted >= wish.found;
}

/** How faint an ordinary label is, 0 to 1. */
export function faintness({ fog, fogStrength }: LabelView, depth: number, selecting: boolean): number {
  const haze = smoothstep(fog[0], fog[1], depth) * fogStrength;
  return selecting ? besideSelected + (1 - besideSelected) * haze : haze;
}

export function hasSelection({ count, rows }: LabelChooser, wishes: Uint8Array): boolean {
  for (let i = 0; i < count; i++) {
    const wanted = wishes[rows[i]!];
    if (wanted === wish.selected || wanted === wish.neighbour) return true;
  }
  return false;
}

/** As in GLSL: 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return t * t * (3 - 2 * t);
}
