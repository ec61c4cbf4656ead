/**
 * Nearest rows by dot product over vectors of int16. A row's list holds the `k` best that were offered to it, by score and
 * then by number: whatever the order of the offers, and however they are shared among threads with lists of their own, the
 * best of all of them are the same.
 */
import { dot, interleave, multiply, together } from './products';

/** Bytes of the products of a row with a tile's columns, and of a tile's three rows. */
const lineBytes: usize = 48;
const tileBytes: usize = 144;

/**
 * Compares every row of `queries` with every row of `members` but itself by `compared`, and offers the products to the lists
 * of the queries and, with `both`, to those of the members.
 * @param block members that are compared with at once, a multiple of 12
 * @param compared rows x `comparedBytes` of int16, a multiple of 8 bytes
 * @param queries `asked` row numbers
 * @param members `count` row numbers
 * @param indices rows x k, -1 where there is none yet
 * @param scores rows x k, descending, i32.MIN_VALUE where there is none yet
 * @param scratch room for a tile, a block's limits and its rows (`scratchBytes` of ../projection.ts)
 */
export function compareRows(
  block: i32,
  compared: usize,
  comparedBytes: usize,
  queries: usize,
  asked: i32,
  members: usize,
  count: i32,
  both: bool,
  k: i32,
  indices: usize,
  scores: usize,
  scratch: usize,
): void {
  const tile = scratch;
  const limits = tile + tileBytes;
  const columns = limits + (block << 2);
  for (let first = 0; first < count; first += block, members += block << 2) {
    const width = min(block, count - first);
    interleave(compared, comparedBytes, members, width, columns);
    for (let column = 0; column < block; column++) {
      let limit = i32.MAX_VALUE;
      if (both && column < width) limit = limitOf(load<i32>(members + (column << 2)), k, scores);
      store<i32>(limits + (column << 2), limit);
    }
    for (let i = 0; i < asked; i += 3) {
      const rows = min(3, asked - i);
      const query = queries + (i << 2);
      const a0 = compared + <usize>load<i32>(query) * comparedBytes;
      const a1 = rows > 1 ? compared + <usize>load<i32>(query + 4) * comparedBytes : a0;
      const a2 = rows > 2 ? compared + <usize>load<i32>(query + 8) * comparedBytes : a0;
      for (let j = 0; j < width; j += together) {
        multiply(a0, a1, a2, columns + <usize>j * comparedBytes, comparedBytes, tile);
        const ofColumns = limits + (j << 2);
        for (let r = 0; r < rows; r++) {
          const row = load<i32>(query + (r << 2));
          const line = tile + r * lineBytes;
          let limit = limitOf(row, k, scores);
          for (let above = lanesAbove(line, limit, ofColumns); above !== 0; above &= above - 1) {
            const c = ctz(above);
            if (j + c >= width) break;
            const member = load<i32>(members + ((j + c) << 2));
            if (member === row) continue;
            const score = load<i32>(line + (c << 2));
            if (score > limit) {
              offer(row, member, score, k, indices, scores);
              limit = limitOf(row, k, scores);
            }
            if (score > load<i32>(ofColumns + (c << 2))) {
              offer(member, row, score, k, indices, scores);
              store<i32>(ofColumns + (c << 2), limitOf(member, k, scores));
            }
          }
        }
      }
    }
  }
}

/**
 * The same with both, where `compared` only sifts: of two rows whose product is above the gate of one of them, the product of their
 * `vectors` is offered instead. A query's pairs are noted first and compared then, one after the other: its vector is at hand, and
 * the processor need not guess.
 * @param gates rows
 * @param vectors rows x `rowBytes` of int16, a multiple of 32 bytes
 * @param scratch room for a tile, a block's limits, three rows' pairs and the block's rows (`scratchBytes` of ../projection.ts)
 */
export function siftRows(
  block: i32,
  compared: usize,
  comparedBytes: usize,
  queries: usize,
  asked: i32,
  members: usize,
  count: i32,
  gates: usize,
  vectors: usize,
  rowBytes: usize,
  k: i32,
  indices: usize,
  scores: usize,
  scratch: usize,
): void {
  const tile = scratch;
  const limits = tile + tileBytes;
  const passed = limits + (block << 2);
  const columns = passed + (block << 2) * 3;
  for (let first = 0; first < count; first += block, members += block << 2) {
    const width = min(block, count - first);
    interleave(compared, comparedBytes, members, width, columns);
    for (let column = 0; column < width; column++)
      store<i32>(limits + (column << 2), load<i32>(gates + (load<i32>(members + (column << 2)) << 2)));
    for (let i = 0; i < asked; i += 3) {
      const query = queries + (i << 2);
      const row0 = load<i32>(query);
      const row1 = i + 1 < asked ? load<i32>(query, 4) : row0;
      const row2 = i + 2 < asked ? load<i32>(query, 8) : row0;
      const a0 = compared + <usize>row0 * comparedBytes;
      const a1 = compared + <usize>row1 * comparedBytes;
      const a2 = compared + <usize>row2 * comparedBytes;
      const gate0 = load<i32>(gates + (row0 << 2));
      const gate1 = load<i32>(gates + (row1 << 2));
      const gate2 = load<i32>(gates + (row2 << 2));
      let end0 = passed;
      let end1 = passed + (block << 2);
      let end2 = passed + (block << 3);
      for (let j = 0; j < width; j += together) {
        multiply(a0, a1, a2, columns + <usize>j * comparedBytes, comparedBytes, tile);
        const ofColumns = limits + (j << 2);
        const from = members + (j << 2);
        const there = (1 << min(together, width - j)) - 1;
        end0 = note(lanesAbove(tile, gate0, ofColumns) & there, from, end0);
        end1 = note(lanesAbove(tile + lineBytes, gate1, ofColumns) & there, from, end1);
        end2 = note(lanesAbove(tile + 2 * lineBytes, gate2, ofColumns) & there, from, end2);
      }
      offerNoted(row0, passed, end0, vectors, rowBytes, k, indices, scores);
      if (i + 1 < asked) offerNoted(row1, passed + (block << 2), end1, vectors, rowBytes, k, indices, scores);
      if (i + 2 < asked) offerNoted(row2, passed + (block << 3), end2, vectors, rowBytes, k, indices, scores);
    }
  }
}

/** Appends those of the row numbers at `from` whose bits are set to what ends at `end`; returns the new end. */
function note(bits: i32, from: usize, end: usize): usize {
  for (; bits !== 0; bits &= bits - 1, end += 4) store<i32>(end, load<i32>(from + (ctz(bits) << 2)));
  return end;
}

/** Offers the products of a row's vector and those of the rows noted from `from` to `to` to the lists of both. */
function offerNoted(
  row: i32,
  from: usize,
  to: usize,
  vectors: usize,
  rowBytes: usize,
  k: i32,
  indices: usize,
  scores: usize,
): void {
  const vector = vectors + <usize>row * rowBytes;
  for (; from < to; from += 4) {
    const member = load<i32>(from);
    if (member === row) continue;
    const score = dot(vector, vectors + <usize>member * rowBytes, rowBytes);
    if (score > limitOf(row, k, scores)) offer(row, member, score, k, indices, scores);
    if (score > limitOf(member, k, scores)) offer(member, row, score, k, indices, scores);
  }
}

/**
 * Writes the sketches of the rows `first` to `last` (without it): the directions of their projections on `count` others, as
 * int16, zero where the projection is.
 * @param vectors rows x `rowBytes` of int16, a multiple of 8 bytes
 * @param directions `count` row numbers, a multiple of 12
 * @param sketches rows x count of int16
 * @param scratch room for 3 rows of products and `count` columns
 */
export function sketchRows(
  vectors: usize,
  rowBytes: usize,
  directions: usize,
  count: i32,
  first: i32,
  last: i32,
  sketches: usize,
  scratch: usize,
): void {
  const tile = scratch;
  const line = tile + tileBytes;
  const columns = line + <usize>count * 12;
  interleave(vectors, rowBytes, directions, count, columns);
  for (let row = first; row < last; row += 3) {
    const rows = min(3, last - row);
    const a0 = vectors + <usize>row * rowBytes;
    const a1 = rows > 1 ? a0 + rowBytes : a0;
    const a2 = rows > 2 ? a1 + rowBytes : a0;
    for (let j = 0; j < count; j += together) {
      multiply(a0, a1, a2, columns + <usize>j * rowBytes, rowBytes, tile);
      for (let r = 0; r < rows; r++) memory.copy(line + ((r * count + j) << 2), tile + r * lineBytes, lineBytes);
    }
    for (let r = 0; r < rows; r++)
      storeDirection(line + ((r * count) << 2), count, sketches + (((row + r) * count) << 1));
  }
}

/** Stores `count` products as int16 of a vector of length 32,767. */
function storeDirection(line: usize, count: i32, out: usize): void {
  let sum: f64 = 0;
  for (let j = 0; j < count; j++) sum += <f64>load<i32>(line + (j << 2)) * <f64>load<i32>(line + (j << 2));
  const scale = sum > 0 ? 32767 / Math.sqrt(sum) : 0;
  for (let j = 0; j < count; j++) store<i16>(out + (j << 1), <i16>nearest(<f64>load<i32>(line + (j << 2)) * scale));
}

/** Which of twelve products are above `limit` or above their own of `limits`: a bit for each. */
function lanesAbove(line: usize, limit: i32, limits: usize): i32 {
  const own = i32x4.splat(limit);
  const first = i32x4.gt_s(v128.load(line), i32x4.min_s(own, v128.load(limits)));
  const second = i32x4.gt_s(v128.load(line, 16), i32x4.min_s(own, v128.load(limits, 16)));
  const third = i32x4.gt_s(v128.load(line, 32), i32x4.min_s(own, v128.load(limits, 32)));
  return i32x4.bitmask(first) | (i32x4.bitmask(second) << 4) | (i32x4.bitmask(third) << 8);
}

/** What a product must exceed: one less than the row's last score, which a lower number makes better. */
function limitOf(row: i32, k: i32, scores: usize): i32 {
  const last = load<i32>(scores + ((row * k + k - 1) << 2));
  return last === i32.MIN_VALUE ? last : last - 1;
}

/** Takes `candidate` into the row's list if it belongs there and is not there yet. */
function offer(row: i32, candidate: i32, score: i32, k: i32, indices: usize, scores: usize): void {
  const ofIndices = indices + ((row * k) << 2);
  const ofScores = scores + ((row * k) << 2);
  let last = (k - 1) << 2;
  const worst = load<i32>(ofScores + last);
  if (score < worst || (score === worst && candidate >= load<i32>(ofIndices + last) && worst !== i32.MIN_VALUE)) return;
  for (let at = 0; at <= last; at += 4) if (load<i32>(ofIndices + at) === candidate) return;
  for (; last > 0; last -= 4) {
    const before = load<i32>(ofScores + last - 4);
    const other = load<i32>(ofIndices + last - 4);
    if (before > score || (before === score && other < candidate)) break;
    store<i32>(ofScores + last, before);
    store<i32>(ofIndices + last, other);
  }
  store<i32>(ofScores + last, score);
  store<i32>(ofIndices + last, candidate);
}

/** Offers what the lists at `otherIndices` and `otherScores` hold to the lists of the rows `first` to `last` (without it). */
export function mergeLists(
  first: i32,
  last: i32,
  k: i32,
  indices: usize,
  scores: usize,
  otherIndices: usize,
  otherScores: usize,
): void {
  for (let row = first; row < last; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const candidate = load<i32>(otherIndices + (at << 2));
      if (candidate < 0) break;
      offer(row, candidate, load<i32>(otherScores + (at << 2)), k, indices, scores);
    }
  }
}
