/** Small drawings over the cloud, such as axes and the names of their ends, as shapes: on a canvas, and in an SVG file. */
import type { Rgb } from './colour';
import { cssColour, hexColour } from './colour';
import { round } from './svgNumbers';
import { escapeXml } from '../xml';

type Point = readonly [x: number, y: number];

/** Lengths in CSS pixels; opacities 0 to 1. */
export type Shape =
  | { readonly kind: 'line'; from: Point; to: Point; width: number; colour: Rgb; opacity: number }
  | { readonly kind: 'disc'; middle: Point; radius: number; colour: Rgb; opacity: number }
  /** With a rim of one pixel, inside of it. */
  | { readonly kind: 'box'; corner: Point; width: number; height: number; rounding: number; fill: Rgb; rim: Rgb }
  /** Bold, its middle at a point. */
  | { readonly kind: 'text'; text: string; middle: Point; size: number; colour: Rgb; opacity: number };

const weight = 600;
/** From the middle of a line of text down to its baseline, as a share of the font's size. */
const baseline = 0.3;

/** The font of a text of this size, as a canvas takes it. */
export function shapeFont(size: number, font: string): string {
  return `${weight} ${size}px ${font}`;
}

/** Draws the shapes one over another. */
export function drawShapes(context: CanvasRenderingContext2D, shapes: readonly Shape[], font: string): void {
  for (const shape of shapes) {
    context.beginPath();
    if (shape.kind === 'box') {
      const [left, top] = shape.corner;
      context.globalAlpha = 1;
      context.fillStyle = cssColour(shape.fill);
      context.strokeStyle = cssColour(shape.rim);
      context.lineWidth = 1;
      context.roundRect(left + 0.5, top + 0.5, shape.width - 1, shape.height - 1, shape.rounding);
      context.fill();
      context.stroke();
      continue;
    }
    context.globalAlpha = shape.opacity;
    context.fillStyle = context.strokeStyle = cssColour(shape.colour);
    if (shape.kind === 'line') {
      context.lineWidth = shape.width;
      context.moveTo(...shape.from);
      context.lineTo(...shape.to);
      context.stroke();
    } else if (shape.kind === 'disc') {
      context.arc(...shape.middle, shape.radius, 0, 2 * Math.PI);
      context.fill();
    } else {
      context.font = shapeFont(shape.size, font);
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(shape.text, ...shape.middle);
    }
  }
  context.globalAlpha = 1;
}

/** The shapes as elements of an SVG file, one over another. */
export function svgOfShapes(shapes: readonly Shape[], font: string): string[] {
  return shapes.map((shape) => {
    if (shape.kind === 'box') {
      const [left, top] = shape.corner;
      const place = `x="${round(left + 0.5)}" y="${round(top + 0.5)}" rx="${shape.rounding}"`;
      const size = `width="${round(shape.width - 1)}" height="${round(shape.height - 1)}"`;
      return `<rect ${place} ${size} fill="${hexColour(shape.fill)}" stroke="${hexColour(shape.rim)}"/>`;
    }
    const colour = hexColour(shape.colour);
    const opacity = round(shape.opacity);
    if (shape.kind === 'line') {
      const [[x1, y1], [x2, y2]] = [shape.from.map(round), shape.to.map(round)];
      const stroke = `stroke="${colour}" stroke-width="${shape.width}" stroke-opacity="${opacity}"`;
      return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${stroke}/>`;
    }
    const [x, y] = shape.middle;
    const fill = `fill="${colour}" fill-opacity="${opacity}"`;
    if (shape.kind === 'disc') return `<circle cx="${round(x)}" cy="${round(y)}" r="${shape.radius}" ${fill}/>`;
    const place = `x="${round(x)}" y="${round(y + shape.size * baseline)}" text-anchor="middle"`;
    const style = `font-family="${escapeXml(font)}" font-size="${shape.size}" font-weight="${weight}"`;
    return `<text ${place} ${style} ${fill}>${escapeXml(shape.text)}</text>`;
  });
}
