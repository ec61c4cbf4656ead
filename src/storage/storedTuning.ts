/** Pairs and adapters as they are kept with a collection, and the check of what comes back: what is not sound is left out. */
import type { Adapter, TextPair } from '../adapters';
import { isRecord } from './shape';

export interface StoredTuning {
  readonly pairs?: readonly TextPair[];
  readonly adapters?: readonly Adapter[];
}

export function readTuning({
  pairs,
  adapters,
}: {
  readonly pairs?: unknown;
  readonly adapters?: unknown;
}): StoredTuning {
  const sound = Array.isArray(adapters) ? adapters.filter(isAdapter) : [];
  return {
    ...(Array.isArray(pairs) && { pairs: pairs.filter(isPair) }),
    ...(sound.length > 0 && { adapters: sound }),
  };
}

const isPair = (value: unknown): value is TextPair =>
  isRecord(value) && typeof value.a === 'string' && typeof value.b === 'string' && typeof value.alike === 'boolean';

/** How it was trained is only told: where it is not whole, the adapter is not taken either, as something has changed it. */
function isAdapter(value: unknown): value is Adapter {
  if (!isRecord(value)) return false;
  const { id, base, dim, weights, record } = value;
  return (
    typeof id === 'string' &&
    isRecord(base) &&
    typeof base.modelId === 'string' &&
    typeof base.prompt === 'string' &&
    base.prompt.includes('{text}') &&
    typeof dim === 'number' &&
    weights instanceof Float32Array &&
    weights.length === dim * dim &&
    weights.every(Number.isFinite) &&
    (record === undefined || isTrained(record))
  );
}

const isTrained = (record: unknown): boolean =>
  isRecord(record) &&
  typeof record.pairs === 'number' &&
  isRecord(record.options) &&
  [record.before, record.after].every(
    (score) =>
      score === undefined || (isRecord(score) && typeof score.accuracy === 'number' && typeof score.auc === 'number'),
  );
