/** Products of matrices of float32 or float64. */

/** Rows of a tile, whose eight sums stay in registers. */
const tileRows: i32 = 4;
/** Bytes of a tile's columns, two registers: 8 of float32, 4 of float64. */
const tileBytes: usize = 32;

/**
 * Writes A B, rows x columns of T, or of a symmetric product only the tiles that touch the upper half. A's number of row i and
 * place k stands at `a` + i `aRow` + k `aNext` (bytes), so that a matrix is taken as it is or turned.
 * @param rows a multiple of 4
 * @param b inner x columns of T; `columns` fill whole tiles
 * @param upper whether the lower half is left out
 * @param panel room for inner x 32 bytes: columns that are used by all rows, side by side
 */
export function multiplyMatrices<T>(
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
  const line = <usize>columns * sizeof<T>();
  const tileColumns = <i32>(tileBytes / sizeof<T>());
  const end = panel + <usize>inner * tileBytes;
  for (let column = 0; column < columns; column += tileColumns) {
    const ofColumn = <usize>column * sizeof<T>();
    let from = b + ofColumn;
    for (let to = panel; to < end; to += tileBytes, from += line) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    const last = upper ? min(rows, column + tileColumns) : rows;
    for (let row = 0; row < last; row += tileRows)
      multiplyTile<T>(a + <usize>row * aRow, aRow, aNext, panel, end, out + <usize>row * line + ofColumn, line);
  }
}

function multiplyTile<T>(a: usize, aRow: usize, aNext: usize, panel: usize, end: usize, out: usize, line: usize): void {
  let s00 = f32x4.splat(0);
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
  for (; panel < end; panel += tileBytes) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let x = v128.load_splat<T>(a);
    s00 = v128.add<T>(s00, v128.mul<T>(x, b0));
    s01 = v128.add<T>(s01, v128.mul<T>(x, b1));
    x = v128.load_splat<T>(a1);
    s10 = v128.add<T>(s10, v128.mul<T>(x, b0));
    s11 = v128.add<T>(s11, v128.mul<T>(x, b1));
    x = v128.load_splat<T>(a2);
    s20 = v128.add<T>(s20, v128.mul<T>(x, b0));
    s21 = v128.add<T>(s21, v128.mul<T>(x, b1));
    x = v128.load_splat<T>(a3);
    s30 = v128.add<T>(s30, v128.mul<T>(x, b0));
    s31 = v128.add<T>(s31, v128.mul<T>(x, b1));
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
