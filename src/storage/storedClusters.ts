/** The check of clusters that come back from storage. */
import type { Clusters } from '../types';

/** Clusters can be found again: what is not what it should be is left out. */
export function isClusters(value: unknown): value is Clusters {
  if (typeof value !== 'object' || value === null) return false;
  const { on, ids, labels, names, earlier }: Partial<Record<keyof Clusters, unknown>> = value;
  if (on !== 'map' && on !== 'vectors') return false;
  if (!isTexts(ids) || !isTexts(names) || typeof earlier !== 'boolean') return false;
  if (new Set(ids).size !== ids.length) return false;
  if (!(labels instanceof Int32Array) || labels.length !== ids.length) return false;
  return labels.every((label) => label >= -1 && label < names.length);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
