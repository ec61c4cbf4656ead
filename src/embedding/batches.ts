/** Which texts are run together. */

export interface BatchLimits {
  /** Texts of a batch. */
  readonly rows: number;
  /** Rows x longest length, padding included: what a run needs memory for. A text longer than this runs alone. */
  readonly tokens: number;
  /** How many times the shortest length of a batch its longest may be. */
  readonly stretch: number;
}

/**
 * 16 to 64 rows were equally fast on words; fewer are sooner cancelled. Budgets of 1,024, 2,048 and 4,096 tokens were
 * equally fast too (1.6 s each on 64 texts of 130 tokens), so the least memory is taken. A stretch of 2 runs 24 texts
 * of 3 to 130 tokens in 0.20 s, where 0.28 s go without it and 0.52 s in one batch; 1.5 gains no more.
 */
export const batchLimits: BatchLimits = { rows: 32, tokens: 1024, stretch: 2 };

/**
 * Indices of `lengths` (tokens of each text) in batches, shortest texts first, ties by lower index: sorted by length,
 * a batch has little padding. Every index is in one batch.
 */
export function makeBatches(lengths: readonly number[], limits: BatchLimits = batchLimits): number[][] {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const i of order) {
    const length = lengths[i]!;
    const isFull =
      batch.length === limits.rows ||
      (batch.length + 1) * length > limits.tokens ||
      length > limits.stretch * lengths[batch[0] ?? i]!;
    if (batch.length === 0 || isFull) batches.push((batch = []));
    batch.push(i);
  }
  return batches;
}
