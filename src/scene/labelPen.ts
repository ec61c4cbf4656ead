/** Writes labels on a 2D canvas: text over an outline of the background. */
import { cssColour } from './colour';
import type { SceneTheme } from './theme';

/** The CSS font of labels. */
export function labelFont(theme: SceneTheme, prominent: boolean): string {
  return `${prominent ? '700 15px' : '500 12px'} ${theme.font}`;
}

/**
 * It tells the canvas only what has changed since the last label: setting all of it for each took a third of the time. A faint
 * label is a clear one that lets the outline, which lies under all of it, show through, so that there are as many colours as
 * groups.
 */
export class LabelPen {
  readonly #fonts: { readonly ordinary: string; readonly prominent: string };
  readonly #outline: string;
  #prominent = false;
  #rightToLeft = false;
  #colour = '';

  constructor(
    private readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    theme: SceneTheme,
  ) {
    this.#fonts = { ordinary: labelFont(theme, false), prominent: labelFont(theme, true) };
    this.#outline = cssColour(theme.background);
  }

  /** Begins a frame: nothing is known of what the canvas was told before. */
  begin(): void {
    const { context } = this;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.strokeStyle = this.#outline;
    context.font = this.#fonts.ordinary;
    context.lineWidth = 3;
    context.direction = 'ltr';
    this.#prominent = this.#rightToLeft = false;
    this.#colour = '';
  }

  /**
   * @param colour of the text, in CSS
   * @param opacity of the label, 0 to 1
   * @param faintness how much of the outline the text lets through, 0 to 1
   */
  write(
    text: string,
    left: number,
    middle: number,
    prominent: boolean,
    rightToLeft: boolean,
    colour: string,
    opacity: number,
    faintness: number,
  ): void {
    this.set(prominent, rightToLeft, colour);
    this.context.globalAlpha = opacity;
    this.outline(text, left, middle);
    if (faintness > 0) this.context.globalAlpha = opacity * (1 - faintness);
    this.letters(text, left, middle);
  }

  /** What `outline` and `letters` write: `colour`, in CSS, is that of the letters. */
  set(prominent: boolean, rightToLeft: boolean, colour: string): void {
    const { context } = this;
    if (prominent !== this.#prominent) {
      this.#prominent = prominent;
      context.font = prominent ? this.#fonts.prominent : this.#fonts.ordinary;
      context.lineWidth = prominent ? 4 : 3;
    }
    if (rightToLeft !== this.#rightToLeft) {
      this.#rightToLeft = rightToLeft;
      context.direction = rightToLeft ? 'rtl' : 'ltr';
    }
    if (colour !== this.#colour) context.fillStyle = this.#colour = colour;
  }

  outline(text: string, left: number, middle: number): void {
    this.context.strokeText(text, left, middle);
  }

  letters(text: string, left: number, middle: number): void {
    this.context.fillText(text, left, middle);
  }
}
