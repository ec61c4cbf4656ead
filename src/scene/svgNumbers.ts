/** Numbers as an SVG file has them. */

/** A hundredth of a pixel is less than anybody sees, and shorter to write. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
