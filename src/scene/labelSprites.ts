/**
 * Drawings of ordinary labels that are kept while labels move: outline and letters side by side, so that copying both gives what
 * writing both would. They are made a page at a time: a canvas that is drawn on later is copied whole before its next use.
 */
import { LabelPen } from './labelPen';
import type { SceneTheme } from './theme';

/** CSS pixels of a page: about a dozen labels. */
const page = { width: 512, height: 72 };
/** Pixels of all pages, of 4 bytes each: some 1,900 labels, or 480 at two pixels to a CSS pixel. */
const mostPixels = 6_000_000;
/** CSS pixels that an outline reaches beyond its letters, rounded up. */
const reach = 2;

interface Page {
  readonly bitmap: ImageBitmap;
  /** Rows of its labels. */
  readonly rows: readonly number[];
  /** The last frame in which one of them was copied. */
  used: number;
}

/** Where a label is on a page, in its pixels: its outline, with the letters at the right of it. */
interface Place {
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** From the upper left corner to the label's left edge and middle. */
  readonly toLeft: number;
  readonly toMiddle: number;
}

interface Sprite extends Place {
  readonly page: Page;
}

export class LabelSprites {
  readonly #context: OffscreenCanvasRenderingContext2D;
  #pen: LabelPen;
  /** By row. */
  readonly #sprites = new Map<number, Sprite>();
  #pages: Page[] = [];
  /** What is drawn on the page that is being made, by row, and where its last line goes on. */
  #open = new Map<number, Place>();
  #x = 0;
  #y = 0;
  #lineHeight = 0;
  #full = false;
  #scale = 0;
  #frame = 0;

  constructor(theme: SceneTheme) {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (!context) throw new Error('this browser gives no 2D canvas');
    this.#context = context;
    this.#pen = new LabelPen(context, theme);
  }

  setTheme(theme: SceneTheme): void {
    this.#pen = new LabelPen(this.#context, theme);
    this.clear();
  }

  /** The rows have other texts. */
  clear(): void {
    for (const { bitmap } of this.#pages) bitmap.close();
    this.#pages = [];
    this.#sprites.clear();
    // Given its size again, a canvas is empty.
    this.#context.canvas.width = Math.ceil(page.width * this.#scale);
    this.#context.canvas.height = Math.ceil(page.height * this.#scale);
    this.#beginPage();
  }

  /** @param scale device pixels in a CSS pixel */
  begin(scale: number): void {
    this.#frame++;
    if (scale === this.#scale) return;
    this.#scale = scale;
    this.clear();
  }

  /**
   * Copies a row's label to `x` (its left edge) and `y` (its middle), whole device pixels as the context counts them. Says whether
   * there is a drawing of it in this colour. Opacity and faintness are as in `LabelPen.write`.
   */
  copy(
    context: CanvasRenderingContext2D,
    row: number,
    colour: string,
    x: number,
    y: number,
    opacity: number,
    faintness: number,
  ): boolean {
    const sprite = this.#sprites.get(row);
    if (sprite?.colour !== colour) return false;
    const { width, height } = sprite;
    const { bitmap } = sprite.page;
    sprite.page.used = this.#frame;
    const left = x - sprite.toLeft;
    const top = y - sprite.toMiddle;
    context.globalAlpha = opacity;
    context.drawImage(bitmap, sprite.x, sprite.y, width, height, left, top, width, height);
    if (faintness > 0) context.globalAlpha = opacity * (1 - faintness);
    context.drawImage(bitmap, sprite.x + width, sprite.y, width, height, left, top, width, height);
    return true;
  }

  /** Draws a label that had no drawing, if the page has room for it; it can be copied once the page is full. */
  add(row: number, text: string, rightToLeft: boolean, colour: string): void {
    if (this.#full || this.#open.get(row)?.colour === colour) return;
    const pen = this.#pen;
    const context = this.#context;
    const { canvas } = context;
    const scale = this.#scale;
    if (this.#open.size === 0) pen.begin();
    pen.set(false, rightToLeft, colour);
    const box = context.measureText(text);
    const toLeft = Math.ceil((box.actualBoundingBoxLeft + reach) * scale);
    const toMiddle = Math.ceil((box.actualBoundingBoxAscent + reach) * scale);
    const width = toLeft + Math.ceil((box.actualBoundingBoxRight + reach) * scale);
    const height = toMiddle + Math.ceil((box.actualBoundingBoxDescent + reach) * scale);
    // Letters upon letters may be higher than a page: such a label is written each time.
    if (width * 2 > canvas.width || height > canvas.height) return;
    if (this.#x + width * 2 > canvas.width) {
      this.#x = 0;
      this.#y += this.#lineHeight;
      this.#lineHeight = 0;
    }
    if (this.#y + height > canvas.height) {
      this.#full = true;
      return;
    }
    const [x, y] = [this.#x, this.#y];
    context.setTransform(scale, 0, 0, scale, x + toLeft, y + toMiddle);
    pen.outline(text, 0, 0);
    context.setTransform(scale, 0, 0, scale, x + width + toLeft, y + toMiddle);
    pen.letters(text, 0, 0);
    this.#open.set(row, { colour, x, y, width, height, toLeft, toMiddle });
    this.#x += width * 2;
    this.#lineHeight = Math.max(this.#lineHeight, height);
  }

  /** Ends a frame: at most one page is made in each. */
  end(): void {
    if (!this.#full || !this.#makeRoom()) return;
    const bitmap = this.#context.canvas.transferToImageBitmap();
    const made: Page = { bitmap, rows: [...this.#open.keys()], used: this.#frame };
    this.#pages.push(made);
    for (const [row, place] of this.#open) this.#sprites.set(row, { ...place, page: made });
    this.#beginPage();
  }

  #beginPage(): void {
    this.#open = new Map();
    this.#x = this.#y = this.#lineHeight = 0;
    this.#full = false;
  }

  /** Where there is no room for another page, lets the one go that was used longest ago; says whether there is room now. */
  #makeRoom(): boolean {
    const { width, height } = this.#context.canvas;
    if ((this.#pages.length + 1) * width * height <= mostPixels) return true;
    const oldest = this.#pages.reduce((old, other) => (other.used < old.used ? other : old));
    // What is in sight fills all of it: other labels are written.
    if (oldest.used === this.#frame) return false;
    oldest.bitmap.close();
    this.#pages = this.#pages.filter((other) => other !== oldest);
    for (const row of oldest.rows) if (this.#sprites.get(row)?.page === oldest) this.#sprites.delete(row);
    return true;
  }
}
