import { lookUpModel } from '../../embedding/registry';
import type { ExportOptions } from '../../types';
import type { Explorer } from '../state/explorer.svelte';

/** What a standalone page says of itself: the collection's name, this page's language, and what made the vectors. */
export function pageWords({ collection, imports, maps, messages }: Explorer): NonNullable<ExportOptions['page']> {
  const { modelId } = maps.spec;
  const entry = lookUpModel(modelId);
  const model = imports.here?.file ?? (entry ? messages.modelName(entry) : modelId);
  return { title: collection.name, language: messages.language, model };
}
