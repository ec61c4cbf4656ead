/** The embedder's memory, kept in this browser's storage. */
import type { VectorMemory } from '../embedding/embedder';
import { openStorage, type LocalStorage } from '../storage/storage';
import { vectorKey } from '../storage/vectorKey';

export function createVectorMemory(): VectorMemory {
  let storage: Promise<LocalStorage> | undefined;
  const vectors = async () => (await (storage ??= openStorage())).vectors;
  const keysOf = (identity: string, prompt: string, texts: readonly string[]) =>
    Promise.all(texts.map((text) => vectorKey(identity, prompt, text)));
  return {
    get: async (identity, prompt, texts) => (await vectors()).getMany(await keysOf(identity, prompt, texts)),
    put: async (identity, prompt, texts, known) => {
      const cache = await vectors();
      // A part of them would help nobody, and push out what others need.
      if (!(await cache.fits(known.length, known[0]?.vector.length ?? 0))) return;
      const keys = await keysOf(identity, prompt, texts);
      await cache.putMany(known.map((entry, i) => ({ key: keys[i]!, ...entry })));
    },
  };
}
