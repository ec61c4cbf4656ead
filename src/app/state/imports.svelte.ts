/** Imported vectors on the screen: what they leave off, and what stands in. */
import { readImported, type Imported } from '../../imported';
import type { Subject } from '../../questions';
import type { SpaceSpec } from '../../types';
import { specFor } from './arrival';
import type { CollectionState } from './collection.svelte';
import { checkTexts, spaceForNew, subjectFor } from './importing';
import type { Maps } from './maps.svelte';
import type { Notices } from './notices.svelte';
import type { Preferences } from './preferences.svelte';

interface Parts {
  readonly collection: CollectionState;
  readonly maps: Maps;
  readonly notices: Notices;
  readonly preferences: Preferences;
}

export class Imports {
  constructor(private readonly parts: Parts) {}

  /** What their space tells; undefined where the vectors are those of a model. */
  get here(): Imported | undefined {
    return readImported(this.parts.maps.spec.modelId);
  }

  /** The space for new texts. */
  get newSpace(): SpaceSpec {
    const { maps, preferences } = this.parts;
    return spaceForNew(maps.spec, preferences.modelId, specFor(preferences.language));
  }

  /** What a query is about. Throws where nothing here can make its vector. */
  subjectFor(query: string): Subject {
    const { collection, maps } = this.parts;
    return subjectFor(query, maps.spec, collection.byText);
  }

  /** Whether some of `texts` are new and nothing here can make their vectors, which is said. */
  refuses(texts: readonly string[]): boolean {
    const { collection, maps, notices } = this.parts;
    try {
      checkTexts(texts, maps.spec, collection.byText);
      return false;
    } catch (error) {
      notices.error(error);
      return true;
    }
  }
}
