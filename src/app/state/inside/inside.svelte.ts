/** What the lenses of 'Inside' show, one class a lens. */
import { AttentionLens } from './attention.svelte';
import type { InsideParts } from './parts';
import { VectorLens } from './vector.svelte';

export class Inside {
  readonly attention: AttentionLens;
  readonly vector: VectorLens;

  constructor(parts: InsideParts) {
    this.attention = new AttentionLens(parts);
    this.vector = new VectorLens(parts);
  }
}
