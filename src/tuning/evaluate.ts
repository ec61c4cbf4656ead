/** How well cosines tell alike pairs from unlike ones. */
import type { PairScore } from '../adapters';

/** Cosines of pairs, and 1 where they should be alike, else 0. */
export interface Judged {
  readonly cosines: ArrayLike<number>;
  readonly alike: ArrayLike<number>;
}

/**
 * The cosine at or above which pairs are taken for alike with the fewest errors: half way between two neighbouring cosines, the highest
 * of equally good ones. All pairs are alike above -1, and none above 1.
 */
export function bestThreshold({ cosines, alike }: Judged): number {
  const order = Array.from({ length: cosines.length }, (_, i) => i).sort((a, b) => cosines[b]! - cosines[a]!);
  let right = order.filter((i) => !alike[i]).length;
  let most = right;
  let threshold = 1 + Number.EPSILON;
  order.forEach((i, rank) => {
    right += alike[i] ? 1 : -1;
    const next = order[rank + 1];
    if (right <= most || (next !== undefined && cosines[next] === cosines[i])) return;
    most = right;
    threshold = next === undefined ? -1 : (cosines[i]! + cosines[next]!) / 2;
  });
  return threshold;
}

/** Accuracy at `threshold`, and the area under the ROC curve, which needs none. NaN where a kind of pair is missing. */
export function scorePairs(judged: Judged, threshold: number): PairScore {
  const { cosines, alike } = judged;
  let right = 0;
  for (let i = 0; i < cosines.length; i++) if (cosines[i]! >= threshold === Boolean(alike[i])) right++;
  return { accuracy: right / cosines.length, auc: rocArea(judged) };
}

/**
 * The chance that an alike pair has a higher cosine than an unlike one, ties by half: the Mann-Whitney statistic (Hanley & McNeil 1982,
 * The meaning and use of the area under a receiver operating characteristic curve, Radiology 143:29-36).
 */
export function rocArea({ cosines, alike }: Judged): number {
  const order = Array.from({ length: cosines.length }, (_, i) => i).sort((a, b) => cosines[a]! - cosines[b]!);
  let below = 0;
  let wins = 0;
  let positives = 0;
  for (let first = 0; first < order.length;) {
    let end = first;
    let tied = 0;
    for (; end < order.length && cosines[order[end]!] === cosines[order[first]!]; end++) if (alike[order[end]!]) tied++;
    const others = end - first - tied;
    wins += tied * (below + others / 2);
    positives += tied;
    below += others;
    first = end;
  }
  return wins / (positives * below);
}
