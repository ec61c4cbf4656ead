// @ts-check
/** Texts of the benchmarks: the words of the English starter, and what rules without chance make of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.js';

/** @returns {string[]} the words of the starter, without their groups */
export function readWords() {
  const lines = readFileSync(join(root, 'public/starters/english-words.csv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.slice(0, line.lastIndexOf(',')));
}

/**
 * `count` different texts of two words each: a word, and one that stands further down the list each time around.
 *
 * @param {number} count at most words x (words - 1)
 */
export function makePairs(count) {
  const words = readWords();
  return Array.from({ length: count }, (_, i) => {
    const further = 1 + ((7 * Math.floor(i / words.length)) % (words.length - 1));
    return `${words[i % words.length]} ${words[(i + further) % words.length]}`;
  });
}

/**
 * `count` different sentences of 4 to 20 words, so that lengths differ as those of real sentences do.
 *
 * @param {number} count at most 100,000
 */
export function makeSentences(count) {
  const words = readWords();
  return Array.from({ length: count }, (_, i) => {
    const length = 4 + ((7 * i) % 17);
    const turn = Math.floor(i / words.length);
    const chosen = Array.from({ length }, (_, at) => words[(31 * i + 17 * at + turn * at * at) % words.length]);
    return `The ${chosen.join(' ')}.`;
  });
}
