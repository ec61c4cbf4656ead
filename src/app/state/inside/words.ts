/** The words of a set as a person types them into one field. */
import { tidyWords } from '../../../data/wordSets';

/** What stands between commas, semicolons and lines; in quotes it is one word, whatever it has in it. */
export function wordsIn(typed: string): string[] {
  const pieces = typed.matchAll(/(?<=^|[,;\n])[^\S\n]*"([^"]*)"[^\S\n]*(?=$|[,;\n])|[^,;\n]+/g);
  return tidyWords(Array.from(pieces, ([piece, quoted]) => quoted ?? piece));
}

/** What `wordsIn` reads back. */
export function writeWords(words: readonly string[]): string {
  return words.map((word) => (/[,;\n]/.test(word) ? `"${word.replaceAll('"', "'")}"` : word)).join(', ');
}
