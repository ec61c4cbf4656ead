/** What each point looks like: its own colour, and what selection, neighbours, provisional, pinned and hidden points make of it. */
import type { Rgb } from './colour';
import { mixColours } from './colour';
import { similarityColour } from './ramps';
import { mark } from './points';
import type { RowStyle } from './rowStyle';
import type { SceneTheme } from './theme';

/** How much a text wants a label. Higher comes first. */
export const wish = { none: 0, ordinary: 1, found: 2, neighbour: 3, hovered: 4, selected: 5 } as const;

export interface EmphasisInput {
  readonly count: number;
  readonly style: RowStyle;
  readonly selected: ReadonlySet<number>;
  /** Strength of each neighbour of the selected ones, 0 to 1, by row. */
  readonly neighbours: ReadonlyMap<number, number>;
  /** Neighbours of the selected one that the map tore away: in sight, as neighbours are. */
  readonly torn: ReadonlySet<number>;
  /** What stands beside it and is no neighbour: ringed, and in sight. */
  readonly intruders: ReadonlySet<number>;
  /** Colours of their own, by row, whatever the style says: of neighbourhoods that are told apart. */
  readonly tints: ReadonlyMap<number, Rgb>;
  readonly provisional: ReadonlySet<number>;
  readonly pinned: ReadonlySet<number>;
  readonly hidden: ReadonlySet<number>;
  /** What a search has found, by spelling and by meaning: labelled before others, and lit where they are few. */
  readonly found: ReadonlySet<number>;
  readonly newborn: ReadonlySet<number>;
  readonly hovered: number;
  readonly theme: SceneTheme;
}

/** What is drawn, by row. The arrays may be longer than there are points. */
export interface Appearance {
  /** Capacity x 4: red, green, blue, and a sum of `mark`. */
  readonly colours: Uint8Array;
  /** Discs: 1 is normal, 0 hidden. */
  readonly sizes: Float32Array;
  /** A `wish` for a label. */
  readonly wishes: Uint8Array;
}

/** How much of the background a dimmed point takes on: still to be seen, and clearly behind those that are not. */
const dimming = 0.72;
/** Beyond so many selected texts their labels are as large as others, and give way to each other. */
const mostProminent = 12;
/** Rings of more than this lie on each other and hide what they are around: then full colour beside dimmed points tells enough. */
const mostRinged = 300;
/** Found texts beyond this are too many to be lit: larger than others, and ringed as the hovered one is. */
const mostLit = 40;
const sizes = { selected: 1.45, neighbour: 1.2, hovered: 1.25, found: 1.35 };

/** Fills the appearance of all points. */
export function applyEmphasis(input: EmphasisInput, out: Appearance): void {
  for (let row = 0; row < input.count; row++) applyEmphasisTo(row, input, out);
}

/** Fills the appearance of one point. */
export function applyEmphasisTo(row: number, input: EmphasisInput, out: Appearance): void {
  const { style, selected, neighbours, theme } = input;
  const { colours } = style;
  let colour: Rgb = [colours[row * 3]!, colours[row * 3 + 1]!, colours[row * 3 + 2]!];
  let size = style.sizes[row]!;
  let larger = 1;
  let marks = (input.provisional.has(row) ? mark.hollow : 0) + (input.newborn.has(row) ? mark.newborn : 0);
  if (input.pinned.has(row)) marks += mark.square;
  if (input.intruders.has(row)) marks += mark.intruder;
  const isMisplaced = input.intruders.has(row) || input.torn.has(row);
  const faint = style.faint[row] === 1;
  const found = !faint && input.found.has(row);
  let label: number = faint ? wish.none : found ? wish.found : wish.ordinary;
  const strength = neighbours.get(row);
  if (faint) marks += mark.apart;
  const tint = input.tints.get(row);
  if (tint) colour = tint;
  if (selected.has(row)) {
    if (selected.size <= mostRinged) {
      larger = sizes.selected;
      marks += mark.selected;
    } else marks += mark.clear;
    label = selected.size > mostProminent ? wish.neighbour : wish.selected;
  } else {
    if (strength !== undefined) {
      if (!style.tells && !tint) colour = similarityColour(strength, theme);
      larger = sizes.neighbour;
      label = wish.neighbour;
      marks += mark.clear;
    } else if (isMisplaced) {
      label = wish.neighbour;
      marks += mark.clear;
    } else if (found && input.found.size <= mostLit) {
      larger = sizes.found;
      if (row !== input.hovered) marks += mark.hovered;
    } else if (faint || (selected.size > 0 && !style.tells)) colour = mixColours(colour, theme.background, dimming);
    if (row === input.hovered) {
      larger = Math.max(larger, sizes.hovered);
      marks += mark.hovered;
      label = wish.hovered;
    }
  }
  size *= larger;
  if (input.hidden.has(row)) {
    size = 0;
    label = wish.none;
  }
  out.colours.set(colour, row * 4);
  out.colours[row * 4 + 3] = marks;
  out.sizes[row] = size;
  out.wishes[row] = label;
}
