/** Where JSON stops being JSON. Engines word and place their own messages differently, or not at all. */

const space = /[ \t\r\n]*/y;
// Inside a string: what is no quote, backslash or control character.
const token =
  /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/y;

type Wanted = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'colon' | 'commaOrClose' | 'end';

/** Index of the first character of `text` at which it cannot be JSON (its length if it only ends too early); -1 if it is JSON. */
export function findJsonError(text: string): number {
  const open: ('[' | '{')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    at += space.exec(text)![0].length;
    if (at === text.length) return wanted === 'end' ? -1 : at;
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) return at;
    const next = afterToken(found, wanted, open);
    if (next === undefined) return at;
    wanted = next;
    at += found.length;
  }
}

/** What must follow `found`, or undefined if it must not stand where `wanted` does; `open` is the stack of open brackets. */
function afterToken(found: string, wanted: Wanted, open: ('[' | '{')[]): Wanted | undefined {
  const afterValue = () => (open.length === 0 ? 'end' : 'commaOrClose');
  const takesValue = wanted === 'value' || wanted === 'valueOrClose';
  switch (found) {
    case '[':
    case '{':
      if (!takesValue) return undefined;
      open.push(found);
      return found === '[' ? 'valueOrClose' : 'keyOrClose';
    case ']':
    case '}':
      if (open.at(-1) !== (found === ']' ? '[' : '{')) return undefined;
      if (wanted !== 'commaOrClose' && wanted !== (found === ']' ? 'valueOrClose' : 'keyOrClose')) return undefined;
      open.pop();
      return afterValue();
    case ',':
      return wanted === 'commaOrClose' ? (open.at(-1) === '[' ? 'value' : 'key') : undefined;
    case ':':
      return wanted === 'colon' ? 'value' : undefined;
    default:
      if (takesValue) return afterValue();
      return found.startsWith('"') && (wanted === 'key' || wanted === 'keyOrClose') ? 'colon' : undefined;
  }
}
