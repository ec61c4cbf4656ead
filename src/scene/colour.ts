/** sRGB colours as three bytes each: reading, mixing, and the contrast of WCAG 2. */

import { linearLight } from '../linearLight';

/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rgb`, `#rrggbb` or `rgb(r, g, b)`. Throws a RangeError for anything else. */
export function parseColour(text: string): Rgb {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text.trim());
  if (short)
    return [
      parseInt(short[1]! + short[1]!, 16),
      parseInt(short[2]! + short[2]!, 16),
      parseInt(short[3]! + short[3]!, 16),
    ];
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text.trim());
  if (long) return [parseInt(long[1]!, 16), parseInt(long[2]!, 16), parseInt(long[3]!, 16)];
  const bytes = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/i.exec(text.trim());
  if (bytes) return [Number(bytes[1]), Number(bytes[2]), Number(bytes[3])];
  throw new RangeError(`“${text}” is not a colour such as #7cc4ff`);
}

/** `rgb(r, g, b)` or, with an opacity, `rgba(r, g, b, a)`, as a 2D canvas takes it. */
export function cssColour([r, g, b]: Rgb, opacity = 1): string {
  return opacity < 1 ? `rgba(${r}, ${g}, ${b}, ${opacity.toFixed(3)})` : `rgb(${r}, ${g}, ${b})`;
}

/** `#rrggbb`. */
export function hexColour(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour a share `t` (0 to 1) of the way from `a` to `b`, mixed in sRGB. */
export function mixColours(a: Rgb, b: Rgb, t: number): Rgb {
  const channel = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * t);
  return [channel(0), channel(1), channel(2)];
}

/** Relative luminance as WCAG 2 defines it, 0 (black) to 1 (white). */
export function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linearLight(r) + 0.7152 * linearLight(g) + 0.0722 * linearLight(b);
}

/** Contrast ratio as WCAG 2 defines it, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
