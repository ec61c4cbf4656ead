import type { Database } from './database';

/** What vectors in the cache were made by: as `vectorKey` takes it. */
export interface CachedSpace {
  /** The hex sha256 of the model's weights, or of a file of imported vectors. */
  readonly identity: string;
  readonly prompt: string;
}

const name = 'vectorSpaces';

/**
 * The models and prompts of which the cache has, or had, vectors. Its keys are hashes: who wants to remove all of a text's vectors must
 * know what they were made by.
 */
export class CachedSpaces {
  readonly #database: Database;
  /** Those that need not be written again. */
  readonly #noted = new Set<string>();

  constructor(database: Database) {
    this.#database = database;
  }

  async note({ identity, prompt }: CachedSpace): Promise<void> {
    const mark = JSON.stringify([identity, prompt]);
    if (this.#noted.has(mark)) return;
    const kept = await this.#database.write(['settings'], async (tx) => {
      const store = tx.objectStore('settings');
      const known = readSpaces(await store.get(name));
      if (!known.some((space) => space.identity === identity && space.prompt === prompt))
        await store.put([...known, { identity, prompt }], name);
    });
    if (kept === 'kept') this.#noted.add(mark);
  }

  async list(): Promise<readonly CachedSpace[]> {
    return readSpaces(await this.#database.read(['settings'], (tx) => tx.objectStore('settings').get(name)));
  }
}

/** What is of another shape is left out. */
function readSpaces(stored: unknown): CachedSpace[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((space: unknown) => {
    if (typeof space !== 'object' || space === null || !('identity' in space) || !('prompt' in space)) return [];
    const { identity, prompt } = space;
    return typeof identity === 'string' && typeof prompt === 'string' ? [{ identity, prompt }] : [];
  });
}
