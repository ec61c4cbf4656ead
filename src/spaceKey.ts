/** When two spaces are one: wherever spaces are told apart, it is by this. */
import type { SpaceId, SpaceSpec } from './types';

/** The name of a space, the same for equal specs and no others. */
export function spaceKey({ modelId, prompt, layer, adapter }: SpaceSpec): SpaceId {
  return JSON.stringify([modelId, prompt, layer ?? null, adapter ?? null]);
}

export function isSameSpace(a: SpaceSpec, b: SpaceSpec): boolean {
  return spaceKey(a) === spaceKey(b);
}

/**
 * The space of the vectors after `layer` of a model that has `layers`: after the last they are the model's own. An adapter belongs to
 * those, and is left out.
 */
export function spaceAtLayer({ modelId, prompt }: SpaceSpec, layer: number, layers: number): SpaceSpec {
  return layer === layers ? { modelId, prompt } : { modelId, prompt, layer };
}

/** The spaces after all layers of a model that has `layers`, from the embedding layer's to the model's own. */
export function layerSpecs(spec: SpaceSpec, layers: number): SpaceSpec[] {
  return Array.from({ length: layers + 1 }, (_, layer) => spaceAtLayer(spec, layer, layers));
}
