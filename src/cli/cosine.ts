/** A cosine with `decimals` decimals; never a negative zero. */
export function formatCosine(cosine: number, decimals: number): string {
  const text = cosine.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text;
}
