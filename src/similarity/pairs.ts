/** Pairs of rows: all of them, or where they are many a fixed sample. */

/** A Weyl sequence over the pairs: evenly spread, the same at every call, no generator needed. */
const step = 0.6180339887498949;

/**
 * Visits each pair of different rows once where there are at most `all`, else `sampled` pairs, each row about as often as any
 * other. Returns how many were visited.
 */
export function visitPairs(
  rows: number,
  { all, sampled }: { readonly all: number; readonly sampled: number },
  visit: (a: number, b: number, at: number) => void,
): number {
  const pairs = (rows * (rows - 1)) / 2;
  if (pairs <= all) {
    let at = 0;
    for (let i = 0; i < rows; i++) for (let j = i + 1; j < rows; j++) visit(i, j, at++);
    return pairs;
  }
  for (let at = 0, i = 0; at < sampled; at++) {
    i = (i + 1) % rows;
    const offset = 1 + Math.floor((((at + 1) * step) % 1) * (rows - 1));
    visit(i, (i + offset) % rows, at);
  }
  return sampled;
}
