import { InputError } from '../errors';
import type { Matrix } from '../types';

/** Throws an `InputError` that names the first row (counted from 1) with a NaN or an infinity, and its dimension. */
export function checkFinite({ data, rows, dim }: Matrix): void {
  for (let p = 0; p < data.length; p++) {
    const value = data[p]!;
    // A difference with itself is 0 for finite numbers alone, and cheaper than a call.
    if (value - value === 0) continue;
    const row = Math.floor(p / dim) + 1;
    throw new InputError('projectionVectorNotFinite', { row, rows, value, column: (p % dim) + 1 });
  }
}
