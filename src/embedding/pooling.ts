import { normalise } from '../vectors';
import type { Pooling } from './registry';

/** The pooling of that name: `poolMean`, or the first token's vector instead of the mean, scaled to unit length as well. */
export function poolingOf(pooling: Pooling = 'mean'): typeof poolMean {
  return pooling === 'cls'
    ? (hidden, row, length, _tokens, out) => poolMean(hidden, row * length, 1, 1, out)
    : poolMean;
}

/**
 * Mean of a text's token vectors, scaled to unit length (Reimers and Gurevych 2019, Sentence-BERT).
 * `hidden` is batch x length x dim, row-major; the text is row `row` of it with `tokens` tokens before its padding.
 * The result is written into `out` (dim numbers).
 */
export function poolMean(hidden: Float32Array, row: number, length: number, tokens: number, out: Float32Array): void {
  const dim = out.length;
  const sums = new Float64Array(dim);
  let p = row * length * dim;
  for (let token = 0; token < tokens; token++) for (let j = 0; j < dim; j++, p++) sums[j]! += hidden[p]!;
  for (let j = 0; j < dim; j++) out[j] = sums[j]! / tokens;
  normalise(out);
}
