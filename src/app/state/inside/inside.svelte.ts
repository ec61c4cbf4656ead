/** What the lenses of 'Inside' show, one class a lens. */
import { BiasLens } from './bias.svelte';
import type { InsideParts } from './parts';
import { VectorLens } from './vector.svelte';

export class Inside {
  readonly vector: VectorLens;
  readonly bias: BiasLens;

  constructor(parts: InsideParts) {
    this.vector = new VectorLens(parts);
    this.bias = new BiasLens(parts);
  }
}
