/** Labels, drawn on a 2D canvas over the points with the system's fonts, in any script. */
import type { Rgb } from './colour';
import { cssColour } from './colour';
import type { Appearance } from './emphasis';
import { wish } from './emphasis';
import { LabelColours } from './labelColours';
import { LabelPen, labelFont } from './labelPen';
import { LabelChooser, mostLabels } from './labels';
import { isRightToLeft, LabelTexts } from './labelText';
import { traceLeaders } from './leaders';
import { RegionLabels } from './regionLabels';
import type { Rect, Screen } from './screen';
import type { SceneTheme } from './theme';

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

/** Milliseconds in which a new label appears. */
const fadeTime = 180;
/** How far ordinary labels fade beside a selected one, 0 to 1: its neighbours stand out, and distance is still seen. */
const besideSelected = 0.85;

export class LabelLayer {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #chooser = new LabelChooser();
  /** Names of parts of the map, under the labels, which keep clear of them. */
  readonly regions = new RegionLabels((text) => this.#measure(text, true));
  /** Contexts that are only measured with, one a size: setting a font anew for each text costs as much as measuring it. */
  readonly #gauges: { readonly ordinary: CanvasRenderingContext2D; readonly prominent: CanvasRenderingContext2D };
  #pen: LabelPen;
  #texts: LabelTexts;
  #colours: Uint8Array = new Uint8Array(0);
  /** When each row's label appeared, in milliseconds; 0 while it has none. */
  #since = new Float64Array(0);
  #frame = new Uint32Array(0);
  #frames = 0;
  #theme: SceneTheme;
  #labelColours: LabelColours;
  /** Colour of clear labels, in CSS. */
  #clear = '';

  constructor(document: Document, theme: SceneTheme) {
    this.#context = createContext(document);
    this.canvas = this.#context.canvas;
    this.#gauges = { ordinary: createContext(document), prominent: createContext(document) };
    this.#theme = theme;
    this.#labelColours = new LabelColours(theme);
    this.#pen = new LabelPen(this.#context, theme);
    this.#texts = new LabelTexts([], this.#measure, 0);
    this.setTheme(theme);
  }

  /**
   * @param space the view's width in CSS pixels
   * @param previous for each row the one that its text had before, or -1: labels that are shown go on as they are
   */
  setTexts(texts: readonly string[], space: number, previous: Int32Array): void {
    const { length } = texts;
    const [since, frame] = [new Float64Array(length), new Uint32Array(length)];
    previous.forEach((row, i) => {
      if (row < 0) return;
      since[i] = this.#since[row]!;
      frame[i] = this.#frame[row]!;
    });
    this.#texts = new LabelTexts(texts, this.#measure, space);
    this.#since = since;
    this.#frame = frame;
    this.#chooser.carry(previous);
  }

  get texts(): readonly string[] {
    return this.#texts.texts;
  }

  /** Own colours, rows x 3; changed in place. */
  setColours(colours: Uint8Array): void {
    this.#colours = colours;
  }

  setTheme(theme: SceneTheme): void {
    this.#theme = theme;
    this.#labelColours = new LabelColours(theme);
    this.#clear = cssColour(theme.text);
    this.#pen = new LabelPen(this.#context, theme);
    this.#gauges.ordinary.font = labelFont(theme, false);
    this.#gauges.prominent.font = labelFont(theme, true);
    this.#remeasure(this.#texts.space);
  }

  /** @param density device pixels in a CSS pixel */
  resize(width: number, height: number, density: number): void {
    this.canvas.width = Math.max(1, Math.round(width * density));
    this.canvas.height = Math.max(1, Math.round(height * density));
    if (width !== this.#texts.space) this.#remeasure(width);
  }

  clear(): void {
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.#chooser.forget();
  }

  /**
   * Chooses labels and draws them; says whether some are still appearing, so that another frame is due.
   * @param fade whether new labels appear gradually
   */
  draw(screen: Screen, look: Appearance, view: LabelView, now: number, fade: boolean): boolean {
    this.choose(screen, look, view);
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(this.canvas.width / view.width, 0, 0, this.canvas.width / view.width, 0, 0);
    return this.#drawChosen(context, this.#pen, screen, look, view, now, fade);
  }

  /** Chooses labels without drawing them, for a picture that has some though the page shows none. */
  choose(screen: Screen, look: Appearance, { free, covers, density }: LabelView): void {
    const { regions } = this;
    regions.place(screen, free, covers);
    const taken = regions.placed.length > 0 ? [...covers, ...regions.placed] : covers;
    this.#chooser.choose(screen, look.wishes, this.#widthOf, free, mostLabels(free, density), taken);
  }

  /** Draws the labels that were last chosen once more, on another canvas whose pixels are `scale` to a CSS pixel. */
  drawOn(context: CanvasRenderingContext2D, scale: number, screen: Screen, look: Appearance, view: LabelView): void {
    context.setTransform(scale, 0, 0, scale, 0, 0);
    this.#drawChosen(context, new LabelPen(context, this.#theme), screen, look, view, 0, false);
  }

  /** The labels that were last chosen, the most wanted last. */
  list(screen: Screen, look: Appearance, view: LabelView): readonly PlacedLabel[] {
    const { count, rows, left, top, height } = this.#chooser;
    const selecting = hasSelection(this.#chooser, look.wishes);
    const names = this.regions.placed.map(({ row, text, left: from, top: above, bottom }): PlacedLabel => {
      const colour = this.#colour(row, wish.ordinary, faintness(view, screen.depth[row]!, selecting));
      const middle = (above + bottom) / 2;
      return { text, left: from, middle, prominent: true, rightToLeft: isRightToLeft(text), colour };
    });
    const labels = Array.from({ length: count }, (_, i): PlacedLabel => {
      const row = rows[i]!;
      const wanted = look.wishes[row]!;
      const prominent = wanted === wish.selected;
      const text = this.#texts.text(row, prominent);
      const rightToLeft = this.#texts.isRightToLeft(row);
      const colour = this.#colour(row, wanted, faintness(view, screen.depth[row]!, selecting));
      return { text, left: left[i]!, middle: top[i]! + height[i]! / 2, prominent, rightToLeft, colour };
    });
    return [...names, ...labels.reverse()];
  }

  /** Leader lines of the labels that were last chosen: x and y of the start and of the end of each, in CSS pixels. */
  leaders(screen: Screen): readonly number[] {
    const ends: number[] = [];
    const add = (x: number, y: number) => void ends.push(x, y);
    traceLeaders({ moveTo: add, lineTo: add }, this.#chooser, screen);
    return ends;
  }

  /** The row whose label is at a point, or -1. */
  pick(x: number, y: number): number {
    const { count, rows, left, top, width, height } = this.#chooser;
    for (let i = 0; i < count; i++)
      if (x >= left[i]! && x <= left[i]! + width[i]! && y >= top[i]! && y <= top[i]! + height[i]!) return rows[i]!;
    return -1;
  }

  #drawChosen(
    context: CanvasRenderingContext2D,
    pen: LabelPen,
    screen: Screen,
    look: Appearance,
    view: LabelView,
    now: number,
    fade: boolean,
  ): boolean {
    const { count, rows, left, top, height } = this.#chooser;
    const selecting = hasSelection(this.#chooser, look.wishes);
    const colours = this.#colours;
    let appearing = false;
    this.#frames++;
    this.#drawLeaders(context, screen);
    pen.begin();
    for (const { row, text, left: from, top: above, bottom } of this.regions.placed) {
      const colour = this.#colour(row, wish.ordinary, faintness(view, screen.depth[row]!, selecting));
      pen.write(text, from, (above + bottom) / 2, true, isRightToLeft(text), cssColour(colour), 1, 0);
    }
    // From the last to the first: the most wanted are drawn on top.
    for (let i = count - 1; i >= 0; i--) {
      const row = rows[i]!;
      const wanted = look.wishes[row]!;
      const prominent = wanted === wish.selected;
      if (this.#frame[row] !== this.#frames - 1) this.#since[row] = now;
      this.#frame[row] = this.#frames;
      const age = fade ? Math.min((now - this.#since[row]! + 16) / fadeTime, 1) : 1;
      if (age < 1) appearing = true;
      const text = this.#texts.text(row, prominent);
      const rightToLeft = this.#texts.isRightToLeft(row);
      const middle = top[i]! + height[i]! / 2;
      if (isClear(wanted)) {
        pen.write(text, left[i]!, middle, prominent, rightToLeft, this.#clear, age, 0);
        continue;
      }
      const { css, room } = this.#labelColours.range(colours[row * 3]!, colours[row * 3 + 1]!, colours[row * 3 + 2]!);
      const faint = room * faintness(view, screen.depth[row]!, selecting);
      pen.write(text, left[i]!, middle, prominent, rightToLeft, css, age, faint);
    }
    context.globalAlpha = 1;
    return appearing;
  }

  /** Under the labels, with an outline of the background, as they have. */
  #drawLeaders(context: CanvasRenderingContext2D, screen: Screen): void {
    context.globalAlpha = 1;
    context.beginPath();
    if (traceLeaders(context, this.#chooser, screen) === 0) return;
    context.lineWidth = 3;
    context.strokeStyle = cssColour(this.#theme.background);
    context.stroke();
    context.lineWidth = 1;
    context.strokeStyle = cssColour(this.#theme.muted);
    context.stroke();
  }

  #colour(row: number, wanted: number, faint: number): Rgb {
    if (isClear(wanted)) return this.#theme.text;
    const colours = this.#colours;
    return this.#labelColours.of(colours[row * 3]!, colours[row * 3 + 1]!, colours[row * 3 + 2]!, faint);
  }

  /** The same texts in another font or width. */
  #remeasure(space: number): void {
    this.#texts = new LabelTexts(this.#texts.texts, this.#measure, space);
    this.regions.remeasure();
  }

  #measure = (text: string, prominent: boolean): number =>
    (prominent ? this.#gauges.prominent : this.#gauges.ordinary).measureText(text).width;

  #widthOf = (row: number, wanted: number): number => this.#texts.width(row, wanted === wish.selected);
}

function createContext(document: Document): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('this browser gives no 2D canvas');
  return context;
}

/** A label has its group's colour, faded; those of chosen and found texts and of neighbours have the text's, always clear. */
function isClear(wanted: number): boolean {
  return wanted >= wish.found;
}

/** How faint an ordinary label is, 0 to 1. */
function faintness({ fog, fogStrength }: LabelView, depth: number, selecting: boolean): number {
  const haze = smoothstep(fog[0], fog[1], depth) * fogStrength;
  return selecting ? besideSelected + (1 - besideSelected) * haze : haze;
}

function hasSelection({ count, rows }: LabelChooser, wishes: Uint8Array): boolean {
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
