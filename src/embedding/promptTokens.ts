/** Which tokens of a prompted text belong to the prompt. Tokenizers say no places, so letters are compared. */
import type { MarkedToken, Token } from '../inspections';

/**
 * `tokens` of a text inside `prompt` (which has `{text}` in it), marked. A token in which prompt and text meet is the text's, as is
 * every token of a prompt from its first unknown one on. Of a truncated text the prompt's end was not read.
 */
export function markPrompt(tokens: readonly Token[], prompt: string, truncated: boolean): MarkedToken[] {
  const [before = '', after = ''] = prompt.split('{text}').map(lettersOf);
  const own = tokens.flatMap(({ special }, i) => (special ? [] : [i]));
  const lead = covered(tokens, own, (found) => before.startsWith(found), before.length, false);
  const rest = own.slice(lead).reverse();
  const tail = truncated ? 0 : covered(tokens, rest, (found) => after.endsWith(found), after.length, true);
  const marked = new Set([...own.slice(0, lead), ...rest.slice(0, tail)]);
  return tokens.map((token, i) => ({ ...token, prompt: marked.has(i) }));
}

/** How many tokens at `places`, in that order, the letters cover. */
function covered(
  tokens: readonly Token[],
  places: readonly number[],
  isCovered: (found: string) => boolean,
  letters: number,
  backwards: boolean,
): number {
  let found = '';
  let count = 0;
  for (const place of places) {
    const { text, unknown } = tokens[place]!;
    if (found.length >= letters || unknown) break;
    found = backwards ? lettersOf(text) + found : found + lettersOf(text);
    if (!isCovered(found)) break;
    count++;
  }
  return count;
}

/** What is the same before and after either model's normaliser: no blanks, no accents, no case. */
function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\s␣]+/gu, '')
    .toLowerCase();
}
