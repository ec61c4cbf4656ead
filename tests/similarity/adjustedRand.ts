/** How far two labellings group alike: the adjusted Rand index (Hubert & Arabie 1985), 1 for equal ones, about 0 for unrelated ones. */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const counts = (keys: readonly string[]) => {
    const found = new Map<string, number>();
    for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1);
    return [...found.values()].reduce((sum, count) => sum + pairs(count), 0);
  };
  const rows = Array.from({ length: a.length }, (_, i) => i);
  const both = counts(rows.map((i) => `${a[i]} ${b[i]}`));
  const [inA, inB] = [counts(rows.map((i) => `${a[i]}`)), counts(rows.map((i) => `${b[i]}`))];
  const expected = (inA * inB) / pairs(a.length);
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}
