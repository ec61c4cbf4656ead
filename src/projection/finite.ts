import { InputError } from '../errors';
import type { Matrix } from '../types';

/** Bits of infinity in float32; NaN has larger ones. */
const infinity = 0x7f80_0000;

/** Throws an `InputError` that names the first row (counted from 1) with a NaN or an infinity, and its dimension. */
export function checkFinite({ data, rows, dim }: Matrix): void {
  // Whole numbers are compared faster than others, and without their sign they stand in the order of the numbers' sizes.
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  let largest = 0;
  for (let p = 0; p < bits.length; p++) largest = Math.max(largest, bits[p]! & 0x7fff_ffff);
  if (largest < infinity) return;
  const p = data.findIndex((value) => !Number.isFinite(value));
  throw new InputError('projectionVectorNotFinite', {
    row: Math.floor(p / dim) + 1,
    rows,
    value: data[p]!,
    column: (p % dim) + 1,
  });
}
