/** What the lenses of 'Inside' show, one class a lens. */
import type { InsideParts } from './parts';
import { PromptsLens } from './prompts.svelte';
import { VectorLens } from './vector.svelte';

export class Inside {
  readonly prompts: PromptsLens;
  readonly vector: VectorLens;

  constructor(parts: InsideParts) {
    this.prompts = new PromptsLens(parts);
    this.vector = new VectorLens(parts);
  }
}
