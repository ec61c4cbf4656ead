/** Products of matrices in float64. Compiled by scripts/vite/kernels.ts, typed by ../doubleProducts.ts. */
import { multiplyMatrices } from './matrices';

/** Writes A B, as `multiplyMatrices` has it; `columns` a multiple of 4. */
export function multiply(
  a: usize,
  aRow: usize,
  aNext: usize,
  rows: i32,
  b: usize,
  inner: i32,
  columns: i32,
  upper: bool,
  out: usize,
  panel: usize,
): void {
  multiplyMatrices<f64>(a, aRow, aNext, rows, b, inner, columns, upper, out, panel);
}
