/** How far back a perspective camera must stand so that points fill the free part of the view. */

export interface Fit {
  /** What to look at, in world units. */
  readonly target: [number, number, number];
  /** From the target to the camera, in world units. */
  readonly distance: number;
}

/**
 * The nearest camera, looking in a given direction, that has all points inside the view.
 * Along one axis a point at (x, z), z towards the camera, is inside when |x - c| <= (d - z) t, t the tangent of half the
 * angle. With a = max(z + x / t) and b = max(z - x / t), the least d is (a + b) / 2, at c = t (a - b) / 2.
 * @param positions rows x 3, row-major
 * @param sizes points of size 0 are hidden and left out
 * @param azimuth radians around the y axis; 0 looks along -z
 * @param polar radians from the y axis; pi / 2 is level
 * @param tangents of half the horizontal and half the vertical angle that may be filled
 * @param minimum least distance, for clouds of one point or in one place
 */
export function fitCamera(
  positions: Float32Array,
  count: number,
  sizes: Float32Array,
  azimuth: number,
  polar: number,
  tangents: readonly [number, number],
  minimum: number,
): Fit {
  const [sinA, cosA, sinP, cosP] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(polar), Math.cos(polar)];
  const right = [cosA, 0, -sinA] as const;
  const up = [-cosP * sinA, sinP, -cosP * cosA] as const;
  const back = [sinP * sinA, cosP, sinP * cosA] as const;
  const [tx, ty] = tangents;
  let [ax, bx, ay, by] = [-Infinity, -Infinity, -Infinity, -Infinity];
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0, p = 0; i < count; i++, p += 3) {
    if (sizes[i] === 0) continue;
    const px = positions[p]!;
    const py = positions[p + 1]!;
    const pz = positions[p + 2]!;
    const x = (px * right[0] + pz * right[2]) / tx;
    const y = (px * up[0] + py * up[1] + pz * up[2]) / ty;
    const z = px * back[0] + py * back[1] + pz * back[2];
    ax = Math.max(ax, z + x);
    bx = Math.max(bx, z - x);
    ay = Math.max(ay, z + y);
    by = Math.max(by, z - y);
    low = Math.min(low, z);
    high = Math.max(high, z);
  }
  if (high < low) return { target: [0, 0, 0], distance: minimum };
  const x = (tx * (ax - bx)) / 2;
  const y = (ty * (ay - by)) / 2;
  // The target is in the middle of the depth: what the camera then turns around is the middle of the cloud.
  const z = (low + high) / 2;
  return {
    target: [right[0] * x + up[0] * y + back[0] * z, up[1] * y + back[1] * z, right[2] * x + up[2] * y + back[2] * z],
    distance: Math.max((ax + bx) / 2 - z, (ay + by) / 2 - z, minimum),
  };
}
