/** One epoch of UMAP's layout (McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 5). */

/** Longest step of one force along one axis before the learning rate, as in umap-learn. */
const longest: f32 = 4;
/** Stands in for the square of a distance of zero, which has no logarithm. */
const tiny: f32 = 1e-20;
/** Added to a small number, 1.5 x 2^23 leaves its integer in the lowest bits, two's complement: a conversion is slower. */
const toInteger: f32 = 12582912;
/** The same for numbers from 0 to 2^23 - 1: 2^23. */
const toIndex: f32 = 8388608;

/**
 * Takes the edges `first` to `last` (without it) that are due: each pulls its two rows together and lets random rows push
 * the first one. The two rows are moved at once; what pushes is read in `snapshot`, earlier positions. So
 * lists of edges that share no row can be taken at the same time, in any order, with the same bytes.
 * @param points rows x 4 of float32, moved in place: x, y, z (0 in two dimensions) and 0
 * @param snapshot rows x 4 of float32
 * @param tails edges: the row that is pulled and pushed
 * @param heads edges: the row that is pulled
 * @param periods edges: epochs from one pull to the next, at least 1
 * @param due edges: the epoch of the next pull, which is advanced
 * @param rate learning rate of this epoch
 * @param a of the curve 1 / (1 + a·d^2b)
 * @param b of the curve
 * @param repulsion strength of the pushes (gamma in the paper)
 * @param negatives pushes for each pull
 * @param seed of this epoch and list
 */
export function layoutEdges(
  first: i32,
  last: i32,
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
  const one = f32x4.splat(1);
  const least = f32x4.splat(tiny);
  const soft = f32x4.splat(0.001);
  const factor = f32x4.splat(a);
  const exponent = f32x4.splat(b);
  const push = f32x4.splat(2 * repulsion * b);
  const pull = f32x4.splat(-2 * a * b);
  const gain = f32x4.splat(rate);
  const isHead = i32x4(-1, 0, 0, 0);
  const range = f32x4.splat(<f32>rows);
  // Four forces at a time: the pull, then the pushes.
  const groups = (negatives + 4) >> 2;
  let random = seedLanes(seed);
  for (let edge = first; edge < last; edge++) {
    const at = edge << 2;
    const next = load<f32>(due + at);
    if (next > epoch) continue;
    store<f32>(due + at, next + load<f32>(periods + at));
    const tail = points + (load<i32>(tails + at) << 4);
    const head = points + (load<i32>(heads + at) << 4);
    const place = v128.load(tail);
    let moved = place;
    for (let group = 0; group < groups; group++) {
      random = nextLanes(random);
      const others = rowsOf(random, range);
      const other = group === 0 ? head : snapshot + (i32x4.extract_lane(others, 0) << 4);
      const d0 = f32x4.sub(place, v128.load(other));
      const d1 = f32x4.sub(place, v128.load(snapshot + (i32x4.extract_lane(others, 1) << 4)));
      const d2 = f32x4.sub(place, v128.load(snapshot + (i32x4.extract_lane(others, 2) << 4)));
      const d3 = f32x4.sub(place, v128.load(snapshot + (i32x4.extract_lane(others, 3) << 4)));
      const squares = sumLanes(f32x4.mul(d0, d0), f32x4.mul(d1, d1), f32x4.mul(d2, d2), f32x4.mul(d3, d3));
      const positive = f32x4.pmax(squares, least);
      const power = exp2(f32x4.mul(exponent, log2(positive)));
      const curve = f32x4.add(one, f32x4.mul(factor, power));
      // Lanes past the last of the pushes have no strength.
      const lane = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(group << 2));
      let above = v128.and(push, i32x4.le_s(lane, i32x4.splat(negatives)));
      let below = f32x4.add(soft, squares);
      if (group === 0) {
        above = v128.bitselect(f32x4.mul(pull, power), above, isHead);
        below = v128.bitselect(positive, below, isHead);
      }
      const strength = f32x4.div(above, f32x4.mul(below, curve));
      const step0 = f32x4.mul(clip(f32x4.mul(spread(strength, 0), d0)), gain);
      if (group === 0) v128.store(head, f32x4.sub(v128.load(head), step0));
      const step1 = clip(f32x4.mul(spread(strength, 1), d1));
      const step23 = f32x4.add(clip(f32x4.mul(spread(strength, 2), d2)), clip(f32x4.mul(spread(strength, 3), d3)));
      moved = f32x4.add(moved, f32x4.add(step0, f32x4.mul(f32x4.add(step1, step23), gain)));
    }
    v128.store(tail, moved);
  }
}

/** Four different generators for a seed: the finaliser of MurmurHash3 (Appleby), never zero. */
function seedLanes(seed: i32): v128 {
  let mixed = i32x4.add(i32x4.splat(seed), i32x4(0x3c6ef372, 0x1e3779b9, 0x5851f42d, 0x14057b7e));
  mixed = i32x4.mul(v128.xor(mixed, i32x4.shr_u(mixed, 16)), i32x4.splat(<i32>0x85ebca6b));
  mixed = i32x4.mul(v128.xor(mixed, i32x4.shr_u(mixed, 13)), i32x4.splat(<i32>0xc2b2ae35));
  mixed = v128.xor(mixed, i32x4.shr_u(mixed, 16));
  return v128.or(mixed, i32x4.splat(1));
}

/** xorshift32 (Marsaglia 2003, Journal of Statistical Software 8) in each lane. */
function nextLanes(state: v128): v128 {
  let next = v128.xor(state, i32x4.shl(state, 13));
  next = v128.xor(next, i32x4.shr_u(next, 17));
  return v128.xor(next, i32x4.shl(next, 5));
}

/** Row numbers below `range` (less than 2^23), from the upper 23 bits. */
function rowsOf(random: v128, range: v128): v128 {
  const unit = f32x4.splat(1);
  const share = f32x4.sub(v128.or(i32x4.shr_u(random, 9), unit), unit);
  const floor = f32x4.floor(f32x4.mul(share, range));
  return v128.and(f32x4.add(floor, f32x4.splat(toIndex)), i32x4.splat(0x7fffff));
}

/** The sums of the lanes of four vectors, one a lane. */
function sumLanes(w: v128, x: v128, y: v128, z: v128): v128 {
  const wx = f32x4.add(
    i8x16.shuffle(w, x, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
    i8x16.shuffle(w, x, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
  );
  const yz = f32x4.add(
    i8x16.shuffle(y, z, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
    i8x16.shuffle(y, z, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
  );
  return f32x4.add(
    i8x16.shuffle(wx, yz, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(wx, yz, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  );
}

/** Lane `lane` in all four. */
function spread(lanes: v128, lane: i32): v128 {
  return f32x4.splat(
    lane === 0
      ? f32x4.extract_lane(lanes, 0)
      : lane === 1
        ? f32x4.extract_lane(lanes, 1)
        : lane === 2
          ? f32x4.extract_lane(lanes, 2)
          : f32x4.extract_lane(lanes, 3),
  );
}

function clip(step: v128): v128 {
  return f32x4.pmax(f32x4.pmin(step, f32x4.splat(longest)), f32x4.splat(-longest));
}

/** Base-2 logarithm of normal positive numbers: the exponent, and a minimax polynomial of the mantissa, to 3e-5. */
function log2(x: v128): v128 {
  const one = f32x4.splat(1);
  const whole = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x7fffff)), one);
  let sum = f32x4.splat(-0.03439832);
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(0.3174485));
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(-1.2309594));
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(2.5988452));
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(-3.32419));
  sum = f32x4.add(f32x4.mul(sum, mantissa), f32x4.splat(3.1157899));
  return f32x4.add(whole, f32x4.mul(sum, f32x4.sub(mantissa, one)));
}

/** 2 to the power of x, cut to -126..126: the Taylor polynomial of the fraction, and the whole part as exponent. */
function exp2(x: v128): v128 {
  const cut = f32x4.pmax(f32x4.pmin(x, f32x4.splat(126)), f32x4.splat(-126));
  const shifted = f32x4.add(cut, f32x4.splat(toInteger));
  const part = f32x4.sub(cut, f32x4.sub(shifted, f32x4.splat(toInteger)));
  let sum = f32x4.splat(1.3333558e-3);
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(9.6181291e-3));
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(5.5504109e-2));
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(2.4022651e-1));
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(6.9314718e-1));
  sum = f32x4.add(f32x4.mul(sum, part), f32x4.splat(1));
  return i32x4.add(sum, i32x4.shl(shifted, 23));
}
