/** Numbers as pictures of one pixel each, where a drawing would have too many marks. */
import type { Rgb } from '../../../scene/colour';

/** A colour and its opacity, 0 to 255. */
type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** `values` (row by row) in the colours of `colourOf`, as an address for an image; undefined where the browser gives no canvas. */
export function pixelPicture(
  width: number,
  height: number,
  values: Float32Array,
  colourOf: (value: number) => Rgba,
): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const picture = context.createImageData(width, height);
  values.forEach((value, cell) => picture.data.set(colourOf(value), cell * 4));
  context.putImageData(picture, 0, 0);
  return canvas.toDataURL();
}

/**
 * Weights in `colour`, the more opaque the greater a cell's share (0 to 1). Opacity grows with the square root, because most weights are
 * small. Cells below 0 are left out.
 */
export function heatPicture(
  width: number,
  height: number,
  shares: Float32Array,
  [red, green, blue]: Rgb,
): string | undefined {
  return pixelPicture(width, height, shares, (share) => {
    return [red, green, blue, 255 * Math.sqrt(Math.min(Math.max(share, 0), 1))];
  });
}
