/** The forces of a layout's edges: pulls, and pushes by random rows. */
import { clip, powerOf, squaresOf, tiny } from './forces';
import { nextLanes, rowsOf, seedLanes } from './lanes';

/** Edges among which those that are due are sought before any of them takes its turn. */
const soughtAtOnce: i32 = 256;
/** Bytes of their numbers, of one that was left over and of three that do not count. */
const dueBytes: usize = (soughtAtOnce + 4) << 2;
/** Bytes of four forces: the differences, and their squared lengths, which strengths take the place of. */
const groupBytes: usize = 80;
const ofStrengths: usize = 64;

/**
 * Takes the edges `from` to `to` (without it) that are due, two at a time: each pulls its two rows together and lets random
 * rows push the first one. Steps are found from where both stood before either moved.
 *
 * What is due is noted first, and the differences, strengths and steps of two edges are found one kind after the other, each kept in `scratch`:
 * the processor has nothing to guess and works on all of a kind at once, which takes two thirds of the time that edge after edge took.
 * @param scratch as many bytes as `pullBytes` of ../projection.ts says
 */
export function pullEdges(
  from: i32,
  to: i32,
  epoch: f32,
  points: usize,
  snapshot: usize,
  tails: usize,
  heads: usize,
  periods: usize,
  due: usize,
  scratch: usize,
  rows: i32,
  rate: f32,
  a: f32,
  b: f32,
  repulsion: f32,
  negatives: i32,
  seed: i32,
): void {
  const range = f32x4.splat(<f32>rows);
  const gain = f32x4.splat(rate);
  // Two forces of each edge at a time: first the pull and a push, then pushes.
  const groups = scratch + dueBytes;
  const strengths = groups + ofStrengths;
  const end = groups + <usize>((negatives + 2) >> 1) * groupBytes;
  let random = seedLanes(seed);
  let left: usize = 0;
  for (let first = from; first < to; first += soughtAtOnce) {
    const last = min(first + soughtAtOnce, to);
    let noted = noteDue(first, last, epoch, due, periods, scratch + left);
    left = (noted - scratch) & 4;
    // The list's last edge has itself as its second, which then stays where it is.
    const alone = left !== 0 && last === to;
    if (alone) store<i32>(noted, load<i32>(noted - 4));
    noted += alone ? 4 : -left;
    for (let two = scratch; two < noted; two += 8) {
      const edge = load<i32>(two) << 2;
      const edge2 = load<i32>(two, 4) << 2;
      const tail = points + (load<i32>(tails + edge) << 4);
      const head = points + (load<i32>(heads + edge) << 4);
      const tail2 = points + (load<i32>(tails + edge2) << 4);
      const head2 = points + (load<i32>(heads + edge2) << 4);
      random = findDifferences(tail, tail2, head, head2, snapshot, range, random, groups, end);
      findStrengths(groups, end, a, b, repulsion, negatives);
      const both = !alone || two + 8 < noted;
      moveHead(head, groups, strengths, gain);
      if (both) moveHead(head2, groups + 32, strengths + 8, gain);
      moveTail(tail, groups, strengths, end, gain);
      if (both) moveTail(tail2, groups + 32, strengths + 8, end, gain);
    }
    store<i32>(scratch, load<i32>(noted));
  }
}

/** Notes which of the edges `from` to `to` (without it) are due, and when next. Returns where the noted numbers end. */
function noteDue(from: i32, to: i32, epoch: f32, due: usize, periods: usize, noted: usize): usize {
  const now = f32x4.splat(epoch);
  for (let four = from; four < to; four += 4) {
    const at = due + (four << 2);
    const times = v128.load(at);
    const ready = f32x4.le(times, now);
    v128.store(at, f32x4.add(times, v128.and(ready, v128.load(periods + (four << 2)))));
    const bits = i32x4.bitmask(ready);
    // Each is written, and the next takes its place unless it is due: no branch has to be guessed.
    store<i32>(noted, four);
    noted += (bits & 1) << 2;
    store<i32>(noted, four + 1);
    noted += (bits & 2) << 1;
    store<i32>(noted, four + 2);
    noted += bits & 4;
    store<i32>(noted, four + 3);
    noted += (bits & 8) >> 1;
  }
  return noted;
}

/** Of two rows to what pulls and pushes them, and their squared lengths, in groups of four. Returns the generator's state. */
function findDifferences(
  tail: usize,
  tail2: usize,
  head: usize,
  head2: usize,
  snapshot: usize,
  range: v128,
  random: v128,
  groups: usize,
  end: usize,
): v128 {
  const place = v128.load(tail);
  const place2 = v128.load(tail2);
  random = nextLanes(random);
  let others = rowsOf(random, range);
  keep(
    groups,
    f32x4.sub(place, v128.load(head)),
    f32x4.sub(place, v128.load(snapshot + (i32x4.extract_lane(others, 1) << 4))),
    f32x4.sub(place2, v128.load(head2)),
    f32x4.sub(place2, v128.load(snapshot + (i32x4.extract_lane(others, 3) << 4))),
  );
  for (let group = groups + groupBytes; group < end; group += groupBytes) {
    random = nextLanes(random);
    others = rowsOf(random, range);
    keep(
      group,
      f32x4.sub(place, v128.load(snapshot + (i32x4.extract_lane(others, 0) << 4))),
      f32x4.sub(place, v128.load(snapshot + (i32x4.extract_lane(others, 1) << 4))),
      f32x4.sub(place2, v128.load(snapshot + (i32x4.extract_lane(others, 2) << 4))),
      f32x4.sub(place2, v128.load(snapshot + (i32x4.extract_lane(others, 3) << 4))),
    );
  }
  return random;
}

/** Stores four differences, and their squared lengths. */
function keep(group: usize, d0: v128, d1: v128, d2: v128, d3: v128): void {
  v128.store(group, d0);
  v128.store(group, d1, 16);
  v128.store(group, d2, 32);
  v128.store(group, d3, 48);
  v128.store(group, squaresOf(d0, d1, d2, d3), ofStrengths);
}

/** Puts strengths in the place of squared lengths. */
function findStrengths(groups: usize, end: usize, a: f32, b: f32, repulsion: f32, negatives: i32): void {
  const one = f32x4.splat(1);
  const least = f32x4.splat(tiny);
  const soft = f32x4.splat(0.001);
  const factor = f32x4.splat(a);
  const exponent = f32x4.splat(b);
  const push = f32x4.splat(2 * repulsion * b);
  const pull = f32x4.splat(-2 * a * b);
  const isHead = i32x4(-1, 0, -1, 0);
  const last = i32x4.splat(negatives);
  let lanes = i32x4(0, 1, 0, 1);
  for (let group = groups; group < end; group += groupBytes) {
    const squares = v128.load(group, ofStrengths);
    const positive = f32x4.pmax(squares, least);
    const power = powerOf(positive, exponent);
    const curve = f32x4.add(one, f32x4.mul(factor, power));
    let above = push;
    let below = f32x4.add(soft, squares);
    if (group === groups) {
      above = v128.bitselect(f32x4.mul(pull, power), above, isHead);
      below = v128.bitselect(positive, below, isHead);
    }
    // Lanes past the last of the pushes have no strength.
    above = v128.and(above, i32x4.le_s(lanes, last));
    v128.store(group, f32x4.div(above, f32x4.mul(below, curve)), ofStrengths);
    lanes = i32x4.add(lanes, i32x4.splat(2));
  }
}

/** Moves an edge's head by the pull, the first of its forces. */
function moveHead(head: usize, differences: usize, strengths: usize, gain: v128): void {
  const pull = clip(f32x4.mul(v128.load32_splat(strengths), v128.load(differences)));
  v128.store(head, f32x4.sub(v128.load(head), f32x4.mul(pull, gain)));
}

/**
 * Moves an edge's tail by all of its forces.
 * @param differences,strengths of the first two; those of the next two are `groupBytes` on
 */
function moveTail(tail: usize, differences: usize, strengths: usize, end: usize, gain: v128): void {
  let moved = f32x4.splat(0);
  for (let at = differences; at < end; at += groupBytes, strengths += groupBytes) {
    const step = clip(f32x4.mul(v128.load32_splat(strengths), v128.load(at)));
    const step2 = clip(f32x4.mul(v128.load32_splat(strengths, 4), v128.load(at, 16)));
    moved = f32x4.add(moved, f32x4.add(step, step2));
  }
  // Loaded again: it can be a head too.
  v128.store(tail, f32x4.add(v128.load(tail), f32x4.mul(moved, gain)));
}
