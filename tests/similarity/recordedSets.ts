/** The vectors and figures that association.py recorded. */
import type { TestVectors } from '../../src/similarity/association';
import type { Matrix } from '../../src/types';
import { takeRows } from '../../src/vectors';
import recorded from './association.json';

const bytes = Uint8Array.from(atob(recorded.vectors), (character) => character.charCodeAt(0));
export const all: Matrix = { data: new Float32Array(bytes.buffer), rows: recorded.words.length, dim: recorded.dim };

export const { cases, component } = recorded;

type Words = (typeof cases)[number]['words'];

export function vectorsOf(words: Words, sentences = 1): TestVectors {
  const rows = (texts: readonly string[]) =>
    takeRows(
      all,
      texts.map((text) => recorded.words.indexOf(text)),
    );
  return { x: rows(words.X), y: rows(words.Y), a: rows(words.A), b: rows(words.B), sentences };
}
