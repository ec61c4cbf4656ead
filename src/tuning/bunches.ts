/** Pairs of texts that stand in bunches: two of one that should be close, and two of different ones that should be apart. */
import type { TextPair } from '../adapters';
import { textKey } from '../data/typed';
import { createRandom } from '../projection/random';
import { drawAcross, drawWithin } from './sampling';

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
