/** What the lenses of 'Inside' show, one class a lens. */
import type { InsideParts } from './parts';
import { TuningLens } from './tuning.svelte';
import { VectorLens } from './vector.svelte';

export class Inside {
  readonly tuning: TuningLens;
  readonly vector: VectorLens;

  constructor(parts: InsideParts) {
    this.tuning = new TuningLens(parts);
    this.vector = new VectorLens(parts);
  }
}
