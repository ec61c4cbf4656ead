/** Files of texts with vectors, so that no model is waited for. */
import { writeNpz } from '../src/data/npzWrite';
import { joinPieces } from '../src/data/pieces';
import type { Dataset, NewItem } from '../src/types';

/** As many dimensions as the bundled models have. */
const modelDim = 384;

/** Numbers without any order, the same at every run. */
export const noise = (i: number): number => Math.sin(i * 12.9898 + Math.floor(i / modelDim) ** 2);

/** `text 0`, `text 1` and so on, each with what `more` says of it. */
export function numberedTexts(rows: number, more: (row: number) => Partial<NewItem> = () => ({})): readonly NewItem[] {
  return Array.from({ length: rows }, (_, row) => ({ text: `text ${row}`, ...more(row) }));
}

/**
 * A NumPy file of these texts whose vectors point anywhere: no model made them, though `space` may say so. Of thousands of texts few
 * dimensions are enough, and the file is made and sent in a moment.
 */
export function vectorFile(
  items: readonly NewItem[],
  positions?: Dataset['positions'],
  dim: number = modelDim,
  space?: Dataset['space'],
): Uint8Array {
  const rows = items.length;
  const data = Float32Array.from({ length: rows * dim }, (_, i) => noise(i));
  for (let row = 0; row < rows; row++) {
    const vector = data.subarray(row * dim, (row + 1) * dim);
    const length = Math.hypot(...vector);
    vector.forEach((x, i) => (vector[i] = x / length));
  }
  const dataset = { items, vectors: { data, rows, dim }, ...(positions && { positions }), ...(space && { space }) };
  return joinPieces(writeNpz(dataset));
}

/** A NumPy file of these texts in these places, which a model of the page embeds. */
export function placedFile(items: readonly NewItem[], positions: Dataset['positions']): Uint8Array {
  return joinPieces(writeNpz({ items, ...(positions && { positions }) }));
}
