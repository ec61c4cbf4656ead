/** umap-learn's constants: when the sum is near enough, and the least sigma as a share of the mean distance. */
const tolerance = 1e-5;
const leastSigmaShare = 1e-3;

/**
 * How strongly a point belongs with each of its neighbours, in (0, 1]: exp(-(distance - rho) / sigma), where rho is the
 * nearest distance above zero, and sigma makes the strengths add up to log2(k + 1) (`smooth_knn_dist` of umap-learn, where
 * k + 1 neighbours count the point itself; McInnes, Healy & Melville 2018, section 3.1). `distances` are nearest first.
 */
export function membershipStrengths(distances: ArrayLike<number>): Float64Array {
  const k = distances.length;
  const near = Float64Array.from(distances);
  const rho = near.find((distance) => distance > 0) ?? 0;
  const target = Math.log2(k + 1);
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  for (let i = 0; i < 64; i++) {
    let sum = 0;
    for (const distance of near) sum += Math.exp(-Math.max(0, distance - rho) / sigma);
    if (Math.abs(sum - target) < tolerance) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  const mean = near.reduce((sum, distance) => sum + distance, 0) / (k + 1);
  sigma = Math.max(sigma, leastSigmaShare * mean);
  return near.map((distance) => Math.exp(-Math.max(0, distance - rho) / sigma));
}
