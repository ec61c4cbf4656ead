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
 * Of maps of 200 to 20,000 texts, where clusters were looked at: with a fifth of the root of their number there are some dozens of
 * them and up to 200, and 3 samples leave 2 to 41 % as noise, 10 samples 1 to 60 %.
 */
export function defaultClusterOptions(rows: number): ClusterOptions {
  return { minClusterSize: Math.max(5, Math.round(Math.sqrt(rows) / 5)), minSamples: 3 };
}
