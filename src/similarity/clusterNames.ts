/**
 * Names for clusters, made of what is in them: texts of a few words by those nearest to their middle, longer ones by the words that
 * are frequent in a cluster and rare elsewhere (class-based TF-IDF; Grootendorst 2022, "BERTopic").
 */
import { Pace, type WorkHooks } from '../pace';
import type { Matrix } from '../types';
import { dotRows, normalise } from '../vectors';
import { stopWords } from './stopWords';

/** Terms of a name. */
const terms = 3;
/** Texts of more words than this on average are named by words: a name of whole texts would be too long to read. */
const mostWordsOfName = 3;
/** Texts near the middle that are looked at: equal texts and those of other names leave some out. */
const mostMedoids = 3 * terms;
/** Texts between two looks at the clock. */
const stride = 256;
/** Characters of a text in a name. */
const longest = 28;

/**
 * The name of each cluster, no two alike. `texts`, `labels` (-1 for noise, else 0 to `count`, without it) and `vectors` (rows x dim,
 * of unit length) go row by row. Rejects with the signal's reason.
 */
export async function nameClusters(
  texts: readonly string[],
  labels: Int32Array,
  count: number,
  vectors: Matrix,
  { signal }: WorkHooks = {},
): Promise<string[]> {
  const pace = new Pace(signal);
  const words: string[][] = [];
  for (const text of texts) {
    words.push(wordsOf(text));
    if (words.length % stride === 0 && pace.due) await pace.rest();
  }
  const mean = words.reduce((sum, list) => sum + list.length, 0) / Math.max(texts.length, 1);
  const typical = mean > mostWordsOfName ? typicalWords(words, labels, count) : undefined;
  if (pace.due) await pace.rest();
  const medoids = medoidRows(vectors, labels, count);
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, label) => {
    const near = distinct(medoids[label]!.map((row) => shorten(texts[row]!)));
    const found = typical?.[label] ?? [];
    const name = distinctName(found.length > 0 ? found : near, taken);
    taken.add(name);
    return name;
  });
}

/** Words in lower case: letters, with marks, digits, hyphens and apostrophes inside. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/\p{L}(?:[\p{L}\p{M}\p{N}'-]*[\p{L}\p{M}\p{N}])?/gu) ?? []
  );
}

/**
 * For each cluster the words that are most its own, best first: tf(word, cluster) log(1 + A / f(word)), where tf is their share of
 * the cluster's words, f how often they are in all texts, and A the mean number of words of a cluster, the noise being one too.
 */
export function typicalWords(words: readonly (readonly string[])[], labels: Int32Array, count: number): string[][] {
  const frequency = new Map<string, number>();
  const within = Array.from({ length: count }, () => new Map<string, number>());
  let total = 0;
  words.forEach((list, row) => {
    const own = within[labels[row]!];
    total += list.length;
    for (const word of list) {
      if (stopWords.has(word) || word.length < 2) continue;
      frequency.set(word, (frequency.get(word) ?? 0) + 1);
      own?.set(word, (own.get(word) ?? 0) + 1);
    }
  });
  const average = total / (count + 1);
  return within.map((own) =>
    [...own]
      .map(([word, times]) => ({ word, weight: times * Math.log(1 + average / frequency.get(word)!) }))
      .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
      .slice(0, mostMedoids)
      .map(({ word }) => word),
  );
}

/** For each cluster the rows nearest to its mean vector, nearest first. */
export function medoidRows(vectors: Matrix, labels: Int32Array, count: number): number[][] {
  const { data, dim } = vectors;
  const means = new Float32Array(count * dim);
  labels.forEach((label, row) => {
    for (let d = 0; label >= 0 && d < dim; d++) means[label * dim + d]! += data[row * dim + d]!;
  });
  const middles: Matrix = { data: means, rows: count, dim };
  const near = Array.from({ length: count }, (_, label) => {
    normalise(means.subarray(label * dim, (label + 1) * dim));
    return new Array<{ row: number; cosine: number }>();
  });
  labels.forEach((label, row) => near[label]?.push({ row, cosine: dotRows(vectors, row, middles, label) }));
  return near.map((rows) =>
    rows
      .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
      .slice(0, mostMedoids)
      .map(({ row }) => row),
  );
}

/** The first terms; where that is another's name, one term more, and in the end a number. */
function distinctName(words: readonly string[], taken: ReadonlySet<string>): string {
  for (let length = terms; length <= Math.max(words.length, terms); length++) {
    const name = words.slice(0, length).join(', ');
    if (!taken.has(name)) return name;
  }
  const name = words.slice(0, terms).join(', ');
  for (let number = 2; ; number++) if (!taken.has(`${name} (${number})`)) return `${name} (${number})`;
}

/** Without those that differ in case alone from an earlier one. */
function distinct(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => {
    const key = text.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** By code points, so that no character is cut in two. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line.slice(0, 2 * longest)];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : line;
}
