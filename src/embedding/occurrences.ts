/** Where a word stands among the tokens of a text. */
import type { Token } from '../inspections';

/** The tokens of one occurrence: `end` is the first that is not its own. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

const blank = '␣';
const wordLike = /[\p{L}\p{N}\p{M}]/u;

/**
 * Every place where `word` (its tokens, cut alone, without special ones) stands in `tokens`, from the token `from` to before
 * `to`. What is compared is what the tokenizer made of both, in lower case, piece by piece joined: so a word is found however it
 * was cut beside punctuation, and in capitals; accents count where the tokenizer keeps them. A part of a longer word is none.
 */
export function findOccurrences(
  tokens: readonly Token[],
  word: readonly Token[],
  from = 0,
  to = tokens.length,
): TokenSpan[] {
  const wanted = joined(word);
  const found: TokenSpan[] = [];
  if (wanted === '' || word.some(({ unknown }) => unknown)) return found;
  for (let start = from; start < to; start++) {
    if (tokens[start]!.special || tokens[start]!.text === blank || isInsideWord(tokens, start)) continue;
    for (let end = start + 1; end <= to && !tokens[end - 1]!.special; end++) {
      const piece = joined(tokens.slice(start, end));
      if (piece.length < wanted.length) continue;
      if (piece === wanted && !isInsideWord(tokens, end)) {
        found.push({ start, end });
        start = end - 1;
      }
      break;
    }
  }
  return found;
}

/** As a text: a blank before every token that begins a word. */
function joined(tokens: readonly Token[]): string {
  return tokens
    .map(({ text, continues }, i) => (continues || i === 0 ? '' : ' ') + (text === blank ? '' : text))
    .join('')
    .trim()
    .toLowerCase();
}

/** Whether the boundary before `at` runs through a word. */
function isInsideWord(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at];
  if (!before || !after?.continues || before.text === blank) return false;
  return wordLike.test([...before.text].at(-1) ?? '') && wordLike.test([...after.text][0] ?? '');
}
