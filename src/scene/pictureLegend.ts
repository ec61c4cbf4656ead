/** The legend of a picture: names with dots of their colours, in its lower right corner. */
import type { Rgb } from './colour';
import { fitText } from './labelText';

export interface LegendLine {
  readonly name: string;
  readonly colour: Rgb;
}

/** A line in its place, in CSS pixels: its dot's centre and radius, and where its name begins, both on the line's middle. */
export interface PlacedLine extends LegendLine {
  readonly dot: number;
  readonly radius: number;
  readonly left: number;
  readonly middle: number;
}

/** CSS pixels. */
const sizes = { line: 20, dot: 4, gap: 8, margin: 16, widest: 180 };

/**
 * Puts the lines into a picture of this size: names cut to a width, and no more lines than fit.
 * @param width of a name in CSS pixels, at the size of labels
 */
export function placeLegend(
  lines: readonly LegendLine[],
  picture: { readonly width: number; readonly height: number },
  width: (name: string) => number,
): readonly PlacedLine[] {
  const room = Math.max(Math.floor((picture.height - 2 * sizes.margin) / sizes.line), 0);
  const limit = Math.min(sizes.widest, picture.width / 2);
  const fitting = lines.slice(0, room).map((line) => ({ ...line, name: fitText(line.name, limit, width) }));
  const widest = Math.max(0, ...fitting.map(({ name }) => width(name)));
  const left = picture.width - sizes.margin - widest;
  const top = picture.height - sizes.margin - fitting.length * sizes.line;
  return fitting.map((line, i) => ({
    ...line,
    left,
    dot: left - sizes.gap - sizes.dot,
    radius: sizes.dot,
    middle: top + (i + 0.5) * sizes.line,
  }));
}
