/** What the graphics card draws of labels in one call: four vertices for each quad, filled anew with each frame. */
import type { Rgb } from './colour';
import { quadKind } from './labelShaders';
import type { LabelTile } from './labelAtlas';

/** Numbers in a vertex: place and texel, plane, two strengths; and its colour as four bytes. */
const perVertex = 8;
const colourAt = 7;
const perQuad = perVertex * 4;
/** More quads than so many have no indices of 16 bits. */
export const mostQuads = 2 ** 14;

/** How vertices lie in the array: numbers of an attribute, and bytes from the vertex to it. */
export const quadLayout = {
  stride: perVertex * 4,
  place: { size: 4, offset: 0 },
  look: { size: 3, offset: 16 },
  colour: { size: 4, offset: colourAt * 4 },
} as const;

export class LabelQuads {
  count = 0;
  #numbers = new Float32Array(0);
  #colours = new Uint32Array(0);
  #room = 0;

  /** The filled part of the array. */
  get vertices(): Float32Array {
    return this.#numbers.subarray(0, this.count * perQuad);
  }

  /** Quads that the array has room for. */
  get room(): number {
    return this.#room;
  }

  clear(): void {
    this.count = 0;
  }

  /**
   * A tile's quad, its corner on a pixel, so that letters are as sharp as they were drawn.
   * @param left,middle of the label, in device pixels
   */
  addTile(tile: LabelTile, left: number, middle: number, ink: Rgb, opacity: number, faintness: number): void {
    const { x, y, width, height } = tile;
    const colour = packed(ink, tile.coloured ? quadKind.coloured : quadKind.letters);
    const right = Math.round(left) + tile.left;
    const down = Math.round(middle) + tile.top;
    const at = this.#next();
    const numbers = this.#numbers;
    for (let corner = 0; corner < 4; corner++) {
      const i = at + corner * perVertex;
      const h = corner & 1 ? width : 0;
      const v = corner & 2 ? height : 0;
      numbers[i] = right + h;
      numbers[i + 1] = down + v;
      numbers[i + 2] = x + h;
      numbers[i + 3] = y + v;
      numbers[i + 4] = height;
      numbers[i + 5] = opacity;
      numbers[i + 6] = opacity * (1 - faintness);
      this.#colours[i + colourAt] = colour;
    }
  }

  /** A line from one place to another, in device pixels. */
  addLine(x: number, y: number, toX: number, toY: number, width: number, ink: Rgb): void {
    const length = Math.max(Math.hypot(toX - x, toY - y), 1e-6);
    // A pixel more than half of the width: its edges are soft.
    const reach = width / 2 + 1;
    const sideX = ((y - toY) / length) * reach;
    const sideY = ((toX - x) / length) * reach;
    const colour = packed(ink, quadKind.line);
    const at = this.#next();
    const numbers = this.#numbers;
    for (let corner = 0; corner < 4; corner++) {
      const i = at + corner * perVertex;
      const side = corner & 1 ? 1 : -1;
      numbers[i] = (corner & 2 ? toX : x) + side * sideX;
      numbers[i + 1] = (corner & 2 ? toY : y) + side * sideY;
      numbers[i + 2] = side * reach;
      numbers[i + 3] = 0;
      numbers[i + 4] = width / 2;
      numbers[i + 5] = numbers[i + 6] = 1;
      this.#colours[i + colourAt] = colour;
    }
  }

  /** Where the next quad begins. */
  #next(): number {
    const at = this.count * perQuad;
    if (this.count < mostQuads) this.count++;
    else return at - perQuad;
    if (this.count > this.#room) {
      this.#room = Math.min(Math.max(256, this.#room * 2), mostQuads);
      const numbers = new Float32Array(this.#room * perQuad);
      numbers.set(this.#numbers);
      this.#numbers = numbers;
      this.#colours = new Uint32Array(numbers.buffer);
    }
    return at;
  }
}

/** The bytes of a colour and of a kind, as the vertices hold them: red first, which every machine with a browser has lowest. */
function packed([r, g, b]: Rgb, kind: number): number {
  return (r | (g << 8) | (b << 16) | (kind << 24)) >>> 0;
}
