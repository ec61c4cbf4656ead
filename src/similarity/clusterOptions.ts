/** What can be chosen of clusters, and the defaults: plain data, for the page and the command line too. */

export interface ClusterOptions {
  /** Rows that a cluster has at least; 2 or more. */
  readonly minClusterSize: number;
  /**
   * Rows, itself included (as scikit-learn counts them), within whose reach a row is told dense from sparse; 1 or more. Many make
   * more noise.
   */
  readonly minSamples: number;
}

export const clusterRanges = {
  minClusterSize: { min: 2, max: 1000, whole: true },
  minSamples: { min: 1, max: 100, whole: true },
} as const;

/**
 * Of maps of 200 to 20,000 texts: with a fifth of the root of their number as the least size there are 11 to 191 clusters, and with 3
 * samples 2 to 42 % of the texts are noise. Vectors hardly crowd: of 5,000 words there, 5 texts at least and 2 samples leave 61 %
 * as noise, 3 samples 74 %, and with 10 texts at least nearly all others are one cluster.
 */
export function defaultClusterOptions(rows: number, on: 'map' | 'vectors'): ClusterOptions {
  if (on === 'vectors') return { minClusterSize: 5, minSamples: 2 };
  return { minClusterSize: Math.max(5, Math.round(Math.sqrt(rows) / 5)), minSamples: 3 };
}
