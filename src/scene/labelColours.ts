/** Colours of ordinary labels: their groups', as faint as distance and a selection ask, and as legible as WCAG asks. */
import type { Rgb } from './colour';
import { contrast, mixColours } from './colour';
import type { SceneTheme } from './theme';

/** WCAG 2, level AA, for text of this size. */
const leastContrast = 4.5;
/** A group's colour is drawn at least this far towards the text's. */
const towardsText = 0.35;
const step = 0.01;

interface Range {
  readonly clear: Rgb;
  /** How much of the background the clear colour may take on, 0 to 1. */
  readonly room: number;
}

export class LabelColours {
  readonly #theme: SceneTheme;
  /** By colour as one number: there are few, and each is asked for at every frame. */
  readonly #ranges = new Map<number, Range>();

  constructor(theme: SceneTheme) {
    this.#theme = theme;
  }

  /**
   * The colour of an ordinary label.
   * @param own the colour of its group
   * @param faintness 0 for the clearest, 1 for the faintest that can still be read
   */
  of(own: Rgb, faintness: number): Rgb {
    const key = (own[0] << 16) | (own[1] << 8) | own[2];
    let range = this.#ranges.get(key);
    if (!range) this.#ranges.set(key, (range = this.#rangeOf(own)));
    return mixColours(range.clear, this.#theme.background, range.room * faintness);
  }

  #rangeOf(own: Rgb): Range {
    const { background, text } = this.#theme;
    const isLegible = (colour: Rgb) => contrast(colour, background) >= leastContrast;
    let share = towardsText;
    while (share < 1 && !isLegible(mixColours(own, text, share))) share += step;
    const clear = mixColours(own, text, Math.min(share, 1));
    let room = 0;
    while (room < 1 && isLegible(mixColours(clear, background, room + step))) room += step;
    return { clear, room };
  }
}
