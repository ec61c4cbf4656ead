/** Weights as a picture. */
import type { Rgb } from '../../../scene/colour';

/**
 * A picture of one pixel a cell, as an address for an image: `colour`, the more opaque the greater the cell's share (0 to 1, row by
 * row). Opacity grows with the square root, because most weights are small. Cells below 0 are left out.
 */
export function heatPicture(width: number, height: number, shares: Float32Array, [red, green, blue]: Rgb): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return '';
  const picture = context.createImageData(width, height);
  shares.forEach((share, cell) => {
    picture.data.set([red, green, blue, 255 * Math.sqrt(Math.min(Math.max(share, 0), 1))], cell * 4);
  });
  context.putImageData(picture, 0, 0);
  return canvas.toDataURL();
}
