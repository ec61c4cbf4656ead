/** Products of matrices in float64. Compiled by scripts/vite/kernels.ts, typed by ../doubleProducts.ts. */

/** Rows and columns of a tile: its eight sums stay in registers. */
const side: i32 = 4;

/**
 * Writes A B, rows x columns of float64, or of a symmetric product only the tiles that touch the upper half. A's number of row i and
 * place k stands at `a` + i `aRow` + k `aNext` (bytes), so that a matrix is taken as it is or turned.
 * @param rows a multiple of 4
 * @param b inner x columns of float64; `columns` a multiple of 4
 * @param upper whether the lower half is left out
 * @param panel room for inner x 4 of float64: columns that are used by all rows, side by side
 */
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
  const line = (<usize>columns) << 3;
  for (let column = 0; column < columns; column += side) {
    let from = b + ((<usize>column) << 3);
    for (let to = panel, end = panel + ((<usize>inner) << 5); to < end; to += 32, from += line) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    const last = upper ? min(rows, column + side) : rows;
    for (let row = 0; row < last; row += side)
      multiplyTile(
        a + <usize>row * aRow,
        aRow,
        aNext,
        panel,
        inner,
        out + <usize>row * line + ((<usize>column) << 3),
        line,
      );
  }
}

function multiplyTile(a: usize, aRow: usize, aNext: usize, panel: usize, inner: i32, out: usize, line: usize): void {
  let s00 = f64x2.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (const end = panel + ((<usize>inner) << 5); panel < end; panel += 32) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let x = v128.load64_splat(a);
    s00 = f64x2.add(s00, f64x2.mul(x, b0));
    s01 = f64x2.add(s01, f64x2.mul(x, b1));
    x = v128.load64_splat(a1);
    s10 = f64x2.add(s10, f64x2.mul(x, b0));
    s11 = f64x2.add(s11, f64x2.mul(x, b1));
    x = v128.load64_splat(a2);
    s20 = f64x2.add(s20, f64x2.mul(x, b0));
    s21 = f64x2.add(s21, f64x2.mul(x, b1));
    x = v128.load64_splat(a3);
    s30 = f64x2.add(s30, f64x2.mul(x, b0));
    s31 = f64x2.add(s31, f64x2.mul(x, b1));
    a += aNext;
    a1 += aNext;
    a2 += aNext;
    a3 += aNext;
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  out += line;
  v128.store(out, s10);
  v128.store(out, s11, 16);
  out += line;
  v128.store(out, s20);
  v128.store(out, s21, 16);
  out += line;
  v128.store(out, s30);
  v128.store(out, s31, 16);
}
