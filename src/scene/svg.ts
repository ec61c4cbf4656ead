/**
 * What is seen as an SVG file: ground, trails, links, the path of a flight, points, labels with their leader lines and legend as shapes and texts that a
 * drawing program can change. Points are flat: in place of the shine in their middle they have its mean. Contours are pixels and left out, and the
 * points are not faded by them.
 */
import { escapeXml } from '../xml';
import type { Rgb } from './colour';
import { hexColour, mixColours } from './colour';
import type { Appearance } from './emphasis';
import { smoothstep, type PlacedLabel } from './labelLook';
import { lineWidth, type LinkLines, type SeenLines } from './lines';
import { linkOpacity, tornDash } from './links';
import type { PlacedLine } from './pictureLegend';
import { glow, mark, shapeMarks } from './points';
import type { Screen } from './screen';
import type { Shape } from './shapes';
import { svgOfShapes } from './shapes';
import type { SceneTheme } from './theme';
import { round } from './svgNumbers';

export interface SvgPicture {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly theme: SceneTheme;
  readonly background: boolean;
  readonly screen: Screen;
  readonly look: Appearance;
  /** Depths between which the background begins to show through, and how much of it does, 0 to 1. */
  readonly fog: readonly [number, number];
  readonly fogStrength: number;
  /** Under all else. */
  readonly ground: readonly SeenLines[];
  readonly lines: LinkLines;
  /** Dashed. */
  readonly torn: LinkLines;
  /** The way of a text through several maps. */
  readonly path: SeenLines;
  /** The most wanted last. */
  readonly labels: readonly PlacedLabel[];
  /** Lines to displaced labels: x and y of the start and of the end of each. */
  readonly leaders: readonly number[];
  readonly legend: readonly PlacedLine[];
  /** Under the points, and over all but the legend. */
  readonly under: readonly Shape[];
  readonly over: readonly Shape[];
}

const white: Rgb = [255, 255, 255];
/** The mean, over a disc, of a shine that falls off from 1 in the middle to 0 at the edge. */
const meanShine = 1 / 3;
/** About the bytes of labels, legend and links, and of a point: 200 points had 16 kB, 100,000 (made in 0.5 s) 5.2 MB. */
export const svgBytes = { rest: 5000, point: 52, line: 95 };
/** From the middle of a line of text down to its baseline, as a share of the font's size. */
const baseline = 0.3;

/** The text of the file, in UTF-8 once it is encoded. Points are in order of depth, so that near ones cover far ones. */
export function writeSvg(picture: SvgPicture): string {
  const { width, height, theme, background, under, over } = picture;
  const size = `width="${round(width)}" height="${round(height)}"`;
  const parts = [`<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${round(width)} ${round(height)}">`];
  if (background) parts.push(`<rect ${size} fill="${hexColour(theme.background)}"/>`);
  // Lines that continue one another, see-through: round ends would be seen twice.
  for (const { screen, lines } of picture.ground) writeLines({ ...picture, screen }, lines, 'butt', parts, 1);
  writeLines(picture, picture.lines, 'round', parts);
  writeLines(picture, picture.torn, 'butt', parts, linkOpacity, ` stroke-dasharray="${tornDash}"`);
  parts.push(...svgOfShapes(under, theme.font));
  const { path } = picture;
  writeLines({ ...picture, screen: path.screen }, path.lines, 'round', parts, 1);
  writePoints(picture, parts);
  writeLeaders(picture, parts);
  writeTexts(picture, parts);
  parts.push(...svgOfShapes(over, theme.font));
  writeLegend(picture, parts);
  parts.push('</svg>\n');
  return parts.join('\n');
}

function hazeOf({ fog, fogStrength, screen }: SvgPicture, row: number): number {
  return smoothstep(fog[0], fog[1], screen.depth[row]!) * fogStrength;
}

/** A line that reaches behind the camera is left out. `share` of their opacity is seen half-way along. */
function writeLines(
  picture: SvgPicture,
  lines: LinkLines,
  ends: 'butt' | 'round',
  parts: string[],
  share: number = linkOpacity,
  dashes = '',
): void {
  const { screen, theme } = picture;
  if (lines.rows.length === 0) return;
  parts.push(`<g stroke-width="${lineWidth}" stroke-linecap="${ends}"${dashes}>`);
  for (let i = 0; i < lines.rows.length / 2; i++) {
    const [a, b] = [lines.rows[i * 2]!, lines.rows[i * 2 + 1]!];
    if (screen.depth[a] === 0 || screen.depth[b] === 0) continue;
    const [red, green, blue, opacity] = lines.colours.subarray(i * 4, i * 4 + 4);
    const haze = (hazeOf(picture, a) + hazeOf(picture, b)) / 2;
    const colour = hexColour(mixColours([red!, green!, blue!], theme.background, haze));
    const [x1, y1, x2, y2] = [screen.x[a]!, screen.y[a]!, screen.x[b]!, screen.y[b]!].map(round);
    const shown = round((opacity! / 255) * share);
    parts.push(`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-opacity="${shown}"/>`);
  }
  parts.push('</g>');
}

function writePoints(picture: SvgPicture, parts: string[]): void {
  const { screen, theme, width, height } = picture;
  const { x, y, depth, radius, count } = screen;
  const rows = new Int32Array(count);
  let seen = 0;
  for (let row = 0; row < count; row++) {
    const reach = radius[row]! + 6;
    if (depth[row] === 0 || x[row]! < -reach || y[row]! < -reach) continue;
    if (x[row]! <= width + reach && y[row]! <= height + reach) rows[seen++] = row;
  }
  const order = rows.subarray(0, seen).sort((a, b) => depth[b]! - depth[a]! || a - b);
  // Points of one depth have rims of one width: it is written once for a run of them.
  let rim = -1;
  for (const row of order) {
    const own = Math.round(Math.min(1.2, 0.35 * radius[row]! + 0.3) * 10) / 10;
    if (own !== rim) {
      if (rim >= 0) parts.push('</g>');
      parts.push(`<g stroke="${hexColour(theme.background)}" stroke-width="${own}">`);
      rim = own;
    }
    parts.push(pointOf(picture, row, rim));
  }
  if (rim >= 0) parts.push('</g>');
}

/** A point as its shader draws it (`points.ts`): its disc or square, its rim, and its ring. */
function pointOf(picture: SvgPicture, row: number, rim: number): string {
  const { screen, look, theme } = picture;
  const haze = hazeOf(picture, row);
  const own: Rgb = [look.colours[row * 4]!, look.colours[row * 4 + 1]!, look.colours[row * 4 + 2]!];
  const shine = (theme.dark ? glow.dark : glow.light) * meanShine * (1 - haze);
  const body = hexColour(mixColours(mixColours(own, theme.background, haze), white, shine));
  const code = look.colours[row * 4 + 3]!;
  const square = (code & mark.square) !== 0;
  const [x, y, radius] = [screen.x[row]!, screen.y[row]!, screen.radius[row]!];
  const shape = (reach: number, rest: string) =>
    square
      ? `<rect x="${round(x - reach)}" y="${round(y - reach)}" width="${round(2 * reach)}" height="${round(2 * reach)}" ${rest}/>`
      : `<circle cx="${round(x)}" cy="${round(y)}" r="${round(reach)}" ${rest}/>`;
  const disc = shape(radius + rim / 2, `fill="${body}"`);
  if ((code & shapeMarks) === 0) return disc;
  const behind = hexColour(theme.background);
  const parts: string[] = [];
  const intruder = (code & 3) === 0 && (code & mark.intruder) !== 0;
  const ring = square || intruder ? Math.max(code & 3, mark.hovered) : code & 3;
  const thick = ring === mark.selected || intruder ? 2 : 1.2;
  const inner = radius + 1.6;
  if (ring > 0) parts.push(shape(inner + thick + 1, `fill="${behind}" stroke="none"`));
  if ((code & mark.hollow) === 0) parts.push(disc);
  else {
    parts.push(shape(radius + rim / 2, `fill="${behind}"`));
    // From 0.55 of the radius to all of it.
    parts.push(shape(radius * 0.775, `fill="none" stroke="${body}" stroke-width="${round(radius * 0.45)}"`));
  }
  const tone = hexColour(ring === mark.selected ? theme.accent : intruder ? theme.warn : theme.text);
  const dashes = intruder ? ' pathLength="8" stroke-dasharray="0.55 0.45"' : '';
  if (ring > 0) parts.push(shape(inner + thick / 2, `fill="none" stroke="${tone}" stroke-width="${thick}"${dashes}`));
  return parts.join('');
}

/** Over the points, with an outline of the background, as on the screen. */
function writeLeaders({ leaders, theme }: SvgPicture, parts: string[]): void {
  if (leaders.length === 0) return;
  for (const [colour, width] of [
    [theme.background, 3],
    [theme.muted, 1],
  ] as const) {
    parts.push(`<g stroke="${hexColour(colour)}" stroke-width="${width}">`);
    for (let i = 0; i < leaders.length; i += 4) {
      const [x1, y1, x2, y2] = leaders.slice(i, i + 4).map(round);
      parts.push(`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`);
    }
    parts.push('</g>');
  }
}

function writeTexts({ labels, theme }: SvgPicture, parts: string[]): void {
  if (labels.length === 0) return;
  parts.push(openTexts(theme));
  for (const { text, left, middle, prominent, rightToLeft, colour } of labels) {
    const size = prominent ? 15 : 12;
    const place = `x="${round(left)}" y="${round(middle + size * baseline)}"`;
    const style = prominent ? ' font-size="15" font-weight="700" stroke-width="4"' : '';
    // The end of what is written from right to left is its left edge.
    const direction = rightToLeft ? ' direction="rtl" text-anchor="end"' : '';
    parts.push(`<text ${place} fill="${hexColour(colour)}"${style}${direction}>${escapeXml(text)}</text>`);
  }
  parts.push('</g>');
}

function writeLegend({ legend, theme }: SvgPicture, parts: string[]): void {
  if (legend.length === 0) return;
  parts.push(openTexts(theme));
  for (const { name, colour, dot, radius, left, middle } of legend) {
    parts.push(`<circle cx="${round(dot)}" cy="${round(middle)}" r="${radius}" fill="${hexColour(colour)}"/>`);
    const place = `x="${round(left)}" y="${round(middle + 12 * baseline)}"`;
    parts.push(`<text ${place} fill="${hexColour(theme.text)}">${escapeXml(name)}</text>`);
  }
  parts.push('</g>');
}

/** Texts are outlined by the background. */
function openTexts({ font, background }: SceneTheme): string {
  const outline = `stroke="${hexColour(background)}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`;
  return `<g font-family="${escapeXml(font)}" font-size="12" font-weight="500" ${outline}>`;
}
