/** The words of a text, and the text without one of them. */

/** A word and where it stands, in UTF-16 units. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands between blanks and punctuation; apostrophes and hyphens inside a word, and marks such as emoji, belong to it. */
const pattern = /[^\s\p{P}\p{C}](?:[^\s\p{P}\p{C}]|\p{Cf}|['’-](?=[^\s\p{P}\p{C}]))*/gu;

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(pattern)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
}

/** `text` without the word, and without the blank that it leaves. */
export function withoutWord(text: string, { start, end }: Word): string {
  const before = text.slice(0, start);
  const after = text.slice(end);
  return /(^|\s)$/.test(before) ? before + after.trimStart() : before + after;
}

/** Words of a text that are left out one by one, at most: each costs a run of the model over the whole text. */
export const mostWords = 128;

/** The words that can be left out: the first `mostWords`, and none where the text has one word only, as nothing would be left. */
export function removable(text: string): Word[] {
  const words = wordsOf(text);
  return words.length === 1 ? [] : words.slice(0, mostWords);
}
