/** Writes labels, each over an outline of the background; on a 2D canvas here, by the graphics card in labelCard.ts. */
import type { Rgb } from './colour';
import { cssColour } from './colour';
import type { LabelChooser } from './labels';
import { traceLeaders } from './leaders';
import type { Screen } from './screen';
import type { SceneTheme } from './theme';

/** The colour of a text. */
export interface LabelInk {
  readonly clear: Rgb;
  /** The same, in CSS. */
  readonly css: string;
}

/** A label to be written. Handed on as it is and changed in place: fractions as arguments are allocated. */
export interface WrittenLabel {
  text: string;
  /** CSS pixels. */
  left: number;
  middle: number;
  prominent: boolean;
  rightToLeft: boolean;
  ink: LabelInk;
  /** Of all of the label, 0 to 1. */
  opacity: number;
  /** How much of the outline the text lets through, 0 to 1. */
  faintness: number;
}

export function inkOf(clear: Rgb): LabelInk {
  return { clear, css: cssColour(clear) };
}

export function createLabel(ink: LabelInk): WrittenLabel {
  return { text: '', left: 0, middle: 0, prominent: false, rightToLeft: false, ink, opacity: 1, faintness: 0 };
}

/** What a frame's labels are written with: first `begin`, then the leader lines, then the labels. */
export interface LabelPen {
  begin(): void;
  leaders(chooser: LabelChooser, screen: Screen): void;
  /** False where the label has to wait for the next frame. */
  write(label: WrittenLabel): boolean;
}

/** A pen with a canvas of its own: `begin` clears it, and what was written is seen after `end`. */
export interface LabelSurface extends LabelPen {
  /** @param density device pixels in a CSS pixel */
  resize(density: number): void;
  setTheme(theme: SceneTheme): void;
  end(): void;
  dispose(): void;
}

/** Widths of outlines in CSS pixels: half of it shows around the letters, or beside the line. */
export function outlineWidth(prominent: boolean): number {
  return prominent ? 4 : 3;
}

/** The CSS font of labels. */
export function labelFont(theme: SceneTheme, prominent: boolean): string {
  return `${prominent ? '700 15px' : '500 12px'} ${theme.font}`;
}

/**
 * It tells the canvas only what has changed since the last label: setting all of it for each took a third of the time. A faint
 * label is a clear one that lets the outline, which lies under all of it, show through, so that there are as many colours as
 * groups.
 */
export class CanvasPen implements LabelPen {
  readonly #fonts: { readonly ordinary: string; readonly prominent: string };
  readonly #outline: string;
  readonly #line: string;
  #prominent = false;
  #rightToLeft = false;
  #colour = '';

  constructor(
    protected readonly context: CanvasRenderingContext2D,
    theme: SceneTheme,
  ) {
    this.#fonts = { ordinary: labelFont(theme, false), prominent: labelFont(theme, true) };
    this.#outline = cssColour(theme.background);
    this.#line = cssColour(theme.muted);
  }

  /** Begins a frame: nothing is known of what the canvas was told before. */
  begin(): void {
    const { context } = this;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.strokeStyle = this.#outline;
    context.font = this.#fonts.ordinary;
    context.lineWidth = outlineWidth(false);
    context.direction = 'ltr';
    context.globalAlpha = 1;
    this.#prominent = this.#rightToLeft = false;
    this.#colour = '';
  }

  leaders(chooser: LabelChooser, screen: Screen): void {
    const { context } = this;
    context.beginPath();
    if (traceLeaders(context, chooser, screen) === 0) return;
    context.stroke();
    context.lineWidth = 1;
    context.strokeStyle = this.#line;
    context.stroke();
    context.lineWidth = outlineWidth(false);
    context.strokeStyle = this.#outline;
  }

  write({ text, left, middle, prominent, rightToLeft, ink: { css }, opacity, faintness }: WrittenLabel): boolean {
    const { context } = this;
    if (prominent !== this.#prominent) {
      this.#prominent = prominent;
      context.font = prominent ? this.#fonts.prominent : this.#fonts.ordinary;
      context.lineWidth = outlineWidth(prominent);
    }
    if (rightToLeft !== this.#rightToLeft) {
      this.#rightToLeft = rightToLeft;
      context.direction = rightToLeft ? 'rtl' : 'ltr';
    }
    if (css !== this.#colour) context.fillStyle = this.#colour = css;
    context.globalAlpha = opacity;
    context.strokeText(text, left, middle);
    if (faintness > 0) context.globalAlpha = opacity * (1 - faintness);
    context.fillText(text, left, middle);
    return true;
  }
}

/** Where the graphics card has no context left for labels: a 2D canvas, as pictures have. */
export class CanvasSurface implements LabelSurface {
  #pen: CanvasPen;
  #density = 1;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    theme: SceneTheme,
  ) {
    this.#pen = new CanvasPen(context, theme);
  }

  resize(density: number): void {
    this.#density = density;
  }

  setTheme(theme: SceneTheme): void {
    this.#pen = new CanvasPen(this.context, theme);
  }

  begin(): void {
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(this.#density, 0, 0, this.#density, 0, 0);
    this.#pen.begin();
  }

  leaders(chooser: LabelChooser, screen: Screen): void {
    this.#pen.leaders(chooser, screen);
  }

  write(label: WrittenLabel): boolean {
    return this.#pen.write(label);
  }

  end(): void {
    this.context.globalAlpha = 1;
  }

  dispose(): void {
    this.context.canvas.remove();
  }
}
