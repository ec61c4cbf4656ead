/**
 * Layout units to world units: the one place that scales positions. In the world, the cloud's centre is the origin and the
 * root mean square distance from it is 1, so that point sizes, fog and camera need not know a layout's units.
 */
import { InputError } from '../errors';
import type { Positions } from '../types';

export interface Transform {
  readonly centre: readonly [number, number, number];
  /** World units in one layout unit; above 0. */
  readonly scale: number;
}

export const identity: Transform = { centre: [0, 0, 0], scale: 1 };

/** Throws `positionNotFinite` for the first row with NaN or an infinity; `texts` names it. */
export function checkPositions({ data, rows, dim }: Positions, texts: readonly string[]): void {
  if (data.length !== rows * dim) throw new RangeError(`${data.length} numbers are not ${rows} rows of ${dim}`);
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i])) continue;
    const row = Math.floor(i / dim);
    const position = Array.from(data.subarray(row * dim, row * dim + dim)).join(', ');
    throw new InputError('positionNotFinite', { row: row + 1, rows, text: (texts[row] ?? '').slice(0, 60), position });
  }
}

/** The transform that centres these positions. None, or all in one place, are centred and not scaled. */
export function fitTransform({ data, rows, dim }: Positions): Transform {
  if (rows === 0) return identity;
  const centre: [number, number, number] = [0, 0, 0];
  for (let i = 0, p = 0; i < rows; i++) for (let j = 0; j < dim; j++, p++) centre[j]! += data[p]! / rows;
  let sum = 0;
  for (let i = 0, p = 0; i < rows; i++) for (let j = 0; j < dim; j++, p++) sum += (data[p]! - centre[j]!) ** 2 / rows;
  const radius = Math.sqrt(sum);
  const scale = 1 / radius;
  return { centre, scale: radius > 0 && Number.isFinite(scale) ? scale : 1 };
}

/**
 * Writes the world positions (rows x 3, row-major) of `positions` into `out`. A 2D layout lies in the plane z = 0, and
 * with `flat` so does a 3D one.
 */
export function toWorld({ data, rows, dim }: Positions, transform: Transform, flat: boolean, out: Float32Array): void {
  const [cx, cy, cz] = transform.centre;
  const scale = transform.scale;
  for (let i = 0, p = 0, q = 0; i < rows; i++, p += dim, q += 3) {
    out[q] = (data[p]! - cx) * scale;
    out[q + 1] = (data[p + 1]! - cy) * scale;
    out[q + 2] = dim === 3 && !flat ? (data[p + 2]! - cz) * scale : 0;
  }
}

/** The layout position of a world position. */
export function toLayout(
  [x, y, z]: readonly [number, number, number],
  { centre, scale }: Transform,
): [number, number, number] {
  return [x / scale + centre[0], y / scale + centre[1], z / scale + centre[2]];
}
