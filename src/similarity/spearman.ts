/** Spearman's rank correlation. */

/**
 * How far two rows of numbers rise together, -1 to 1: Pearson's correlation of their ranks, equal ones at the mean of their ranks
 * (Spearman 1904, The proof and measurement of association between two things; as scipy's `spearmanr`). NaN for fewer than two
 * numbers, and where all of one row are equal. Throws a RangeError for rows of different length.
 */
export function spearman(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers beside ${b.length}`);
  const x = ranksOf(a);
  const y = ranksOf(b);
  // Ties keep the mean of all ranks.
  const mean = (a.length - 1) / 2;
  let products = 0;
  let ofX = 0;
  let ofY = 0;
  for (let i = 0; i < x.length; i++) {
    const [p, q] = [x[i]! - mean, y[i]! - mean];
    products += p * q;
    ofX += p * p;
    ofY += q * q;
  }
  return ofX > 0 && ofY > 0 ? products / Math.sqrt(ofX * ofY) : NaN;
}

/** Ranks from 0, equal values at the mean of theirs. */
function ranksOf(values: Float32Array): Float64Array {
  const sorted = values.slice().sort();
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    ranks[i] = (countBelow(sorted, value, false) + countBelow(sorted, value, true) - 1) / 2;
  }
  return ranks;
}

/** How many of `sorted` are less than `value`, or with `orEqual` not more. */
function countBelow(sorted: Float32Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle]!;
    if (at < value || (orEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
