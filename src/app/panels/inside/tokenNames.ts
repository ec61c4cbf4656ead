import type { Token } from '../../../inspections';
import { shorten } from '../../../shorten';

/** Goes before a token that goes on with a word. */
const joint = '·';

/** A token as the page writes it. */
export function tokenName({ text, continues }: Token): string {
  return continues ? joint + text : text;
}

/** The same where there is little room: at most `length` characters. */
export function shortTokenName(token: Token, length: number): string {
  return shorten(tokenName(token), length);
}
