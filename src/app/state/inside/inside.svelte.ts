/** What the lenses of 'Inside' show, one class a lens. */
import type { InsideParts } from './parts';
import { VectorLens } from './vector.svelte';

export class Inside {
  readonly vector: VectorLens;

  constructor(parts: InsideParts) {
    this.vector = new VectorLens(parts);
  }
}
