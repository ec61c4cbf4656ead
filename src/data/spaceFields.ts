/** What made the vectors, as files say it: fields called `model`, `prompt`, `layer` and `adapter`. */
import type { SpaceSpec } from '../types';

export interface SpaceFields {
  readonly model?: unknown;
  readonly prompt?: unknown;
  readonly layer?: unknown;
  readonly adapter?: unknown;
}

/** The space that `fields` name; undefined unless they name a model and a prompt, or where they hold anything else besides. */
export function readSpaceFields({ model, prompt, layer, adapter }: SpaceFields): SpaceSpec | undefined {
  if (typeof model !== 'string' || typeof prompt !== 'string') return undefined;
  const isLayer = typeof layer === 'number' && Number.isInteger(layer) && layer >= 0;
  if ((layer !== undefined && !isLayer) || (adapter !== undefined && typeof adapter !== 'string')) return undefined;
  return { modelId: model, prompt, ...(isLayer && { layer }), ...(adapter !== undefined && { adapter }) };
}

export function writeSpaceFields({ modelId, prompt, ...rest }: SpaceSpec) {
  return { model: modelId, prompt, ...rest };
}
