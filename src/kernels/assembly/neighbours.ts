/**
 * Nearest rows by dot product, exactly, over vectors of int16: eight products and four additions an instruction.
 * Tiles of 3 x 3 rows load six vectors for nine products, which is what 16 registers hold; of 2 x 4, 4 x 2, 4 x 3 and
 * 3 x 3 they were the fastest. Blocks of 48 rows keep both sides of a block pair in the second cache at 384 dimensions.
 */

/** Rows of a block: a multiple of 3 for the tiles and of 4 for the comparison. ../projection.ts has the same number. */
const blockRows: i32 = 48;

/**
 * Offers the products of the rows of block `block` with those of the blocks `other` to `end` (without it) to both rows' lists
 * of the `k` best. Pairs count once: `other` is at least `block`.
 * @param vectors padded rows x `rowBytes` of int16, a multiple of 16 bytes; padded to whole blocks
 * @param indices padded rows x k, -1 where there is none yet
 * @param scores padded rows x k, descending, i32.MIN_VALUE where there is none yet
 * @param limits padded rows: each row's last score
 * @param products room for blockRows x blockRows of i32
 */
export function nearestInBlock(
  vectors: usize,
  rows: i32,
  rowBytes: usize,
  block: i32,
  other: i32,
  end: i32,
  k: i32,
  indices: usize,
  scores: usize,
  limits: usize,
  products: usize,
): void {
  const top = block * blockRows;
  for (; other < end; other++) {
    const left = other * blockRows;
    multiply(vectors + <usize>top * rowBytes, vectors + <usize>left * rowBytes, rowBytes, products);
    const bottom = min(blockRows, rows - top);
    for (let i = 0; i < bottom; i++) {
      const row = top + i;
      for (let j = other === block ? (i + 1) & ~3 : 0; j < blockRows; j += 4) {
        const line = products + ((i * blockRows + j) << 2);
        const found = v128.load(line);
        const ofRow = i32x4.splat(load<i32>(limits + (row << 2)));
        const ofColumns = v128.load(limits + ((left + j) << 2));
        if (!v128.any_true(v128.or(i32x4.gt_s(found, ofRow), i32x4.gt_s(found, ofColumns)))) continue;
        for (let lane = 0; lane < 4; lane++) {
          const column = left + j + lane;
          if (column <= row || column >= rows) continue;
          const score = load<i32>(line + (lane << 2));
          offer(row, column, score, k, indices, scores, limits);
          offer(column, row, score, k, indices, scores, limits);
        }
      }
    }
  }
}

/** Takes `candidate` into the row's list if its score is above the last one. */
function offer(row: i32, candidate: i32, score: i32, k: i32, indices: usize, scores: usize, limits: usize): void {
  if (score <= load<i32>(limits + (row << 2))) return;
  const ofIndices = indices + ((row * k) << 2);
  const ofScores = scores + ((row * k) << 2);
  let at = k - 1;
  for (; at > 0; at--) {
    const before = load<i32>(ofScores + ((at - 1) << 2));
    if (before >= score) break;
    store<i32>(ofScores + (at << 2), before);
    store<i32>(ofIndices + (at << 2), load<i32>(ofIndices + ((at - 1) << 2)));
  }
  store<i32>(ofScores + (at << 2), score);
  store<i32>(ofIndices + (at << 2), candidate);
  store<i32>(limits + (row << 2), load<i32>(ofScores + ((k - 1) << 2)));
}

/** Dot products of the rows of one block with those of another. */
function multiply(a: usize, b: usize, rowBytes: usize, products: usize): void {
  for (let i = 0; i < blockRows; i += 3) {
    const a0 = a + <usize>i * rowBytes;
    const a1 = a0 + rowBytes;
    const a2 = a1 + rowBytes;
    for (let j = 0; j < blockRows; j += 3) {
      const b0 = b + <usize>j * rowBytes;
      const b1 = b0 + rowBytes;
      const b2 = b1 + rowBytes;
      let s00 = i32x4.splat(0);
      let s01 = s00;
      let s02 = s00;
      let s10 = s00;
      let s11 = s00;
      let s12 = s00;
      let s20 = s00;
      let s21 = s00;
      let s22 = s00;
      for (let d: usize = 0; d < rowBytes; d += 16) {
        const y0 = v128.load(b0 + d);
        const y1 = v128.load(b1 + d);
        const y2 = v128.load(b2 + d);
        const x0 = v128.load(a0 + d);
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(x0, y0));
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(x0, y1));
        s02 = i32x4.add(s02, i32x4.dot_i16x8_s(x0, y2));
        const x1 = v128.load(a1 + d);
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(x1, y0));
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(x1, y1));
        s12 = i32x4.add(s12, i32x4.dot_i16x8_s(x1, y2));
        const x2 = v128.load(a2 + d);
        s20 = i32x4.add(s20, i32x4.dot_i16x8_s(x2, y0));
        s21 = i32x4.add(s21, i32x4.dot_i16x8_s(x2, y1));
        s22 = i32x4.add(s22, i32x4.dot_i16x8_s(x2, y2));
      }
      const out = products + ((i * blockRows + j) << 2);
      storeSums(out, s00, s01, s02);
      storeSums(out + (blockRows << 2), s10, s11, s12);
      storeSums(out + (blockRows << 3), s20, s21, s22);
    }
  }
}

/** Stores the sums of the lanes of three vectors. */
function storeSums(out: usize, x: v128, y: v128, z: v128): void {
  store<i32>(out, sumOf(x));
  store<i32>(out + 4, sumOf(y));
  store<i32>(out + 8, sumOf(z));
}

function sumOf(lanes: v128): i32 {
  const pairs = i32x4.add(lanes, i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}
