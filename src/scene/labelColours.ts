/** Colours of ordinary labels: their groups', as faint as distance and a selection ask, and as legible as WCAG asks. */
import type { Rgb } from './colour';
import { contrast, cssColour, mixColours } from './colour';
import type { SceneTheme } from './theme';

/** WCAG 2, level AA, for text of this size. */
const leastContrast = 4.5;
/** A group's colour is drawn at least this far towards the text's. */
const towardsText = 0.35;
const step = 0.01;

/** What colours a group's labels may have. */
export interface LabelRange {
  readonly clear: Rgb;
  /** The same, in CSS. */
  readonly css: string;
  /** How much of the background the clear colour may take on, 0 to 1. */
  readonly room: number;
}

export class LabelColours {
  readonly #theme: SceneTheme;
  /** By colour as one number: there are few, and each is asked for at every frame. */
  readonly #ranges = new Map<number, LabelRange>();

  constructor(theme: SceneTheme) {
    this.#theme = theme;
  }

  /**
   * The colour of an ordinary label.
   * @param faintness 0 for the clearest, 1 for the faintest that can still be read
   */
  of(red: number, green: number, blue: number, faintness: number): Rgb {
    const { clear, room } = this.range(red, green, blue);
    return mixColours(clear, this.#theme.background, room * faintness);
  }

  /** From the clearest to the faintest colour of the labels of a group that has this one. */
  range(red: number, green: number, blue: number): LabelRange {
    const key = (red << 16) | (green << 8) | blue;
    let range = this.#ranges.get(key);
    if (!range) this.#ranges.set(key, (range = this.#rangeOf([red, green, blue])));
    return range;
  }

  #rangeOf(own: Rgb): LabelRange {
    const { background, text } = this.#theme;
    const isLegible = (colour: Rgb) => contrast(colour, background) >= leastContrast;
    let share = towardsText;
    while (share < 1 && !isLegible(mixColours(own, text, share))) share += step;
    const clear = mixColours(own, text, Math.min(share, 1));
    let room = 0;
    while (room < 1 && isLegible(mixColours(clear, background, room + step))) room += step;
    return { clear, css: cssColour(clear), room };
  }
}
