/**
 * What each pair of tokens gives to the cosine of two texts.
 *
 * A text's vector is the mean of its tokens' hidden states h_1..h_n, brought to unit length. So the cosine of two vectors is a sum over
 * pairs, exactly: cos = sum over i, j of (h_i . g_j) / (n m |mean h| |mean g|). Nothing is approximated and nothing is left over, but a
 * hidden state has its whole text in it: a part belongs to two tokens in their contexts, not to two words of a dictionary.
 */

/** The hidden states of one text: tokens x dim, row-major. */
export interface HiddenStates {
  readonly data: Float32Array;
  readonly tokens: number;
}

/**
 * The parts of the cosine of two texts, tokens of `h` x tokens of `g`, row-major, computed in float64; all 0 where one of the means
 * has no length.
 */
export function cosineParts(h: HiddenStates, g: HiddenStates, dim: number): Float32Array<ArrayBuffer> {
  const parts = new Float32Array(h.tokens * g.tokens);
  const length = sumLength(h, dim) * sumLength(g, dim);
  if (length === 0) return parts;
  const { data: x } = h;
  const { data: y } = g;
  for (let i = 0, at = 0; i < h.tokens; i++) {
    const from = i * dim;
    for (let j = 0, q = 0; j < g.tokens; j++, at++) {
      let sum = 0;
      for (let p = from; p < from + dim; p++, q++) sum += x[p]! * y[q]!;
      // |n mean| is the length of the sum: n and m are in it.
      parts[at] = sum / length;
    }
  }
  return parts;
}

/** Length of the sum of all hidden states. */
function sumLength({ data, tokens }: HiddenStates, dim: number): number {
  const sums = new Float64Array(dim);
  for (let token = 0, p = 0; token < tokens; token++) for (let j = 0; j < dim; j++, p++) sums[j]! += data[p]!;
  return Math.sqrt(sums.reduce((square, value) => square + value * value, 0));
}
