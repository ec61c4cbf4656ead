/** What a visit begins with: the collection that was open, another that is kept, or a starter. */
import { defaultModelFor } from '../../embedding/registry';
import type { SpaceSpec } from '../../types';
import type { WorkerEngine } from '../../workers/engine';
import type { Messages } from '../messages/messages.svelte';
import type { Keeping } from './keeping.svelte';
import type { Library } from './library.svelte';
import type { Notices } from './notices.svelte';
import type { Preferences } from './preferences.svelte';
import { fetchStarter, starterFor } from './starter';

interface Parts {
  readonly engine: WorkerEngine;
  readonly library: Library;
  readonly messages: Messages;
  readonly notices: Notices;
  readonly preferences: Preferences;
}

/** The model and prompt to begin with in a language. */
export function specFor(language: string): SpaceSpec {
  const { id, prompt } = defaultModelFor(language);
  return { modelId: id, prompt };
}

/** Shows the first collection. One that cannot be read is said, and the next one is tried. */
export async function arrive(parts: Parts, keeping: Keeping): Promise<void> {
  const { library, notices, preferences } = parts;
  const last = preferences.lastCollection;
  const ids = new Set([...(last === undefined ? [] : [last]), ...keeping.list.map(({ id }) => id)]);
  for (const id of ids) {
    try {
      const stored = await keeping.load(id);
      if (!stored) continue;
      library.show(stored);
      return;
    } catch (error) {
      notices.error(error);
    }
  }
  await openStarter(parts);
}

async function openStarter({ engine, library, messages, notices, preferences }: Parts): Promise<void> {
  const starter = starterFor(preferences.language);
  try {
    const dataset = await engine.openFile(await fetchStarter(starter));
    const { stored } = await library.create(messages.t(starter.nameKey), dataset, {
      file: starter.nameKey,
      trusted: true,
    });
    library.show(stored);
    library.save();
  } catch (error) {
    notices.error(error);
    library.show(library.empty(messages.t('untitled')));
  }
}
