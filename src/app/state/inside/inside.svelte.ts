/** What the lenses of 'Inside' show, one class a lens. */
import type { InsideParts } from './parts';
import { VectorLens } from './vector.svelte';
import { WhyLens } from './why.svelte';

export class Inside {
  readonly vector: VectorLens;
  readonly why: WhyLens;

  constructor(parts: InsideParts) {
    this.vector = new VectorLens(parts);
    this.why = new WhyLens(parts);
  }
}
