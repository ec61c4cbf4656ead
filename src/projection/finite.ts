import { InputError } from '../errors';
import type { Matrix } from '../types';
import { areFinite } from '../vectors';

/** Throws an `InputError` that names the first row (counted from 1) with a NaN or an infinity, and its dimension. */
export function checkFinite({ data, rows, dim }: Matrix): void {
  if (areFinite(data)) return;
  const p = data.findIndex((value) => !Number.isFinite(value));
  throw new InputError('projectionVectorNotFinite', {
    row: Math.floor(p / dim) + 1,
    rows,
    value: data[p]!,
    column: (p % dim) + 1,
  });
}
