/** Word sets of an association test as a JSON file: {"X", "Y", "A", "B"}, arrays of texts, and {"names"} by set. */
import { setKeys, type SetKey, type WordSet, type WordSets } from '../association';
import { InputError } from '../errors';
import { parseJsonText } from './json';
import { isObject } from './jsonEntries';
import { excerpt } from './table';
import { decodeText } from './text';
import { textKey } from './typed';

/** The words of a set, of which each counts once, and as a person may have typed them: without blanks around, none empty. */
export function tidyWords(words: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const word of words.map((word) => word.trim())) {
    const key = textKey(word);
    if (key !== '' && !seen.has(key)) seen.set(key, word);
  }
  return [...seen.values()];
}

/**
 * Reads the sets; other keys are passed over. Throws an InputError when the text is no JSON (line and column), is no object, or lacks an
 * array of texts at one of the four keys; and as `decodeText` does.
 */
export function parseWordSets(file: string, bytes: Uint8Array): WordSets {
  const value = parseJsonText(file, decodeText(file, bytes));
  if (!isObject(value)) throw new InputError('wordSetsShape', { file, key: 'X', found: excerpt(value) });
  const names = isObject(value['names']) ? value['names'] : {};
  const read = (key: SetKey): WordSet => {
    const given: readonly unknown[] = Array.isArray(value[key]) ? value[key] : [value[key]];
    const words = given.filter(isText);
    if (!Array.isArray(value[key]) || words.length < given.length)
      throw new InputError('wordSetsShape', {
        file,
        key,
        found: excerpt(given.find((word) => !isText(word)) ?? given[0]),
      });
    const name = names[key];
    return { name: isText(name) && name.trim() !== '' ? name.trim() : key, words: tidyWords(words) };
  };
  return { X: read('X'), Y: read('Y'), A: read('A'), B: read('B') };
}

/** Writes what `parseWordSets` reads. */
export function writeWordSets(sets: WordSets): string {
  const by = <Value>(of: (set: WordSet) => Value) => Object.fromEntries(setKeys.map((key) => [key, of(sets[key])]));
  return `${JSON.stringify({ names: by(({ name }) => name), ...by(({ words }) => words) }, null, 2)}\n`;
}

const isText = (value: unknown): value is string => typeof value === 'string';
