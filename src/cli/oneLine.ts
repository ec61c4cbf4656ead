/**
 * A text on one line: line ends, tabs and other control characters become blanks. They would break a table, and a terminal
 * would obey them.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
