/** What training a linear map takes: products of matrices and steps of Adam, in float32. Compiled by scripts/vite/kernels.ts, typed by ../training.ts. */

/** Rows and columns of a tile: its eight sums stay in registers. */
const tileRows: i32 = 4;
const tileColumns: i32 = 8;

/**
 * Writes A B, rows x columns of float32. A's number of row i and place k stands at `a` + i `aRow` + k `aNext` (bytes), so that a matrix is
 * taken as it is or turned.
 * @param rows a multiple of 4
 * @param b inner x columns of float32; `columns` a multiple of 8
 * @param panel room for inner x 8 of float32: columns that are used by all rows, side by side
 */
export function multiply(
  a: usize,
  aRow: usize,
  aNext: usize,
  rows: i32,
  b: usize,
  inner: i32,
  columns: i32,
  out: usize,
  panel: usize,
): void {
  const line = (<usize>columns) << 2;
  for (let column = 0; column < columns; column += tileColumns) {
    let from = b + ((<usize>column) << 2);
    for (let to = panel, end = panel + ((<usize>inner) << 5); to < end; to += 32, from += line) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    for (let row = 0; row < rows; row += tileRows)
      multiplyTile(
        a + <usize>row * aRow,
        aRow,
        aNext,
        panel,
        inner,
        out + <usize>row * line + ((<usize>column) << 2),
        line,
      );
  }
}

function multiplyTile(a: usize, aRow: usize, aNext: usize, panel: usize, inner: i32, out: usize, line: usize): void {
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
  for (const end = panel + ((<usize>inner) << 5); panel < end; panel += 32) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let x = v128.load32_splat(a);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
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

/**
 * A step of Adam with decoupled decay, in place (../../tuning/adam.ts).
 * @param size numbers; a multiple of 4
 * @param rate,correction of this step: the learning rate over 1 - beta1^t, and 1 over 1 - beta2^t
 * @param decay the share of the way to `homes` that is gone
 */
export function stepAdam(
  size: i32,
  values: usize,
  slopes: usize,
  means: usize,
  squares: usize,
  homes: usize,
  rate: f32,
  correction: f32,
  decay: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const rates = f32x4.splat(rate);
  const corrections = f32x4.splat(correction);
  const decays = f32x4.splat(decay);
  const keep1 = f32x4.splat(beta1);
  const keep2 = f32x4.splat(beta2);
  const take1 = f32x4.splat(1 - beta1);
  const take2 = f32x4.splat(1 - beta2);
  const least = f32x4.splat(epsilon);
  for (let at: usize = 0, end = (<usize>size) << 2; at < end; at += 16) {
    const slope = v128.load(slopes + at);
    const mean = f32x4.add(f32x4.mul(keep1, v128.load(means + at)), f32x4.mul(take1, slope));
    const square = f32x4.add(f32x4.mul(keep2, v128.load(squares + at)), f32x4.mul(take2, f32x4.mul(slope, slope)));
    v128.store(means + at, mean);
    v128.store(squares + at, square);
    const from = v128.load(values + at);
    const along = f32x4.div(f32x4.mul(rates, mean), f32x4.add(f32x4.sqrt(f32x4.mul(square, corrections)), least));
    const back = f32x4.mul(decays, f32x4.sub(from, v128.load(homes + at)));
    v128.store(values + at, f32x4.sub(f32x4.sub(from, along), back));
  }
}
