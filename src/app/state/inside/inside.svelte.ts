/** What the lenses of 'Inside' show, one class a lens. */
import { LayerFlight } from './layers.svelte';
import type { InsideParts } from './parts';
import { VectorLens } from './vector.svelte';

export class Inside {
  readonly vector: VectorLens;
  readonly layers: LayerFlight;

  constructor(parts: InsideParts) {
    this.vector = new VectorLens(parts);
    this.layers = new LayerFlight(parts);
  }
}
