/** What sets of words need for a test of association, and what makes its result weak. */
import { setKeys, type SetKey, type WordSets } from '../association';
import { InputError } from '../errors';
import { countHalves } from './associationTest';

/** Words that a set needs at least, and with which it begins to tell something; Caliskan et al. have 8 to 32. */
export const fewest = 2;
export const better = 8;
/** Words of a set at most: a test of four such sets takes seconds, and its time grows with the square. */
export const mostWords = 200;

/** Something that does not forbid the test, but that its reader should know. */
export type Caution =
  /** X and Y have different numbers of words, so there is no permutation test. */
  | { readonly kind: 'unequal'; readonly x: number; readonly y: number }
  /** The smallest p that these sets can give is large, because they are small. */
  | { readonly kind: 'few'; readonly words: number; readonly least: number }
  /** A target word is an attribute too, and like itself. */
  | { readonly kind: 'shared'; readonly word: string; readonly target: SetKey; readonly attribute: SetKey };

/**
 * Throws an InputError for a set that is too small or too large, and for a word that is in both target sets, or in both attribute sets;
 * `keyOf` says when two words are one.
 */
export function checkSets(sets: WordSets, keyOf: (word: string) => string): readonly Caution[] {
  for (const key of setKeys) {
    const found = sets[key].words.length;
    if (found < fewest) throw new InputError('wordSetSmall', { set: key, found, fewest, better });
    if (found > mostWords) throw new InputError('wordSetLarge', { set: key, found, most: mostWords });
  }
  const shared = (a: SetKey, b: SetKey) => {
    const inA = new Set(sets[a].words.map(keyOf));
    return sets[b].words.filter((word) => inA.has(keyOf(word)));
  };
  for (const [a, b] of [
    ['X', 'Y'],
    ['A', 'B'],
  ] as const) {
    const [word] = shared(a, b);
    if (word !== undefined) throw new InputError('wordSetShared', { word, a, b });
  }
  const [x, y] = [sets.X.words.length, sets.Y.words.length];
  const smallest = Math.min(...setKeys.map((key) => sets[key].words.length));
  return [
    ...(x === y ? [] : [{ kind: 'unequal', x, y } as const]),
    ...(smallest < better
      ? [{ kind: 'few', words: smallest, least: 1 / countHalves(2 * Math.min(x, y)) } as const]
      : []),
    ...(['X', 'Y'] as const).flatMap((target) =>
      (['A', 'B'] as const).flatMap((attribute) =>
        shared(target, attribute).map((word) => ({ kind: 'shared', word, target, attribute }) as const),
      ),
    ),
  ];
}
