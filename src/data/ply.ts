/** The cloud as a PLY file (Turk, 1994), the Stanford format of point clouds. */
import { InputError } from '../errors';
import type { Dataset } from '../types';
import type { Pieces } from './pieces';
import { toSpace } from './places';

/**
 * Writes binary little-endian PLY 1.0, 12 or 15 bytes a point: `x`, `y`, `z` (float32, layout units, a flat map at z = 0)
 * and, where colours are known, `red`, `green`, `blue` (sRGB bytes). The format has numbers only: texts, ids, groups and columns are
 * left out, and rows are in the collection's order. Throws without positions.
 */
export function writePly({ items, positions, colours }: Dataset): Pieces {
  if (!positions) throw new InputError('cloudNeedsPositions');
  const properties = ['float x', 'float y', 'float z', ...(colours ? ['uchar red', 'uchar green', 'uchar blue'] : [])];
  const header = new TextEncoder().encode(
    [
      'ply',
      'format binary_little_endian 1.0',
      'comment Constela',
      `element vertex ${items.length}`,
      ...properties.map((property) => `property ${property}`),
      'end_header\n',
    ].join('\n'),
  );
  const stride = colours ? 15 : 12;
  const out = new Uint8Array(items.length * stride);
  const view = new DataView(out.buffer);
  const places = toSpace(positions);
  for (let row = 0, at = 0; row < items.length; row++, at += stride) {
    for (let axis = 0; axis < 3; axis++) view.setFloat32(at + axis * 4, places[row * 3 + axis]!, true);
    if (colours) out.set(colours.subarray(row * 3, row * 3 + 3), at + 12);
  }
  return [header, out];
}
