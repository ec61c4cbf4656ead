/** What the drawings of 'Why close' share: numbers with their sign, widths of tokens, the colours of parts. */
import type { MarkedToken } from '../../../inspections';
import { type Rgb, mixColours } from '../../../scene/colour';
import type { SceneTheme } from '../../../scene/theme';
import { shorten } from '../../../shorten';
import { pixelPicture } from './heat';

/** CSS pixels. */
const fontSize = 12;
/** A token longer than this is cut in a drawing, in characters. */
const longest = 14;

/** Four decimals, or six of a part as small as those of long texts; and a sign unless it is 0. */
export function signed(value: number): string {
  const size = Math.abs(value);
  const digits = size.toFixed(size > 0 && size < 0.001 ? 6 : 4);
  if (Number(digits) === 0) return digits;
  return value < 0 ? `−${digits}` : `+${digits}`;
}

/** As a drawing names it. */
export function shortToken({ text }: MarkedToken): string {
  return shorten(text, longest);
}

/** Widths of `texts` in the page's font, CSS pixels. */
export function widthsOf(texts: readonly string[], theme: SceneTheme, size = fontSize): number[] {
  const pen = document.createElement('canvas').getContext('2d');
  if (pen) pen.font = `${size}px ${theme.font}`;
  return texts.map((text) => pen?.measureText(text).width ?? text.length * size * 0.6);
}

/** What takes away, through the background, to what gives: `share` is -1 to 1. */
export function partColour(share: number, { background, accent, warn }: SceneTheme): Rgb {
  return mixColours(background, share < 0 ? warn : accent, Math.min(Math.abs(share), 1));
}

/** The greatest part by its size, above 0. */
export function greatest(parts: Float32Array): number {
  return parts.reduce((most, part) => Math.max(most, Math.abs(part)), Number.MIN_VALUE);
}

/**
 * A picture of `parts` (rows x columns, row-major), one pixel each, as a data URL: 512 x 512 of them would be too many marks for a
 * drawing. Undefined where there are none, or the browser gives no canvas.
 */
export function partsPicture(parts: Float32Array, columns: number, theme: SceneTheme): string | undefined {
  if (parts.length === 0) return undefined;
  const most = greatest(parts);
  return pixelPicture(columns, parts.length / columns, parts, (part) => [...partColour(part / most, theme), 255]);
}
