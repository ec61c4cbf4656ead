/** How strongly a point belongs with each of its neighbours (McInnes, Healy & Melville 2018, section 3.1). */
import type { KnnGraph } from '../types';

/** umap-learn's constants: when the sum is near enough, and the least sigma as a share of the mean distance. */
const tolerance = 1e-5;
const leastSigmaShare = 1e-3;

/** Strengths are `rows x k`, row-major. */
export interface SmoothDistances {
  /** Each row's nearest distance that counts as apart. */
  readonly rhos: Float64Array;
  /** Each row's scale of distance. */
  readonly sigmas: Float64Array;
  readonly strengths: Float64Array;
}

/**
 * Strengths exp(-(distance - rho) / sigma), in (0, 1], of the graph's first `k` columns: rho is the distance of the
 * `localConnectivity`-th neighbour that is apart (interpolated), and sigma makes the strengths add up to log2(k + 1)
 * (`smooth_knn_dist` of umap-learn, where k + 1 neighbours count the point itself).
 */
export function smoothDistances(graph: KnnGraph, k: number, localConnectivity = 1): SmoothDistances {
  const { distances, rows, k: columns } = graph;
  const rhos = new Float64Array(rows);
  const sigmas = new Float64Array(rows);
  const strengths = new Float64Array(rows * k);
  let total = 0;
  for (let row = 0; row < rows; row++) for (let j = 0; j < k; j++) total += distances[row * columns + j]!;
  const meanOfAll = total / (rows * (k + 1));
  for (let row = 0; row < rows; row++) {
    const near = distances.subarray(row * columns, row * columns + k);
    const rho = findRho(near, localConnectivity);
    let mean = meanOfAll;
    if (rho > 0) {
      mean = 0;
      for (const distance of near) mean += distance;
      mean /= k + 1;
    }
    const sigma = Math.max(findSigma(near, rho), leastSigmaShare * mean);
    rhos[row] = rho;
    sigmas[row] = sigma;
    for (let j = 0; j < k; j++) strengths[row * k + j] = strengthOf(near[j]!, rho, sigma);
  }
  return { rhos, sigmas, strengths };
}

function strengthOf(distance: number, rho: number, sigma: number): number {
  // With a sigma of zero all neighbours are equal to the point.
  return distance <= rho || sigma === 0 ? 1 : Math.exp(-(distance - rho) / sigma);
}

/** Between the distances above zero that stand before and after `localConnectivity`; the farthest where they are too few. */
function findRho(near: Float32Array, localConnectivity: number): number {
  const first = near.findIndex((distance) => distance > 0);
  if (first < 0) return 0;
  const apart = near.length - first;
  if (apart < localConnectivity) return near[near.length - 1]!;
  const whole = Math.floor(localConnectivity);
  const part = localConnectivity - whole;
  const before = near[first + whole - 1]!;
  return part > tolerance && whole < apart ? before + part * (near[first + whole]! - before) : before;
}

/**
 * The sigma at which the strengths add up to the logarithm, which umap-learn finds by halving; zero where the neighbours that belong
 * fully are too many. The sum is convex in 1 / sigma and falls, so that Newton's steps from above the logarithm stay above it.
 */
function findSigma(near: Float32Array, rho: number): number {
  const target = Math.log2(near.length + 1);
  const full = near.reduce((count, distance) => (distance <= rho ? count + 1 : count), 0);
  if (full >= target + tolerance) return 0;
  let inverse = 1;
  for (let step = 0; step < 64; step++) {
    let sum = full;
    let slope = 0;
    for (let j = full; j < near.length; j++) {
      const apart = near[j]! - rho;
      const strength = Math.exp(-apart * inverse);
      sum += strength;
      slope -= apart * strength;
    }
    if (Math.abs(sum - target) < tolerance) break;
    // Below it, the steps begin where all belong fully.
    inverse = sum < target ? 0 : inverse - (sum - target) / slope;
  }
  return 1 / inverse;
}
