/** Epochs of UMAP's layout (McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 5). */
import { measureRows, pressEdges, weighRows } from './density';
import { clip, dueOf, powerOf, squaresOf, tiny } from './forces';
import { nextLanes, rowsOf, seedLanes, spread } from './lanes';
import { meet } from './meet';

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
 * @param lists rounds x width of four words: the first edge of a list, its end, and its two blocks
 * @param rounds of an epoch
 * @param width lists of a round, half as many as there are blocks
 * @param looks a bit for each round that begins with a new snapshot, the first among them
 * @param fences a bit for each round before which the threads must meet
 * @param first epoch
 * @param last epoch, without it
 * @param epochs of the whole layout: the learning rate falls to zero over them, from `rate`
 * @param points rows x 4 of float32, moved in place: x, y, z (0 in two dimensions) and 0
 * @param snapshot rows x 4 of float32; both in whole lines
 * @param tails edges and 3 more: the row that is pulled and pushed
 * @param heads edges and 3 more: the row that is pulled
 * @param periods edges and 3 more: epochs from one pull to the next, at least 1
 * @param due edges and 3 more: the epoch of the next pull, which is advanced
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

/**
 * Takes the edges `from` to `to` (without it) that are due, two at a time: each pulls its two rows together and lets random
 * rows push the first one. Steps are found from where both stood before either moved.
 */
function pullEdges(
  from: i32,
  to: i32,
  epoch: f32,
  points: usize,
  snapshot: usize,
  tails: usize,
  heads: usize,
  periods: usize,
  due: usize,
  rows: i32,
  rate: f32,
  a: f32,
  b: f32,
  repulsion: f32,
  negatives: i32,
  seed: i32,
): void {
  const now = f32x4.splat(epoch);
  const one = f32x4.splat(1);
  const least = f32x4.splat(tiny);
  const soft = f32x4.splat(0.001);
  const factor = f32x4.splat(a);
  const exponent = f32x4.splat(b);
  const push = f32x4.splat(2 * repulsion * b);
  const pull = f32x4.splat(-2 * a * b);
  const gain = f32x4.splat(rate);
  const isHead = i32x4(-1, 0, -1, 0);
  const range = f32x4.splat(<f32>rows);
  // Two forces of each edge at a time: first the pull and a push, then pushes.
  const groups = (negatives + 2) >> 1;
  let random = seedLanes(seed);
  let first = -1;
  let four = from;
  let ready = 0;
  let alone = false;
  while (!alone) {
    // The next edge that is due, or the one that has no second.
    while (ready === 0 && four < to) {
      ready = dueOf(due, four, to, now);
      four += 4;
    }
    let second = first;
    if (ready !== 0) {
      second = four - 4 + ctz(ready);
      ready &= ready - 1;
      const at = due + (second << 2);
      store<f32>(at, load<f32>(at) + load<f32>(periods + (second << 2)));
      if (first < 0) {
        first = second;
        continue;
      }
    } else {
      if (first < 0) return;
      alone = true;
    }
    const tail = points + (load<i32>(tails + (first << 2)) << 4);
    const head = points + (load<i32>(heads + (first << 2)) << 4);
    const tail2 = points + (load<i32>(tails + (second << 2)) << 4);
    const head2 = points + (load<i32>(heads + (second << 2)) << 4);
    first = -1;
    const both = i32x4(-1, -1, alone ? 0 : -1, alone ? 0 : -1);
    const place = v128.load(tail);
    const place2 = v128.load(tail2);
    let moved = f32x4.splat(0);
    let moved2 = moved;
    for (let group = 0; group < groups; group++) {
      random = nextLanes(random);
      const others = rowsOf(random, range);
      const other0 = group === 0 ? head : snapshot + (i32x4.extract_lane(others, 0) << 4);
      const other2 = group === 0 ? head2 : snapshot + (i32x4.extract_lane(others, 2) << 4);
      const d0 = f32x4.sub(place, v128.load(other0));
      const d1 = f32x4.sub(place, v128.load(snapshot + (i32x4.extract_lane(others, 1) << 4)));
      const d2 = f32x4.sub(place2, v128.load(other2));
      const d3 = f32x4.sub(place2, v128.load(snapshot + (i32x4.extract_lane(others, 3) << 4)));
      const squares = squaresOf(d0, d1, d2, d3);
      const positive = f32x4.pmax(squares, least);
      const power = powerOf(positive, exponent);
      const curve = f32x4.add(one, f32x4.mul(factor, power));
      let above = push;
      let below = f32x4.add(soft, squares);
      if (group === 0) {
        above = v128.bitselect(f32x4.mul(pull, power), above, isHead);
        below = v128.bitselect(positive, below, isHead);
      }
      // Lanes past the last of the pushes have no strength.
      const lane = i32x4.add(i32x4(0, 1, 0, 1), i32x4.splat(group << 1));
      above = v128.and(above, v128.and(both, i32x4.le_s(lane, i32x4.splat(negatives))));
      const strength = f32x4.div(above, f32x4.mul(below, curve));
      const step0 = clip(f32x4.mul(spread(strength, 0), d0));
      const step2 = clip(f32x4.mul(spread(strength, 2), d2));
      moved = f32x4.add(moved, f32x4.add(step0, clip(f32x4.mul(spread(strength, 1), d1))));
      moved2 = f32x4.add(moved2, f32x4.add(step2, clip(f32x4.mul(spread(strength, 3), d3))));
      if (group === 0) {
        v128.store(head, f32x4.sub(v128.load(head), f32x4.mul(step0, gain)));
        v128.store(head2, f32x4.sub(v128.load(head2), f32x4.mul(step2, gain)));
      }
    }
    // Loaded again: one edge's row can be the other's too.
    v128.store(tail, f32x4.add(v128.load(tail), f32x4.mul(moved, gain)));
    v128.store(tail2, f32x4.add(v128.load(tail2), f32x4.mul(moved2, gain)));
  }
}
