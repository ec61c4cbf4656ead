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

/** Mark `rows[i]` of the result (of `count`, 0 elsewhere) is mark `i` of `marks`. */
export function scatterMarks(
  marks: Uint8Array<ArrayBuffer>,
  rows: readonly number[],
  count: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(count);
  rows.forEach((row, i) => {
    if (row >= 0) out[row] = marks[i]!;
  });
  return out;
}

/** As `scatter`, of labels; -1 elsewhere. */
export function scatterLabels(labels: Int32Array, rows: readonly number[], count: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(count).fill(-1);
  rows.forEach((row, i) => {
    if (row >= 0) out[row] = labels[i]!;
  });
  return out;
}
