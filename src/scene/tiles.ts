/** A picture in pieces that the graphics card can draw, and their pixels as a 2D canvas takes them. */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn at once, in pixels of the whole picture, and the part of it that is kept. */
export interface Tile extends Rectangle {
  readonly inner: Rectangle;
}

/** Pixels on a side of what is kept of a piece: its bytes, 16 MB, are read back, and many such fit anywhere. */
const usual = 2048;

/**
 * Pieces whose inner parts cover a picture of these sizes, in pixels, once; each is drawn with `around` more on every side, but
 * not beyond the picture, because a point is drawn only where its middle is inside.
 * @param largest pixels on a side that can be drawn at once; more than twice `around`
 */
export function tilesOf(width: number, height: number, around: number, largest: number): readonly Tile[] {
  const step = Math.min(usual, largest - 2 * around);
  const columns = spansOf(width, around, step);
  return spansOf(height, around, step).flatMap((row) =>
    columns.map((column) => ({
      x: column.from,
      y: row.from,
      width: column.to - column.from,
      height: row.to - row.from,
      inner: {
        x: column.start,
        y: row.start,
        width: column.end - column.start,
        height: row.end - row.start,
      },
    })),
  );
}

/** Along one side: what is kept from `start` to `end`, drawn from `from` to `to`. */
function spansOf(length: number, around: number, step: number) {
  return Array.from({ length: Math.ceil(length / step) }, (_, i) => {
    const start = i * step;
    const end = Math.min(start + step, length);
    return { start, end, from: Math.max(start - around, 0), to: Math.min(end + around, length) };
  });
}

/**
 * Pixels as WebGL gives them (the bottom row first, colours multiplied by their opacity) as a 2D canvas takes them (the top row
 * first, colours as they are). RGBA, `width` pixels a row.
 */
export function straighten(pixels: Uint8Array, width: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(pixels.length);
  const stride = width * 4;
  for (let from = pixels.length - stride, to = 0; from >= 0; from -= stride, to += stride) {
    out.set(pixels.subarray(from, from + stride), to);
  }
  for (let i = 3; i < out.length; i += 4) {
    const alpha = out[i]!;
    if (alpha === 255 || alpha === 0) continue;
    for (let j = i - 3; j < i; j++) out[j] = (out[j]! * 255) / alpha;
  }
  return out;
}
