/** The answer to each inspection, by a model that is loaded. */
import type { Attention, Finding, InspectionKind, InspectionOf } from '../inspections';
import type { SpaceSpec } from '../types';
import { inspectPair } from './explain';
import type { Model } from './model';
import { applyPrompt } from './prompt';

type Inspector<K extends InspectionKind> = (
  model: Model,
  spec: SpaceSpec,
  inspection: InspectionOf<K>,
) => Promise<Finding<K>>;

const inspectors: { readonly [K in InspectionKind]: Inspector<K> } = {
  attention: inspectAttention,
  explain: inspectPair,
};

/** The prompt of `spec` stands around every text that is inspected. Throws an InputError where the model's file lacks what it needs. */
export function inspect<K extends InspectionKind>(
  model: Model,
  spec: SpaceSpec,
  inspection: InspectionOf<K>,
): Promise<Finding<K>> {
  const inspector: Inspector<K> = inspectors[inspection.kind];
  return inspector(model, spec, inspection);
}

async function inspectAttention(
  model: Model,
  { prompt }: SpaceSpec,
  { text }: InspectionOf<'attention'>,
): Promise<Attention> {
  const { layers, heads } = model.entry;
  const tokens = model.tokeniser.tokenise(applyPrompt(prompt, text));
  const names = Array.from({ length: layers }, (_, layer) => `attentions.${layer}`);
  const count = tokens.ids.length;
  return model.run([tokens], names, ({ outputs }) => {
    const size = heads * count * count;
    const weights = new Float32Array(layers * size);
    outputs.forEach((layer, i) => weights.set(layer, i * size));
    return {
      tokens: model.tokeniser.describe(tokens.ids),
      truncated: tokens.truncated,
      layers,
      heads,
      weights,
    };
  });
}
