/** Labels, drawn on a 2D canvas over the points with the system's fonts, in any script. */
import type { Rgb } from './colour';
import { cssColour } from './colour';
import type { Appearance } from './emphasis';
import { wish } from './emphasis';
import { LabelColours } from './labelColours';
import type { LabelView, PlacedLabel } from './labelLook';
import { faintness, hasSelection, isClear } from './labelLook';
import { LabelPen, labelFont } from './labelPen';
import { LabelChooser, mostLabels } from './labels';
import { LabelSprites } from './labelSprites';
import { isRightToLeft, LabelTexts } from './labelText';
import { traceLeaders } from './leaders';
import { RegionLabels } from './regionLabels';
import type { Rect, Screen } from './screen';
import type { SceneTheme } from './theme';

/** Milliseconds in which a new label appears. */
const fadeTime = 180;
export class LabelLayer {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #chooser = new LabelChooser();
  /** Names of parts of the map, under the labels, which keep clear of them. */
  readonly regions = new RegionLabels((text) => this.#measure(text, true));
  /** Contexts that are only measured with, one a size: setting a font anew for each text costs as much as measuring it. */
  readonly #gauges: { readonly ordinary: CanvasRenderingContext2D; readonly prominent: CanvasRenderingContext2D };
  #pen: LabelPen;
  readonly #sprites: LabelSprites;
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
    this.#sprites = new LabelSprites(theme);
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
    this.#sprites.clear();
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
    this.#sprites.setTheme(theme);
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
   * Draws the labels that were last chosen; says whether some are still appearing, so that another frame is due.
   * @param fade whether new labels appear gradually
   * @param moves whether they are on their way, so that copies of kept drawings are near enough
   */
  draw(screen: Screen, look: Appearance, view: LabelView, now: number, fade: boolean, moves: boolean): boolean {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const scale = this.canvas.width / view.width;
    const sprites = moves ? this.#sprites : undefined;
    return this.#drawChosen(context, scale, this.#pen, screen, look, view, now, fade, sprites);
  }

  choose(screen: Screen, look: Appearance, view: LabelView): void {
    const taken = this.#placeRegions(screen, view);
    const most = mostLabels(view.free, view.density);
    this.#chooser.choose(screen, look.wishes, this.#widthOf, view.free, most, taken);
  }

  /** Moves the labels that were last chosen with their points, as `LabelChooser.follow`. */
  follow(screen: Screen, look: Appearance, view: LabelView): void {
    this.#chooser.follow(screen, look.wishes, this.#widthOf, view.free, this.#placeRegions(screen, view));
  }

  /** Names all rows that `follow` looks at. */
  eachFollowed(name: (rows: Int32Array, count: number) => void): void {
    const { rows, count, kept, keptCount } = this.#chooser;
    name(rows, count);
    name(kept, keptCount);
    name(this.regions.rows, this.regions.rows.length);
  }

  /** Whether the last choice is another than the one before. */
  get changed(): boolean {
    return this.#chooser.changed;
  }

  /** Draws the labels that were last chosen once more, on another canvas whose pixels are `scale` to a CSS pixel. */
  drawOn(context: CanvasRenderingContext2D, scale: number, screen: Screen, look: Appearance, view: LabelView): void {
    this.#drawChosen(context, scale, new LabelPen(context, this.#theme), screen, look, view, 0, false);
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

  /** Gives what covers the free part, the names of regions included. */
  #placeRegions(screen: Screen, { free, covers }: LabelView): readonly Rect[] {
    const { regions } = this;
    regions.place(screen, free, covers);
    return regions.placed.length > 0 ? [...covers, ...regions.placed] : covers;
  }

  /** @param sprites where labels are copied from, as far as they are there */
  #drawChosen(
    context: CanvasRenderingContext2D,
    scale: number,
    pen: LabelPen,
    screen: Screen,
    look: Appearance,
    view: LabelView,
    now: number,
    fade: boolean,
    sprites?: LabelSprites,
  ): boolean {
    context.setTransform(scale, 0, 0, scale, 0, 0);
    sprites?.begin(scale);
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
    if (sprites) context.setTransform(1, 0, 0, 1, 0, 0);
    // From the last to the first: the most wanted are drawn on top.
    for (let i = count - 1; i >= 0; i--) {
      const row = rows[i]!;
      const wanted = look.wishes[row]!;
      const prominent = wanted === wish.selected;
      if (this.#frame[row] !== this.#frames - 1) this.#since[row] = now;
      this.#frame[row] = this.#frames;
      const age = fade ? Math.min((now - this.#since[row]! + 16) / fadeTime, 1) : 1;
      if (age < 1) appearing = true;
      let css = this.#clear;
      let faint = 0;
      if (!isClear(wanted)) {
        const range = this.#labelColours.range(colours[row * 3]!, colours[row * 3 + 1]!, colours[row * 3 + 2]!);
        css = range.css;
        faint = range.room * faintness(view, screen.depth[row]!, selecting);
      }
      // On whole device pixels: letters are sharp, and the same whether they are written or copied.
      const x = Math.round(left[i]! * scale);
      const y = Math.round((top[i]! + height[i]! / 2) * scale);
      if (!prominent && sprites?.copy(context, row, css, x, y, age, faint)) continue;
      const text = this.#texts.text(row, prominent);
      const rightToLeft = this.#texts.isRightToLeft(row);
      if (sprites) context.setTransform(scale, 0, 0, scale, 0, 0);
      pen.write(text, x / scale, y / scale, prominent, rightToLeft, css, age, faint);
      if (!sprites) continue;
      context.setTransform(1, 0, 0, 1, 0, 0);
      if (!prominent) sprites.add(row, text, rightToLeft, css);
    }
    sprites?.end();
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
