/** Walking from text to text by keys: which one is the next in a direction on the screen. */
import type { Rect, Screen } from './screen';

/** Right and down as steps along the screen's axes, one of them 0. */
export const directions = {
  left: { right: -1, down: 0 },
  right: { right: 1, down: 0 },
  up: { right: 0, down: -1 },
  down: { right: 0, down: 1 },
} as const;

export type Direction = keyof typeof directions;

/** How much more a pixel across the way costs than one along it: the next text is rather straight ahead than beside. */
const costAcross = 2;

/**
 * The row of the nearest text from (`x`, `y`), in CSS pixels, in a direction, or -1 where none is that way. A text is that way
 * when it lies in the quarter of the plane around the direction, so that every text is that way of one of the four; one on
 * a diagonal is of two. Each step gets further along its direction, so that walking on comes to an end.
 * @param free the part of the view in which texts can be walked to
 */
export function stepTowards(screen: Screen, x: number, y: number, direction: Direction, free: Rect): number {
  const { count, x: xs, y: ys, depth } = screen;
  const { right, down } = directions[direction];
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const [px, py] = [xs[i]!, ys[i]!];
    if (depth[i] === 0 || !isInside(free, px, py)) continue;
    const along = (px - x) * right + (py - y) * down;
    const across = Math.abs((px - x) * down) + Math.abs((py - y) * right);
    if (along <= 0 || across > along) continue;
    const cost = along * along + costAcross * costAcross * across * across;
    // Of two texts in one place the one in front is what is seen there.
    if (cost < least || (cost === least && depth[i]! < depth[best]!)) [best, least] = [i, cost];
  }
  return best;
}

/** The row of the text nearest to the middle of the free part, where a walk begins that has no text to begin at; or -1. */
export function nearestToMiddle({ count, x, y, depth }: Screen, free: Rect): number {
  const middle = { x: (free.left + free.right) / 2, y: (free.top + free.bottom) / 2 };
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    if (depth[i] === 0 || !isInside(free, x[i]!, y[i]!)) continue;
    const distance = Math.hypot(x[i]! - middle.x, y[i]! - middle.y);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

export function isInside({ left, top, right, bottom }: Rect, x: number, y: number): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}
