/** Which point is under the pointer: on the processor, so that no frame waits for the graphics card. */
import type { Screen } from './screen';

/**
 * The row of the point at (`x`, `y`) in CSS pixels, or -1. Among discs that hold the pointer the nearest to the camera wins,
 * as it is the one in front; where none does, the disc whose edge is nearest, up to `slop` pixels away.
 */
export function pickPoint(screen: Screen, x: number, y: number, slop: number): number {
  const { count, x: xs, y: ys, depth, radius } = screen;
  let front = -1;
  let frontDepth = Infinity;
  let near = -1;
  let nearGap = slop;
  for (let i = 0; i < count; i++) {
    const z = depth[i]!;
    if (z === 0) continue;
    const reach = radius[i]! + slop;
    const dx = xs[i]! - x;
    if (dx > reach || dx < -reach) continue;
    const dy = ys[i]! - y;
    const distance = Math.sqrt(dx * dx + dy * dy);
    if (distance <= radius[i]!) {
      if (z >= frontDepth) continue;
      front = i;
      frontDepth = z;
    } else if (distance - radius[i]! < nearGap) {
      near = i;
      nearGap = distance - radius[i]!;
    }
  }
  return front >= 0 ? front : near;
}
