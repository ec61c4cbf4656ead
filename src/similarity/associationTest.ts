/**
 * What chance and the choice of words make of an association test: a permutation test of the difference between the target sets, and
 * a bootstrap interval of the effect size.
 */
import type { Association, Permutation } from '../association';
import { Pace, type WorkHooks } from '../pace';
import {
  associations,
  byWord,
  type CosineTable,
  cosineTable,
  effectOf,
  relativeNormDistance,
  type TestVectors,
} from './association';

/** Partitions are all looked at up to here: those of 12 words a set are 2,704,156 (30 ms), of 13 they would be 10,400,600. */
export const mostExact = 3_000_000;

/** With ten seeds the ends moved by at most 0.06 (MiniLM, names with career and family, 8 words a set); of 2,000 resamples by 0.12 with six. */
const resamples = 10_000;
const level = 0.95;

/** Sums that differ by less, as a share of what is summed up, differ by rounding: such partitions are ties. */
const tie = 1e-12;

export interface TestOptions {
  /** Draws numbers from 0 to below 1; the same ones for the same seed. */
  readonly random: () => number;
  /** Partitions that are drawn where there are more than `mostExact`. */
  readonly permutations: number;
}

/**
 * The whole test. X, Y, A and B have at least one word each. What is dealt out and drawn is words, each with all its sentences. Progress
 * counts partitions that are drawn.
 */
export async function testAssociation(
  vectors: TestVectors,
  { random, permutations }: TestOptions,
  hooks: WorkHooks = {},
): Promise<Association> {
  const table = cosineTable(vectors);
  const parted = await partTargets(table, { random, permutations }, hooks);
  return {
    ...parted,
    interval: await bootstrap(table, random, hooks),
    rnd: {
      a: relativeNormDistance(vectors.a, vectors.x, vectors.y),
      b: relativeNormDistance(vectors.b, vectors.x, vectors.y),
    },
  };
}

/** How far the target words are apart on the way from B to A: of each, together, and by chance. */
export async function partTargets(table: CosineTable, options: TestOptions, hooks: WorkHooks) {
  const { words, sentences } = table;
  const values = associations(table);
  const inWords = byWord(values, sentences);
  return {
    ...effectOf(values, words.x * sentences),
    permutation: await permute(inWords, words.x, options, hooks),
    x: inWords.slice(0, words.x),
    y: inWords.slice(words.x),
  };
}

/**
 * The one-sided permutation test: among the partitions of all `values` into two halves, the share whose difference is at least that of
 * the first `inX` values with the others. All partitions are looked at where they are at most `mostExact`. Otherwise they are drawn, and
 * the one that was found is counted as one more, so that p is never 0 (Phipson & Smyth 2010, doi:10.2202/1544-6115.1585). Undefined where
 * the sets are not of equal size.
 */
export async function permute(
  values: Float64Array,
  inX: number,
  { random, permutations }: TestOptions,
  hooks: WorkHooks = {},
): Promise<Permutation | undefined> {
  if (2 * inX !== values.length) return undefined;
  // Of what all partitions share, the sum of all values, nothing needs to be known: the greater the sum of one half, the greater the
  // difference.
  const scale = values.reduce((sum, value) => sum + Math.abs(value), 0);
  const least = values.slice(0, inX).reduce((sum, value) => sum + value, 0) - tie * scale;
  const all = countHalves(values.length);
  if (all <= mostExact) return { p: countAtLeast(values, inX, least) / all, partitions: all, exact: true };
  const hits = await drawAtLeast(values, inX, least, { random, permutations }, hooks);
  return { p: (hits + 1) / (permutations + 1), partitions: permutations + 1, exact: false };
}

/** How many ways there are to choose half of `count` things, an even number. */
export function countHalves(count: number): number {
  let ways = 1;
  // Whole at every step: it is the number of ways to choose i + 1 things.
  for (let i = 0; i < count / 2; i++) ways = (ways * (count - i)) / (i + 1);
  return Math.round(ways);
}

/** Of all ways to choose `wanted` values, those that sum up to at least `least`. */
function countAtLeast(values: Float64Array, wanted: number, least: number): number {
  const choose = (first: number, left: number, sum: number): number => {
    if (left === 0) return sum >= least ? 1 : 0;
    let hits = 0;
    for (let i = first; i <= values.length - left; i++) hits += choose(i + 1, left - 1, sum + values[i]!);
    return hits;
  };
  return choose(0, wanted, 0);
}

async function drawAtLeast(
  values: Float64Array,
  wanted: number,
  least: number,
  { random, permutations }: TestOptions,
  { onProgress, signal }: WorkHooks,
): Promise<number> {
  const pace = new Pace(signal);
  const dealt = values.slice();
  let hits = 0;
  for (let draw = 0; draw < permutations; draw++) {
    let sum = 0;
    for (let i = 0; i < wanted; i++) {
      const j = i + Math.floor(random() * (dealt.length - i));
      const value = dealt[j]!;
      dealt[j] = dealt[i]!;
      dealt[i] = value;
      sum += value;
    }
    if (sum >= least) hits++;
    if (draw % 1024 === 0 && pace.due) {
      onProgress?.({ stage: 'permutations', done: draw, total: permutations });
      await pace.rest();
    }
  }
  return hits;
}

/**
 * The percentile bootstrap of the effect size (Efron & Tibshirani 1993): words are drawn anew, with replacement, within each of the
 * four sets. It tells how far the result hangs on these words; of few words it is wide. Draws without any spread are left out.
 */
export async function bootstrap(
  { cosines, words, sentences }: CosineTable,
  random: () => number,
  { signal }: WorkHooks = {},
): Promise<Association['interval']> {
  const pace = new Pace(signal);
  const columns = words.a + words.b;
  const values = new Float64Array((words.x + words.y) * sentences);
  const weights = new Float64Array(columns);
  const effects: number[] = [];
  const deal = (count: number) => Math.floor(random() * count);
  for (let draw = 0; draw < resamples; draw++) {
    weights.fill(0);
    for (let i = 0; i < words.a; i++) weights[deal(words.a)]! += 1 / words.a;
    for (let i = 0; i < words.b; i++) weights[words.a + deal(words.b)]! -= 1 / words.b;
    for (let i = 0; i < words.x + words.y; i++) {
      const word = i < words.x ? deal(words.x) : words.x + deal(words.y);
      for (let s = 0; s < sentences; s++) {
        const from = (word * sentences + s) * columns;
        let value = 0;
        for (let j = 0; j < columns; j++) value += weights[j]! * cosines[from + j]!;
        values[i * sentences + s] = value;
      }
    }
    const { effectSize } = effectOf(values, words.x * sentences);
    if (!Number.isNaN(effectSize)) effects.push(effectSize);
    if (pace.due) await pace.rest();
  }
  const ascending = Float64Array.from(effects).sort();
  const outside = (1 - level) / 2;
  return { low: quantile(ascending, outside), high: quantile(ascending, 1 - outside), level };
}

/** The value below which `share` of `ascending` lies, interpolated between its two neighbours; NaN of none. */
export function quantile(ascending: Float64Array, share: number): number {
  const at = share * (ascending.length - 1);
  const low = ascending[Math.floor(at)] ?? NaN;
  const high = ascending[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}
