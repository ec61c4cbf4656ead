/** What the two views of a comparison are called. */
import { lookUpModel } from '../../embedding/registry';
import { readImported } from '../../imported';
import { withDefaults } from '../../projection/options';
import type { MapView, SpaceSpec } from '../../types';
import type { Messages } from '../messages/messages.svelte';
import type { Second } from '../state/twoViews.svelte';

/** The model, the layer where it is not the last, its prompt where that is not its own, and what is applied to its vectors. */
export function nameOfSpace({ modelId, prompt, layer, adapter }: SpaceSpec, { t, modelName }: Messages): string {
  const imported = readImported(modelId);
  if (imported) return t('viewOfFile', { name: imported.file });
  const model = lookUpModel(modelId);
  const parts = [
    model ? modelName(model) : modelId,
    ...(layer === undefined ? [] : [t('viewOfLayer', { layer })]),
    ...(model?.prompt === prompt ? [] : [t('viewOfPrompt', { prompt })]),
    ...(adapter === undefined ? [] : [t('adapterName', { id: adapter.slice(0, 8) })]),
  ];
  return parts.join(', ');
}

export function nameOfSecond(
  { second, map }: { readonly second: Second; readonly map: MapView },
  messages: Messages,
): string {
  const { t, engineName } = messages;
  if (second.kind === 'file') return t('viewOfFile', { name: second.file.name });
  if (second.kind !== 'projection') return nameOfSpace(map.space, messages);
  const { engine, dims, nNeighbors, seed } = withDefaults(second.options);
  return t('viewOfProjection', {
    engine: engineName(engine),
    dims: `${dims}D`,
    neighbours: nNeighbors,
    seed: String(seed),
  });
}
