/** Numbers and texts as an SVG file has them. */

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML can hold it: what it cannot, control characters and halves of surrogate pairs, becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character]!);
}

/** A hundredth of a pixel is less than anybody sees, and shorter to write. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
