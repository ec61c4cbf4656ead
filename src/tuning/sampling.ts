/** Pairs drawn at random from labelled things: of one label, or of two. */
import type { Random } from '../projection/random';

/** Two numbers, the smaller first. */
type Two = readonly [number, number];

/** The things that have a label (0 or above), by label, and where each label's begin. */
interface Sorted {
  readonly things: Int32Array;
  /** Label l has things[starts[l]] to things[starts[l + 1] - 1]. */
  readonly starts: Int32Array;
}

/** How many pairs there are, and those that were drawn: all, or `most` of them, each of equal chance and none twice. */
export interface Drawn {
  readonly total: number;
  readonly pairs: readonly Two[];
}

/** Pairs of things of one label. `labels` numbers them from 0, -1 for things that take no part. */
export function drawWithin(labels: Int32Array, most: number, random: Random): Drawn {
  const { things, starts } = sortByLabel(labels);
  const sizes = sizesOf(starts);
  return draw(
    sizes.map((size) => size * (size - 1)),
    most,
    random,
    (label, place) => {
      const size = sizes[label]!;
      const first = Math.floor(place / (size - 1));
      const second = place % (size - 1);
      return [things[starts[label]! + first]!, things[starts[label]! + second + Number(second >= first)]!];
    },
  );
}

/** Pairs of things of two labels. */
export function drawAcross(labels: Int32Array, most: number, random: Random): Drawn {
  const { things, starts } = sortByLabel(labels);
  const sizes = sizesOf(starts);
  const all = things.length;
  return draw(
    sizes.map((size) => size * (all - size)),
    most,
    random,
    (label, place) => {
      const size = sizes[label]!;
      const outside = Math.floor(place / size);
      const other = outside >= starts[label]! ? outside + size : outside;
      return [things[starts[label]! + (place % size)]!, things[other]!];
    },
  );
}

/** `weights` says how many ordered pairs begin in each label; `pairAt` numbers them. */
function draw(
  weights: readonly number[],
  most: number,
  random: Random,
  pairAt: (label: number, place: number) => Two,
): Drawn {
  const ordered = weights.reduce((sum, weight) => sum + weight, 0);
  const total = ordered / 2;
  const found = new Map<string, Two>();
  const take = ([a, b]: Two): void => {
    const two: Two = a < b ? [a, b] : [b, a];
    found.set(two.join(), two);
  };
  // Of few pairs the last would be met late by chance: all are made, and shuffled.
  if (total <= 2 * most) {
    weights.forEach((weight, label) => {
      for (let place = 0; place < weight; place++) take(pairAt(label, place));
    });
    const pairs = [...found.values()];
    shuffle(pairs, random);
    return { total, pairs: pairs.slice(0, most) };
  }
  while (found.size < most) {
    let place = Math.floor(random() * ordered);
    let label = 0;
    while (place >= weights[label]!) place -= weights[label++]!;
    take(pairAt(label, place));
  }
  return { total, pairs: [...found.values()] };
}

/** Fisher and Yates, in place. */
export function shuffle<T>(list: T[], random: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}

function sortByLabel(labels: Int32Array): Sorted {
  const count = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const starts = new Int32Array(count + 1);
  for (const label of labels) if (label >= 0) starts[label + 1]!++;
  for (let label = 0; label < count; label++) starts[label + 1]! += starts[label]!;
  const things = new Int32Array(starts[count]!);
  const next = starts.slice();
  labels.forEach((label, thing) => {
    if (label >= 0) things[next[label]!++] = thing;
  });
  return { things, starts };
}

function sizesOf(starts: Int32Array): number[] {
  return Array.from(starts.subarray(1), (end, label) => end - starts[label]!);
}
