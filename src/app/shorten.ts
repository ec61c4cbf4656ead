/** `text`, or its beginning and an ellipsis: at most `length` characters, counted as a person does (code points). */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}
