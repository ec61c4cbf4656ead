/** What the lenses of 'Inside' show, one class a lens. */
import { AttentionLens } from './attention.svelte';
import { BiasLens } from './bias.svelte';
import { LayerFlight } from './layers.svelte';
import type { InsideParts } from './parts';
import { PromptsLens } from './prompts.svelte';
import { TuningLens } from './tuning.svelte';
import { VectorLens } from './vector.svelte';
import { WhyLens } from './why.svelte';

export class Inside {
  readonly attention: AttentionLens;
  readonly prompts: PromptsLens;
  readonly tuning: TuningLens;
  readonly vector: VectorLens;
  readonly why: WhyLens;
  readonly bias: BiasLens;
  readonly layers: LayerFlight;

  constructor(parts: InsideParts) {
    this.attention = new AttentionLens(parts);
    this.prompts = new PromptsLens(parts);
    this.tuning = new TuningLens(parts);
    this.vector = new VectorLens(parts);
    this.why = new WhyLens(parts);
    this.bias = new BiasLens(parts);
    this.layers = new LayerFlight(parts);
  }
}
