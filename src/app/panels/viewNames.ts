/** What the two views of a comparison are called. */
import { models } from '../../embedding/registry';
import { readImported } from '../../imported';
import { withDefaults } from '../../projection/options';
import type { MapView, SpaceSpec } from '../../types';
import type { Messages } from '../messages/messages.svelte';
import type { Second } from '../state/twoViews.svelte';

/** The model, and its prompt where that is not its own. */
export function nameOfSpace({ modelId, prompt }: SpaceSpec, { t, modelName }: Messages): string {
  const imported = readImported(modelId);
  if (imported) return t('viewOfFile', { name: imported.file });
  const model = models.find(({ id }) => id === modelId);
  const name = model ? modelName(model) : modelId;
  return model?.prompt === prompt ? name : `${name}, ${t('viewOfPrompt', { prompt })}`;
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
