/** `text`, or its beginning and an ellipsis: at most `length` characters, counted as a person does (code points). */
export function shorten(text: string, length: number): string {
  // Of a long text no more is looked at than decides it: a character is at most two units.
  const characters = [...text.slice(0, 2 * length + 2)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}
