/** Where points of a map stand in space. */
import type { Positions } from '../types';

/** A copy of the positions as rows x 3, whatever the map's dimensions: a flat one stands at z = 0. */
export function toSpace({ data, rows, dim }: Positions): Float32Array<ArrayBuffer> {
  if (dim === 3) return data.slice();
  const out = new Float32Array(rows * 3);
  for (let row = 0; row < rows; row++) out.set(data.subarray(row * dim, row * dim + dim), row * 3);
  return out;
}
