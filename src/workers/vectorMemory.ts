/** The embedder's memory, kept in this browser's storage. */
import type { VectorMemory } from '../embedding/embedder';
import { openStorage, type LocalStorage } from '../storage/storage';
import { vectorKey } from '../storage/vectorKey';

export function createVectorMemory(): VectorMemory {
  let storage: Promise<LocalStorage> | undefined;
  const opened = () => (storage ??= openStorage());
  const keysOf = (identity: string, prompt: string, texts: readonly string[]) =>
    Promise.all(texts.map((text) => vectorKey(identity, prompt, text)));
  return {
    get: async (identity, prompt, texts) => (await opened()).vectors.getMany(await keysOf(identity, prompt, texts)),
    put: async (identity, prompt, texts, known) => {
      const { cachedSpaces, vectors: cache } = await opened();
      // A part of them would help nobody, and push out what others need.
      if (!(await cache.fits(known.length, known[0]?.vector.length ?? 0))) return;
      // First: a vector of a space that is not noted would outlive its text.
      await cachedSpaces.note({ identity, prompt });
      const keys = await keysOf(identity, prompt, texts);
      await cache.putMany(known.map((entry, i) => ({ key: keys[i]!, ...entry })));
    },
  };
}
