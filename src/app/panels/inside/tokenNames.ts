import type { Token } from '../../../inspections';

/** Goes before a token that goes on with a word. */
const joint = '·';

/** A token as the page writes it. */
export function tokenName({ text, continues }: Token): string {
  return continues ? joint + text : text;
}

/** The same where there is little room: at most `length` characters. */
export function shortTokenName(token: Token, length: number): string {
  const characters = [...tokenName(token)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}
