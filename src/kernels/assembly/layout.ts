/** Epochs of UMAP's layout (McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 5). */
import { measureRows, pressEdges, weighRows } from './density';
import { meet } from './meet';
import { pullEdges } from './pulls';

/** Rows of a block that stand together, one line of the processor's cache; ../../projection/blocks.ts has the same number. */
const together: i32 = 4;
/** Bytes of such a line, and of a list in the table of lists. */
const lineBytes: i32 = together << 4;
const listBytes: i32 = 16;

/**
 * Takes epochs of the layout, as one of several threads that all call it with the same arguments but their number. An epoch
 * goes through rounds of lists of edges. In a round every thread takes lists of its own, and since no two of these share a
 * block of rows and what pushes is read in `snapshot`, which is made at the beginning of some rounds, the bytes are the same for
 * any number of threads.
 * @param thread its number, from 0
 * @param control a word of zero for each thread, where they meet
 * @param lists rounds x width of four words: the first edge of a list, its end (both multiples of 4), and its two blocks
 * @param rounds of an epoch
 * @param width lists of a round, half as many as there are blocks
 * @param looks a bit for each round that begins with a new snapshot, the first among them
 * @param fences a bit for each round before which the threads must meet
 * @param first epoch
 * @param last epoch, without it
 * @param epochs of the whole layout: the learning rate falls to zero over them, from `rate`
 * @param points rows x 4 of float32, moved in place: x, y, z (0 in two dimensions) and 0
 * @param snapshot rows x 4 of float32; both in whole lines
 * @param tails edges: the row that is pulled and pushed
 * @param heads edges: the row that is pulled
 * @param periods edges: epochs from one pull to the next, at least 1
 * @param due edges: the epoch of the next pull, which is advanced; infinity for those that fill a list up
 * @param scratch threads x `scratchSize`
 * @param scratchSize bytes that a thread needs for itself (`pullBytes` of ../projection.ts)
 * @param pinned blocks + 1 numbers, where each block's pinned rows begin, and the rows; they stay where they are in `snapshot`
 * @param rate learning rate of the first epoch
 * @param a of the curve 1 / (1 + a·d^2b)
 * @param b of the curve
 * @param repulsion strength of the pushes (gamma in the paper)
 * @param negatives pushes for each pull
 * @param seed any number
 * @param densityFrom the epoch from which on densities are kept; `epochs` for never, when nothing of the following is read
 * @param offsets rows + 1: where each row's edges begin in `neighbours`
 * @param neighbours edges and 3 more: the row at the other end
 * @param wanted rows of float32, the radii among the vectors (density.ts)
 * @param radii rows of float32, overwritten
 * @param pulls rows x 2 of float32, overwritten
 * @param density strength of the term that keeps densities, for an edge of period 1
 * @param shift added to the variance of the map's radii
 */
export function layoutEpochs(
  thread: i32,
  threads: i32,
  control: usize,
  lists: usize,
  rounds: i32,
  width: i32,
  looks: i32,
  fences: i32,
  first: i32,
  last: i32,
  epochs: i32,
  points: usize,
  snapshot: usize,
  tails: usize,
  heads: usize,
  periods: usize,
  due: usize,
  scratch: usize,
  scratchSize: i32,
  pinned: usize,
  rows: i32,
  rate: f32,
  a: f32,
  b: f32,
  repulsion: f32,
  negatives: i32,
  seed: i32,
  densityFrom: i32,
  offsets: usize,
  neighbours: usize,
  wanted: usize,
  radii: usize,
  pulls: usize,
  density: f32,
  shift: f32,
): void {
  // Neighbouring lists: their blocks stay with a thread for some rounds.
  const begin = (width * thread) / threads;
  const end = (width * (thread + 1)) / threads;
  const firstRow = <i32>((<i64>rows * thread) / threads);
  const endRow = <i32>((<i64>rows * (thread + 1)) / threads);
  let meeting = 0;
  for (let epoch = first; epoch < last; epoch++) {
    const now = rate * (1 - <f32>epoch / <f32>epochs);
    for (let round = 0; round < rounds; round++) {
      if ((looks >> round) & 1) {
        // Nobody reads the snapshot any more; then everybody keeps what stands in the cache.
        if (round > 0) meet(control, thread, threads, ++meeting);
        const before = (round > 0 ? round - 1 : 0) * width;
        for (let number = before + begin; number < before + end; number++) {
          const list = lists + number * listBytes;
          keepBlock(load<i32>(list, 8), width << 1, pinned, points, snapshot, rows);
          keepBlock(load<i32>(list, 12), width << 1, pinned, points, snapshot, rows);
        }
        meet(control, thread, threads, ++meeting);
      } else if ((fences >> round) & 1) {
        meet(control, thread, threads, ++meeting);
      }
      if (round === 0 && epoch >= densityFrom) {
        measureRows(firstRow, endRow, snapshot, offsets, neighbours, radii, pulls, a, b);
        meet(control, thread, threads, ++meeting);
        weighRows(firstRow, endRow, rows, offsets, radii, wanted, pulls, shift);
        meet(control, thread, threads, ++meeting);
      }
      for (let number = round * width + begin; number < round * width + end; number++) {
        const list = lists + number * listBytes;
        putBack(load<i32>(list, 8), width << 1, pinned, points, snapshot);
        putBack(load<i32>(list, 12), width << 1, pinned, points, snapshot);
        const from = load<i32>(list);
        const to = load<i32>(list, 4);
        if (epoch >= densityFrom)
          pressEdges(from, to, <f32>epoch, points, tails, heads, periods, due, pulls, now, a, b, density);
        pullEdges(
          from,
          to,
          <f32>epoch,
          points,
          snapshot,
          tails,
          heads,
          periods,
          due,
          scratch + thread * scratchSize,
          rows,
          now,
          a,
          b,
          repulsion,
          negatives,
          seed ^ ((epoch * rounds * width + number) * 0x9e3779b1),
        );
      }
    }
    meet(control, thread, threads, ++meeting);
  }
  for (let block = thread; block < width << 1; block += threads) putBack(block, width << 1, pinned, points, snapshot);
}

/** Puts a block's pinned rows back where they stood: what pushes and pulls is there, whatever it has felt. */
function putBack(block: i32, blocks: i32, pinned: usize, points: usize, snapshot: usize): void {
  const rows = pinned + ((blocks + 1) << 2);
  const begins = pinned + (block << 2);
  const end = load<i32>(begins, 4);
  for (let i = load<i32>(begins); i < end; i++) {
    const row = load<i32>(rows + (i << 2)) << 4;
    v128.store(points + row, v128.load(snapshot + row));
  }
}

/** Copies a block's rows to the snapshot, its pinned ones from there. */
function keepBlock(block: i32, blocks: i32, pinned: usize, points: usize, snapshot: usize, rows: i32): void {
  putBack(block, blocks, pinned, points, snapshot);
  const size = rows << 4;
  for (let at = block * lineBytes; at < size; at += blocks * lineBytes)
    for (let part = at; part < at + lineBytes; part += 16) v128.store(snapshot + part, v128.load(points + part));
}
