/** Pairs of texts: drawn from groups, and made ready for training, each two texts once, with unlike pairs where none was given. */
import type { PreparedPairs, RowPair, TextPair } from '../adapters';
import { textKey } from '../data/typed';
import { InputError } from '../errors';
import { createRandom } from '../projection/random';
import { DisjointSets } from '../similarity/disjointSets';
import { drawAcross, drawWithin } from './sampling';

/**
 * Each two texts once, whichever comes first: of pairs that contradict each other the later one counts. Without unlike pairs, as many
 * pairs of texts that no alike pairs join stand in for them, drawn by `seed`: training needs both kinds.
 * Throws `tuningNoPairs`, `tuningOnlyUnlike`, or `tuningAllAlike` where alike pairs join all texts and none is unlike.
 */
export function preparePairs(given: readonly TextPair[], seed: number): PreparedPairs {
  const rows = new Map<string, number>();
  const texts: string[] = [];
  const rowOf = (text: string): number => {
    const key = textKey(text);
    const known = rows.get(key);
    if (known !== undefined) return known;
    rows.set(key, texts.length);
    return texts.push(text) - 1;
  };
  const pairs = new Map<string, RowPair>();
  let [repeated, contradicting, selves] = [0, 0, 0];
  for (const { a, b, alike } of given) {
    if (textKey(a) === textKey(b)) {
      selves++;
      continue;
    }
    const [first, second] = [rowOf(a), rowOf(b)].sort((one, other) => one - other) as [number, number];
    const key = `${first},${second}`;
    const before = pairs.get(key);
    if (before?.alike === alike) repeated++;
    else if (before) contradicting++;
    pairs.set(key, { a: first, b: second, alike });
  }
  const kept = [...pairs.values()];
  if (kept.length === 0) throw new InputError('tuningNoPairs');
  if (!kept.some(({ alike }) => alike)) throw new InputError('tuningOnlyUnlike', { pairs: kept.length });
  const drawn = kept.every(({ alike }) => alike) ? standIns(kept, texts.length, seed) : [];
  return { texts, pairs: [...kept, ...drawn], repeated, contradicting, selves, drawn: drawn.length };
}

/** By row: equal numbers, from 0, where alike pairs join two texts, directly or through others. */
export function joinedRows(pairs: readonly RowPair[], rows: number): Int32Array {
  const sets = new DisjointSets(rows);
  for (const { a, b, alike } of pairs) if (alike) sets.unite(a, b);
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const set = sets.find(row);
    const number = numbers.get(set) ?? numbers.size;
    numbers.set(set, number);
    return number;
  });
}

function standIns(pairs: readonly RowPair[], rows: number, seed: number): RowPair[] {
  const { pairs: drawn } = drawAcross(joinedRows(pairs, rows), pairs.length, createRandom(seed));
  if (drawn.length === 0) throw new InputError('tuningAllAlike', { pairs: pairs.length, texts: rows });
  return drawn.map(([a, b]) => ({ a, b, alike: false }));
}

/** Pairs by the groups of texts, and how many there are of each kind. */
export interface GroupPairs {
  readonly pairs: readonly TextPair[];
  readonly alike: number;
  readonly unlike: number;
  readonly allAlike: number;
  readonly allUnlike: number;
}

/**
 * Alike pairs of texts of one group and unlike ones of two groups, at most `most` in all, as many of either kind where there are. Texts
 * without a group take no part.
 */
export function pairsOfGroups(
  items: readonly { readonly text: string; readonly group?: string }[],
  most: number,
  seed: number,
): GroupPairs {
  const numbers = new Map<string, number>();
  const labels = Int32Array.from(items, ({ group }) => {
    if (group === undefined) return -1;
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
  const random = createRandom(seed);
  const within = drawWithin(labels, Math.floor(most / 2), random);
  const across = drawAcross(labels, Math.floor(most / 2), random);
  const named =
    (alike: boolean) =>
    ([a, b]: readonly [number, number]): TextPair => ({ a: items[a]!.text, b: items[b]!.text, alike });
  return {
    pairs: [...within.pairs.map(named(true)), ...across.pairs.map(named(false))],
    alike: within.pairs.length,
    unlike: across.pairs.length,
    allAlike: within.total,
    allUnlike: across.total,
  };
}

/** Those that stand together: two of a bunch should be close, or two of different ones apart. */
type Texts = readonly string[];

/**
 * Alike pairs of texts of one bunch of `close`, and unlike ones of two bunches of `apart`, each two texts once; at most half of `most` of either
 * kind, drawn by `seed`. A text of several bunches of `apart` has no side there, and two that are to be close are not held apart.
 */
export function pairsOfBunches(
  close: readonly Texts[],
  apart: readonly Texts[],
  most: number,
  seed: number,
): readonly TextPair[] {
  const random = createRandom(seed);
  const half = Math.floor(most / 2);
  const together = occurrencesOf(close);
  const alike = new Map<string, TextPair>();
  for (const [i, j] of drawWithin(together.labels, half, random).pairs) {
    const pair = { a: together.texts[i]!, b: together.texts[j]!, alike: true };
    alike.set(keyOf(pair), pair);
  }
  const members = close.map((texts) => new Set(texts.map(textKey)));
  const sided = occurrencesOf(apart);
  const sides = new Map<string, number>();
  for (const text of sided.texts) sides.set(textKey(text), (sides.get(textKey(text)) ?? 0) + 1);
  const labels = sided.labels.map((label, i) => (sides.get(textKey(sided.texts[i]!)) === 1 ? label : -1));
  const unlike = drawAcross(labels, half, random)
    .pairs.map(([i, j]): TextPair => ({ a: sided.texts[i]!, b: sided.texts[j]!, alike: false }))
    .filter(({ a, b }) => !members.some((bunch) => bunch.has(textKey(a)) && bunch.has(textKey(b))));
  return [...alike.values(), ...unlike];
}

/** Equal for the same two texts, whichever comes first. */
export function keyOf({ a, b }: { readonly a: string; readonly b: string }): string {
  return JSON.stringify([textKey(a), textKey(b)].sort());
}

/** The texts of each bunch, one after another, and which bunch each is of. */
function occurrencesOf(bunches: readonly Texts[]): { readonly texts: Texts; readonly labels: Int32Array } {
  const own = bunches.map((texts) => [...new Map(texts.map((text) => [textKey(text), text])).values()]);
  return { texts: own.flat(), labels: Int32Array.from(own.flatMap((texts, label) => texts.map(() => label))) };
}
