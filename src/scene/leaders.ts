/** Leader lines: they join labels that do not stand beside their discs with them. */
import type { LabelChooser } from './labels';
import type { Screen } from './screen';

/** A label that is further than this from its disc's edge, in CSS pixels, has a line to it. */
const longest = 14;
/** Pixels left free at the disc and at the label. */
const gap = { disc: 2, label: 2 };

/** Adds the lines of the chosen labels to the context's path, in CSS pixels; gives their number. */
export function traceLeaders(
  context: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>,
  { count, rows, left, top, width, height }: LabelChooser,
  { x, y, radius }: Screen,
): number {
  let lines = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const px = x[row]!;
    const py = y[row]!;
    const toX = Math.min(Math.max(px, left[i]! - gap.label), left[i]! + width[i]! + gap.label);
    const toY = Math.min(Math.max(py, top[i]! + 2), top[i]! + height[i]! - 2);
    const length = Math.sqrt((toX - px) ** 2 + (toY - py) ** 2);
    const start = radius[row]! + gap.disc;
    if (length - radius[row]! <= longest) continue;
    context.moveTo(px + ((toX - px) * start) / length, py + ((toY - py) * start) / length);
    context.lineTo(toX, toY);
    lines++;
  }
  return lines;
}
