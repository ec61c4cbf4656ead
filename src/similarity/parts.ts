/** What is read out of the parts of a cosine (`embedding/cosineParts.ts`): sums, words, the strongest pairs. */
import type { Explanation, MarkedToken, ReadText } from '../inspections';
import { topK } from '../vectors';

/** Sums of parts, in float64. */
export interface PartSums {
  readonly total: number;
  readonly positive: number;
  readonly negative: number;
}

/** A pair of tokens by their places, and what it gives. */
export interface PartPair {
  readonly a: number;
  readonly b: number;
  readonly part: number;
}

export function sumParts(parts: Float32Array): PartSums {
  let positive = 0;
  let negative = 0;
  for (const part of parts) {
    if (part > 0) positive += part;
    else negative += part;
  }
  return { total: positive + negative, positive, negative };
}

/** Tokens that are nobody's words: the tokenizer's own and the prompt's. */
export function isMarked({ special, prompt }: MarkedToken): boolean {
  return special || prompt;
}

/** The same parts by words: those of a word's tokens are summed, so that the whole is what it was. */
export function mergeWords({ a, b, parts }: Explanation): Explanation {
  const rows = groupWords(a.tokens);
  const columns = groupWords(b.tokens);
  const sums = new Float64Array(rows.words.length * columns.words.length);
  const width = b.tokens.length;
  parts.forEach((part, at) => {
    const row = rows.wordOf[Math.floor(at / width)]!;
    sums[row * columns.words.length + columns.wordOf[at % width]!]! += part;
  });
  return { a: { ...a, tokens: rows.words }, b: { ...b, tokens: columns.words }, parts: Float32Array.from(sums) };
}

/** The parts of pairs of which neither is marked. */
export function withoutMarked({ a, b, parts }: Explanation): Explanation {
  const placesOf = ({ tokens }: ReadText) => tokens.flatMap((token, i) => (isMarked(token) ? [] : [i]));
  const take = (read: ReadText, places: readonly number[]) => ({
    ...read,
    tokens: places.map((place) => read.tokens[place]!),
  });
  const rows = placesOf(a);
  const columns = placesOf(b);
  const kept = new Float32Array(rows.length * columns.length);
  let at = 0;
  for (const row of rows) for (const column of columns) kept[at++] = parts[row * b.tokens.length + column]!;
  return { a: take(a, rows), b: take(b, columns), parts: kept };
}

/** The `count` pairs that give or take most, the strongest first. */
export function strongestPairs({ b, parts }: Explanation, count: number): PartPair[] {
  const columns = b.tokens.length;
  return topK(parts.map(Math.abs), count).map((at) => ({
    a: Math.floor(at / columns),
    b: at % columns,
    part: parts[at]!,
  }));
}

interface Words {
  readonly words: readonly MarkedToken[];
  /** By token, its word. */
  readonly wordOf: readonly number[];
}

/** Tokens that go on with a word are joined to it, but never across the prompt's edge or to a special one. */
function groupWords(tokens: readonly MarkedToken[]): Words {
  const words: MarkedToken[] = [];
  const wordOf = tokens.map((token) => {
    const last = words.at(-1);
    if (!last || !token.continues || last.special || last.prompt !== token.prompt) return words.push(token) - 1;
    const text = (last.text === '␣' ? '' : last.text) + token.text;
    words[words.length - 1] = { ...last, text, unknown: last.unknown || token.unknown };
    return words.length - 1;
  });
  return { words, wordOf };
}
