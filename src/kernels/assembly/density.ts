/**
 * What keeps densities in a layout: the term that densMAP adds to UMAP (Narayan, Berger & Cho 2021, Nature Biotechnology
 * 39:765), with the constants of umap-learn. A row's local radius on the map is the mean of the squared distances to its
 * neighbours in the graph, weighted by UMAP's curve; the term is the correlation of its logarithm with that among the vectors.
 */
import { clip, powerOf, squaresOf, tiny } from './forces';
import { log2, spread } from './lanes';

/** Keeps a radius of zero from the logarithm, as in umap-learn. */
const epsilon: f32 = 1e-8;
const ln2: f32 = 0.6931472;

/**
 * Finds the logarithms of the local radii of rows `from` to `to` (without it), where they stand in `snapshot`. A row sums over
 * its own edges in their order, so that nothing depends on which thread does it. Rows without edges are left out.
 * @param offsets rows + 1: where each row's edges begin in `neighbours`
 * @param neighbours edges and 3 more: the row at the other end
 * @param radii rows of float32: written
 * @param pulls rows x 2 of float32, written: 1 / sum of the curve over the row's edges, twice each, and that over the radius
 */
export function measureRows(
  from: i32,
  to: i32,
  snapshot: usize,
  offsets: usize,
  neighbours: usize,
  radii: usize,
  pulls: usize,
  a: f32,
  b: f32,
): void {
  const one = f32x4.splat(1);
  const least = f32x4.splat(tiny);
  const factor = f32x4.splat(a);
  const exponent = f32x4.splat(b);
  for (let row = from; row < to; row++) {
    const begin = load<i32>(offsets + (row << 2));
    const end = load<i32>(offsets + (row << 2), 4);
    if (begin === end) continue;
    const place = v128.load(snapshot + (row << 4));
    let shares = f32x4.splat(0);
    let lengths = shares;
    for (let edge = begin; edge < end; edge += 4) {
      const others = neighbours + (edge << 2);
      const squares = squaresOf(
        f32x4.sub(place, v128.load(snapshot + (load<i32>(others) << 4))),
        f32x4.sub(place, v128.load(snapshot + (load<i32>(others, 4) << 4))),
        f32x4.sub(place, v128.load(snapshot + (load<i32>(others, 8) << 4))),
        f32x4.sub(place, v128.load(snapshot + (load<i32>(others, 12) << 4))),
      );
      const power = powerOf(f32x4.pmax(squares, least), exponent);
      const inside = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(end - edge));
      const share = v128.and(f32x4.div(one, f32x4.add(one, f32x4.mul(factor, power))), inside);
      shares = f32x4.add(shares, share);
      lengths = f32x4.add(lengths, f32x4.mul(share, squares));
    }
    const sum = sumOf(shares);
    const radius: f32 = epsilon + sumOf(lengths) / sum;
    store<f32>(radii + (row << 2), ln2 * f32x4.extract_lane(log2(f32x4.splat(radius)), 0));
    // umap-learn has each edge twice, once from either end, and adds it to both.
    const inverse: f32 = 0.5 / sum;
    store<f32>(pulls + (row << 3), inverse);
    store<f32>(pulls + (row << 3), inverse / radius, 4);
  }
}

function sumOf(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

/**
 * Multiplies `pulls` of rows `from` to `to` (without it) by how much the correlation gains where the row's radius grows. Every
 * thread goes through all radii in the same order to know their mean and deviation, which is sooner done than a meeting.
 * @param wanted rows of float32: the logarithms of the radii among the vectors, of mean 0 and variance 1
 * @param shift added to the variance
 */
export function weighRows(
  from: i32,
  to: i32,
  rows: i32,
  offsets: usize,
  radii: usize,
  wanted: usize,
  pulls: usize,
  shift: f32,
): void {
  let count: f64 = 0;
  let sum: f64 = 0;
  let products: f64 = 0;
  let squares: f64 = 0;
  for (let row = 0; row < rows; row++) {
    if (load<i32>(offsets + (row << 2)) === load<i32>(offsets + (row << 2), 4)) continue;
    const radius = <f64>load<f32>(radii + (row << 2));
    count += 1;
    sum += radius;
    squares += radius * radius;
    products += radius * <f64>load<f32>(wanted + (row << 2));
  }
  const mean = sum / count;
  const variance = squares / count - mean * mean + <f64>shift;
  const slope = products / (count - 1) / variance;
  const deviation = Math.sqrt(variance);
  for (let row = from; row < to; row++) {
    const apart = <f64>load<f32>(radii + (row << 2)) - mean;
    const gain = <f32>((<f64>load<f32>(wanted + (row << 2)) - slope * apart) / deviation);
    const pull = pulls + (row << 3);
    store<f32>(pull, load<f32>(pull) * gain);
    store<f32>(pull, load<f32>(pull, 4) * gain, 4);
  }
}

/**
 * Moves both rows of the edges `from` to `to` (without it) that are due, nearer or farther, by the gradient of the term. Steps
 * of four edges are found from where their rows stood before any of them moved. `due` is not advanced.
 * @param pulls of `weighRows`
 * @param strength of the term for an edge of period 1
 */
export function pressEdges(
  from: i32,
  to: i32,
  epoch: f32,
  points: usize,
  tails: usize,
  heads: usize,
  periods: usize,
  due: usize,
  pulls: usize,
  rate: f32,
  a: f32,
  b: f32,
  strength: f32,
): void {
  const now = f32x4.splat(epoch);
  const one = f32x4.splat(1);
  const factor = f32x4.splat(a);
  const exponent = f32x4.splat(b);
  const slope = f32x4.splat(a * b);
  const double = f32x4.splat(2 * strength);
  const gain = f32x4.splat(rate);
  for (let four = from; four < to; four += 4) {
    const ready = i32x4.bitmask(f32x4.le(v128.load(due + (four << 2)), now));
    if (ready === 0) continue;
    const tail = v128.load(tails + (four << 2));
    const head = v128.load(heads + (four << 2));
    const d0 = apart(points, i32x4.extract_lane(tail, 0), i32x4.extract_lane(head, 0));
    const d1 = apart(points, i32x4.extract_lane(tail, 1), i32x4.extract_lane(head, 1));
    const d2 = apart(points, i32x4.extract_lane(tail, 2), i32x4.extract_lane(head, 2));
    const d3 = apart(points, i32x4.extract_lane(tail, 3), i32x4.extract_lane(head, 3));
    const positive = f32x4.pmax(squaresOf(d0, d1, d2, d3), f32x4.splat(tiny));
    const power = powerOf(positive, exponent);
    const share = f32x4.div(one, f32x4.add(one, f32x4.mul(factor, power)));
    const p01 = f32x4.add(pullsOf(pulls, tail, 0), pullsOf(pulls, head, 0));
    const p23 = f32x4.add(pullsOf(pulls, tail, 2), pullsOf(pulls, head, 2));
    // Of both rows together, an edge a lane.
    const plain = i8x16.shuffle(p01, p23, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
    const overRadius = i8x16.shuffle(p01, p23, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
    const nearer = f32x4.sub(one, f32x4.mul(exponent, f32x4.sub(one, share)));
    const steeper = f32x4.div(f32x4.mul(slope, f32x4.mul(power, share)), positive);
    const sum = f32x4.add(f32x4.mul(nearer, overRadius), f32x4.mul(steeper, plain));
    const period = v128.load(periods + (four << 2));
    const force = f32x4.mul(f32x4.mul(double, period), f32x4.mul(share, sum));
    const step0 = f32x4.mul(clip(f32x4.mul(spread(force, 0), d0)), gain);
    const step1 = f32x4.mul(clip(f32x4.mul(spread(force, 1), d1)), gain);
    const step2 = f32x4.mul(clip(f32x4.mul(spread(force, 2), d2)), gain);
    const step3 = f32x4.mul(clip(f32x4.mul(spread(force, 3), d3)), gain);
    if (ready & 1) part(points, i32x4.extract_lane(tail, 0), i32x4.extract_lane(head, 0), step0);
    if (ready & 2) part(points, i32x4.extract_lane(tail, 1), i32x4.extract_lane(head, 1), step1);
    if (ready & 4) part(points, i32x4.extract_lane(tail, 2), i32x4.extract_lane(head, 2), step2);
    if (ready & 8) part(points, i32x4.extract_lane(tail, 3), i32x4.extract_lane(head, 3), step3);
  }
}

function apart(points: usize, tail: i32, head: i32): v128 {
  return f32x4.sub(v128.load(points + (tail << 4)), v128.load(points + (head << 4)));
}

/** The two pulls of the row in lane `lane` (0 or 2), and of that in the next. */
function pullsOf(pulls: usize, rows: v128, lane: i32): v128 {
  const first = lane === 0 ? i32x4.extract_lane(rows, 0) : i32x4.extract_lane(rows, 2);
  const second = lane === 0 ? i32x4.extract_lane(rows, 1) : i32x4.extract_lane(rows, 3);
  return v128.load64_lane(pulls + (second << 3), v128.load64_zero(pulls + (first << 3)), 1);
}

function part(points: usize, tail: i32, head: i32, step: v128): void {
  v128.store(points + (tail << 4), f32x4.add(v128.load(points + (tail << 4)), step));
  v128.store(points + (head << 4), f32x4.sub(v128.load(points + (head << 4)), step));
}
