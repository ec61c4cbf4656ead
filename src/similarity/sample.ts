/** A sample of rows, and what it says of all. */

/** The `i`-th row of a sample that is evenly spread over `rows`, follows no period of theirs, and has none twice. */
export function spreadRow(i: number, rows: number): number {
  return (i * strideFor(rows)) % rows;
}

/** The first number from the golden section of `rows` on that has no divisor in common with it. */
function strideFor(rows: number): number {
  const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
  let stride = Math.ceil(rows * 0.6180339887498949);
  while (commonDivisor(rows, stride) > 1) stride++;
  return stride;
}

/** NaN of none. */
export function meanOf(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Of the mean of a sample drawn from so many without putting back (Cochran, Sampling Techniques, 1977, 2.7). */
export function standardError(scores: Float64Array, population: number): number {
  const count = scores.length;
  const mean = meanOf(scores);
  let squares = 0;
  for (const score of scores) squares += (score - mean) ** 2;
  return Math.sqrt((squares / (count - 1) / count) * (1 - count / population));
}
