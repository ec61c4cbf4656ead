/** An order of a few texts in which like ones stand beside each other. */

/**
 * The rows of a similarity matrix (count x count, row-major, symmetric) in the order of the leaves of their average-linkage
 * tree (UPGMA: Sokal & Michener 1958): the two most similar clusters are joined, as similar as their members are on average, until one is
 * left. Of the four ways to lay two clusters side by side the one is taken whose touching ends are most similar. Equal
 * similarities join the lower rows first. It takes count³, so it is for dozens.
 */
export function clusterOrder(similarities: Float32Array, count: number): Int32Array<ArrayBuffer> {
  let clusters: (readonly number[])[] = Array.from({ length: count }, (_, row) => [row]);
  const between = (a: number, b: number) => similarities[a * count + b]!;
  const average = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, row) => sum + b.reduce((part, other) => part + between(row, other), 0), 0) / (a.length * b.length);
  while (clusters.length > 1) {
    let [left, right] = [0, 1];
    let best = -Infinity;
    clusters.forEach((a, i) =>
      clusters.slice(i + 1).forEach((b, j) => {
        const similarity = average(a, b);
        if (similarity > best) [left, right, best] = [i, i + 1 + j, similarity];
      }),
    );
    const joined = joinEnds(clusters[left]!, clusters[right]!, between);
    clusters = clusters.map((cluster, i) => (i === left ? joined : cluster)).filter((_, i) => i !== right);
  }
  return Int32Array.from(clusters[0] ?? []);
}

function joinEnds(
  a: readonly number[],
  b: readonly number[],
  between: (a: number, b: number) => number,
): readonly number[] {
  const ways = [
    [a, b],
    [a, b.toReversed()],
    [a.toReversed(), b],
    [a.toReversed(), b.toReversed()],
  ] as const;
  const touch = ([left, right]: (typeof ways)[number]) => between(left[left.length - 1]!, right[0]!);
  const best = ways.reduce((kept, way) => (touch(way) > touch(kept) ? way : kept));
  return [...best[0], ...best[1]];
}
