/**
 * How strongly two sets of target words, X and Y, are associated with two sets of attribute words, A and B: the Word Embedding
 * Association Test of Caliskan, Bryson & Narayanan 2017 (Science 356, doi:10.1126/science.aal4230), its form for sentences (SEAT:
 * May et al. 2019, https://aclanthology.org/N19-1063), and the relative norm distance of Garg et al. 2018 (PNAS 115,
 * doi:10.1073/pnas.1720347115). All in float64.
 *
 * The association of a word is s(w, A, B): its mean cosine with A less its mean cosine with B.
 */
import type { Matrix } from '../types';

/**
 * The words of a test as vectors: words x `sentences` rows each, those of one word one after another; a word by itself is one
 * sentence. No row is zero.
 */
export interface TestVectors {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly a: Matrix;
  readonly b: Matrix;
  readonly sentences: number;
}

/** Cosines of sentences with words. */
export interface CosineTable {
  /** Sentences of X, then those of Y, by words of A, then those of B, row-major: the mean over each such word's sentences. */
  readonly cosines: Float64Array<ArrayBuffer>;
  readonly words: { readonly x: number; readonly y: number; readonly a: number; readonly b: number };
  readonly sentences: number;
}

export function cosineTable({ x, y, a, b, sentences }: TestVectors): CosineTable {
  const words = { x: x.rows / sentences, y: y.rows / sentences, a: a.rows / sentences, b: b.rows / sentences };
  const columns = words.a + words.b;
  const targets = [...unitRows(x), ...unitRows(y)];
  const attributes = [...unitRows(a), ...unitRows(b)];
  const cosines = new Float64Array(targets.length * columns);
  targets.forEach((target, row) => {
    attributes.forEach((attribute, i) => {
      cosines[row * columns + Math.floor(i / sentences)]! += dot(target, attribute) / sentences;
    });
  });
  return { cosines, words, sentences };
}

/** s(w, A, B) of each target sentence, X before Y, -2 to 2. */
export function associations({ cosines, words }: CosineTable): Float64Array<ArrayBuffer> {
  const columns = words.a + words.b;
  const values = new Float64Array(cosines.length / columns);
  for (let row = 0; row < values.length; row++) {
    let a = 0;
    let b = 0;
    for (let j = 0; j < words.a; j++) a += cosines[row * columns + j]!;
    for (let j = words.a; j < columns; j++) b += cosines[row * columns + j]!;
    values[row] = a / words.a - b / words.b;
  }
  return values;
}

/** The mean of each word's sentences: `values` has `sentences` numbers a word. */
export function byWord(values: Float64Array, sentences: number): Float64Array<ArrayBuffer> {
  const words = new Float64Array(values.length / sentences);
  values.forEach((value, i) => (words[Math.floor(i / sentences)]! += value / sentences));
  return words;
}

/** Spreads below this are rounding: vectors are known to 1e-7 a number. */
const leastSpread = 1e-9;

/**
 * The difference of the means of the first `inX` values and the others, and the effect size, which is that difference by the standard
 * deviation of all values: that of the population (divided by n), as in wefe. By n - 1, as some code for the paper has it, it would be
 * smaller by the root of (n - 1) / n: 3 % for 16 words. NaN where all values are the same.
 */
export function effectOf(
  values: Float64Array,
  inX: number,
): { readonly difference: number; readonly effectSize: number } {
  let x = 0;
  let y = 0;
  for (let i = 0; i < inX; i++) x += values[i]!;
  for (let i = inX; i < values.length; i++) y += values[i]!;
  const mean = (x + y) / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const spread = Math.sqrt(squares / values.length);
  const difference = x / inX - y / (values.length - inX);
  return { difference, effectSize: spread < leastSpread ? NaN : difference / spread };
}

/**
 * The relative norm distance: how much farther `words` are from the mean of X than from that of Y, on average (Garg et al. add up
 * where wefe, and this, take the mean). Below 0 where they are nearer to X. The means are not brought to unit length.
 */
export function relativeNormDistance(words: Matrix, x: Matrix, y: Matrix): number {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const rows = unitRows(words);
  const sum = rows.reduce((total, row) => total + distance(row, meanX) - distance(row, meanY), 0);
  return sum / rows.length;
}

/** The mean of the unit vectors, which is shorter than they are. */
export function meanOf(matrix: Matrix): Float64Array<ArrayBuffer> {
  const mean = new Float64Array(matrix.dim);
  for (const row of unitRows(matrix)) for (let j = 0; j < mean.length; j++) mean[j]! += row[j]! / matrix.rows;
  return mean;
}

/** The rows as float64, of length 1 to the last digit: those of a float32 matrix are to 1e-7. */
export function unitRows({ data, rows, dim }: Matrix): Float64Array<ArrayBuffer>[] {
  return Array.from({ length: rows }, (_, i) => {
    const row = Float64Array.from(data.subarray(i * dim, (i + 1) * dim));
    const length = Math.sqrt(dot(row, row)) || 1;
    return row.map((value) => value / length);
  });
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return Math.sqrt(sum);
}
