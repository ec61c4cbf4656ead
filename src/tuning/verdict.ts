import type { PairScore } from '../adapters';

/** Whether training helped pairs that it did not see: more of them are told apart, or as many and their order is better. */
export function improves(before: PairScore, after: PairScore): boolean {
  return after.accuracy > before.accuracy || (after.accuracy === before.accuracy && after.auc > before.auc);
}
