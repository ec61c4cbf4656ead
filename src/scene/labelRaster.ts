/** One label as pixels, drawn once on a 2D canvas with the system's fonts, in any script. */
import type { Rgb } from './colour';
import { cssColour } from './colour';
import { labelFont, outlineWidth, type LabelInk } from './labelPen';
import type { SceneTheme } from './theme';

/**
 * A label's coverage, 0 to 255, in planes of width x height bytes under each other: of the outline, then of the text; where letters
 * have colours of their own, as emoji do, then red, green and blue. Sizes are in device pixels.
 */
export interface LabelMask {
  readonly planes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** From the label's left edge, and from its middle, to the upper left corner. */
  readonly left: number;
  readonly top: number;
  readonly coloured: boolean;
}

/** Colours further off than this, of 255, where letters cover more than half of a pixel, are the letters' own. */
const own = { difference: 12, coverage: 128 };

export class LabelRaster {
  readonly #context: CanvasRenderingContext2D;
  #theme: SceneTheme;

  constructor(document: Document, theme: SceneTheme) {
    // Read back after each label: on a graphics card that would wait for it.
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser gives no 2D canvas');
    this.#context = context;
    this.#theme = theme;
  }

  setTheme(theme: SceneTheme): void {
    this.#theme = theme;
  }

  /**
   * Systems draw dark letters a little bolder than light ones, so the text's usual colour is what they are drawn in; `ink` counts for
   * letters beside some that have their own.
   * @param density device pixels in a CSS pixel
   * @param widest device pixels at most: what is further right is cut off
   */
  draw(
    text: string,
    prominent: boolean,
    rightToLeft: boolean,
    ink: LabelInk,
    density: number,
    widest: number,
  ): LabelMask {
    const usual = this.#draw(text, prominent, rightToLeft, this.#theme.text, density, widest);
    return usual.coloured ? this.#draw(text, prominent, rightToLeft, ink.clear, density, widest) : usual;
  }

  #draw(text: string, prominent: boolean, rightToLeft: boolean, ink: Rgb, density: number, widest: number): LabelMask {
    const context = this.#context;
    const { canvas } = context;
    const prepare = () => {
      context.font = labelFont(this.#theme, prominent);
      context.textAlign = 'left';
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      context.direction = rightToLeft ? 'rtl' : 'ltr';
      context.lineWidth = outlineWidth(prominent);
      context.strokeStyle = context.fillStyle = cssColour(ink);
    };
    prepare();
    const ends = context.measureText(text);
    // Letters are softened by a pixel around their outline.
    const reach = outlineWidth(prominent) / 2 + 1;
    const left = Math.floor((-ends.actualBoundingBoxLeft - reach) * density);
    const top = Math.floor((-ends.actualBoundingBoxAscent - reach) * density);
    const width = Math.min(Math.ceil((ends.actualBoundingBoxRight + reach) * density) - left, widest);
    const height = Math.ceil((ends.actualBoundingBoxDescent + reach) * density) - top;
    if (canvas.width < width || canvas.height < height * 2) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height * 2);
      prepare();
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height * 2);
    context.setTransform(density, 0, 0, density, -left, -top);
    context.strokeText(text, 0, 0);
    // By itself, under the outline.
    context.setTransform(density, 0, 0, density, -left, height - top);
    context.fillText(text, 0, 0);
    const { data } = context.getImageData(0, 0, width, height * 2);
    return { width, height, left, top, ...planesOf(data, width * height, ink) };
  }
}

/** @param data red, green, blue and opacity of `size` pixels of the outline and as many of the text */
function planesOf(
  data: Uint8ClampedArray,
  size: number,
  ink: Rgb,
): { readonly planes: Uint8Array; readonly coloured: boolean } {
  let coloured = false;
  for (let i = size * 4; i < data.length && !coloured; i += 4)
    if (data[i + 3]! > own.coverage)
      for (let c = 0; c < 3; c++) coloured ||= Math.abs(data[i + c]! - ink[c]!) > own.difference;
  const planes = new Uint8Array(size * (coloured ? 5 : 2));
  for (let i = 0; i < size * 2; i++) planes[i] = data[i * 4 + 3]!;
  if (coloured)
    for (let c = 0; c < 3; c++) for (let i = 0; i < size; i++) planes[(2 + c) * size + i] = data[(size + i) * 4 + c]!;
  return { planes, coloured };
}
