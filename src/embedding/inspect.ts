/** The answer to each inspection, by a model that is loaded. */
import type { Finding, InspectionKind, InspectionOf } from '../inspections';
import type { SpaceSpec } from '../types';
import { inspectPair } from './explain';
import { inspectAttention, inspectAttentionOverview } from './inspectAttention';
import { inspectOccurrences } from './inspectOccurrences';
import type { Model } from './model';

type Inspector<K extends InspectionKind> = (
  model: Model,
  spec: SpaceSpec,
  inspection: InspectionOf<K>,
) => Promise<Finding<K>>;

const inspectors: { readonly [K in InspectionKind]: Inspector<K> } = {
  attention: inspectAttention,
  attentionOverview: inspectAttentionOverview,
  occurrences: inspectOccurrences,
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
