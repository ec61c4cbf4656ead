/** World positions to CSS pixels on the processor: what labels and picking work on. */

/** A part of the view, in CSS pixels. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where every point stands on the screen, row by row. Capacity may exceed `count`. */
export interface Screen {
  count: number;
  /** CSS pixels from the left. */
  x: Float32Array;
  /** CSS pixels from the top. */
  y: Float32Array;
  /** Distance along the camera's axis in world units; 0 for a point that is hidden or behind the camera. */
  depth: Float32Array;
  /** Radius of the disc in CSS pixels. */
  radius: Float32Array;
  /** Depths of the nearest and the farthest point that is not hidden; Infinity and 0 where all are. */
  near: number;
  far: number;
}

/** How large discs are drawn: the same numbers as in the point shader. */
export interface DiscSize {
  /** CSS pixels of radius for size 1 at the depth 1. */
  readonly perspective: number;
  readonly minimum: number;
  readonly maximum: number;
}

export function createScreen(capacity: number): Screen {
  return {
    count: 0,
    x: new Float32Array(capacity),
    y: new Float32Array(capacity),
    depth: new Float32Array(capacity),
    radius: new Float32Array(capacity),
    near: Infinity,
    far: 0,
  };
}

/**
 * Projects `count` points (`positions`: rows x 3, row-major) into `out`.
 * @param matrix projection x view, 16 numbers, column-major as in WebGL
 * @param sizes each point's size (1 is normal, 0 is hidden)
 * @param rows the `count` rows that are projected alone: all others, and the nearest and farthest depth, stay as they were
 */
export function projectPoints(
  positions: Float32Array,
  count: number,
  matrix: ArrayLike<number>,
  width: number,
  height: number,
  sizes: Float32Array,
  disc: DiscSize,
  out: Screen,
  rows?: Int32Array,
): void {
  const [m0, m1, m3] = [matrix[0]!, matrix[1]!, matrix[3]!];
  const [m4, m5, m7] = [matrix[4]!, matrix[5]!, matrix[7]!];
  const [m8, m9, m11] = [matrix[8]!, matrix[9]!, matrix[11]!];
  const [m12, m13, m15] = [matrix[12]!, matrix[13]!, matrix[15]!];
  const { x, y, depth, radius } = out;
  const { perspective, minimum, maximum } = disc;
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  let near = Infinity;
  let far = 0;
  for (let k = 0; k < count; k++) {
    const i = rows === undefined ? k : rows[k]!;
    const p = i * 3;
    const px = positions[p]!;
    const py = positions[p + 1]!;
    const pz = positions[p + 2]!;
    const size = sizes[i]!;
    const w = m3 * px + m7 * py + m11 * pz + m15;
    if (w <= nearPlane || size === 0) {
      depth[i] = 0;
      continue;
    }
    if (w < near) near = w;
    if (w > far) far = w;
    // One division for three: they are what most of the time goes into.
    const share = 1 / w;
    x[i] = halfWidth + halfWidth * (m0 * px + m4 * py + m8 * pz + m12) * share;
    y[i] = halfHeight - halfHeight * (m1 * px + m5 * py + m9 * pz + m13) * share;
    depth[i] = w;
    const reach = perspective * share * size;
    radius[i] = reach < minimum ? minimum : reach > maximum ? maximum : reach;
  }
  if (rows !== undefined) return;
  out.count = count;
  out.near = near;
  out.far = far;
}

/** What is nearer to the camera than this, in world units, is not drawn. */
export const nearPlane = 0.02;
