/** From the space's order of rows to the caller's, and back. */
import type { Positions } from '../types';

/** Row `i` of the result is row `rows[i]` of `positions`. */
export function gather({ data, dim }: Positions, rows: readonly number[]): Positions {
  const out = new Float32Array(rows.length * dim);
  rows.forEach((row, i) => {
    for (let d = 0; d < dim; d++) out[i * dim + d] = data[row * dim + d]!;
  });
  return { data: out, rows: rows.length, dim };
}

/** Row `rows[i]` of the result (of `count` rows, NaN elsewhere) is row `i` of `positions`. */
export function scatter({ data, dim }: Positions, rows: readonly number[], count: number): Positions {
  const out = new Float32Array(count * dim).fill(NaN);
  rows.forEach((row, i) => {
    if (row >= 0) for (let d = 0; d < dim; d++) out[row * dim + d] = data[i * dim + d]!;
  });
  return { data: out, rows: count, dim };
}

/** `into`, with value `i` at place `rows[i]`; what no row names stays as it is. */
export function scatterInto<Values extends Int32Array | Uint8Array>(
  into: Values,
  values: Values,
  rows: readonly number[],
): Values {
  rows.forEach((row, i) => {
    if (row >= 0) into[row] = values[i]!;
  });
  return into;
}
