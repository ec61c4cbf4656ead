/** What is remembered on this machine: the open collection, the others, and the vectors of texts that are gone. */
import type { CachedSpace } from '../../storage/cachedSpaces';
import type { CollectionSummary } from '../../storage/collections';
import { forgetEverything } from '../../storage/forget';
import { SavedChannel } from '../../storage/savedChannel';
import { openStorage, type LocalStorage } from '../../storage/storage';
import type { StoredCollection } from '../../storage/storedCollection';
import { textName, vectorKey } from '../../storage/vectorKey';
import { WriterLock, type WriterRole } from '../../storage/writer';
import { knownModels, modelIdentity } from '../../embedding/registry';
import { Autosave } from './autosave';

/** What changes at every frame (the camera) or can be made again (where a text was placed) waits this long, in ms. */
const saveDelay = 400;

export class Keeping {
  list = $state.raw<readonly CollectionSummary[]>([]);
  role = $state.raw<WriterRole>('unknown');
  /** Why the last change will not outlive the page; undefined while all is well. */
  failure = $state.raw<'refused' | 'full' | undefined>();

  /** Called when another tab saved the collection of this id, or when this tab may write from now on. */
  onOutdated: ((id: string | undefined) => void) | undefined;

  #writer = new WriterLock();
  #channel = new SavedChannel();
  #autosave = new Autosave<StoredCollection>((stored) => this.#write(stored));

  private constructor(readonly storage: LocalStorage) {
    this.failure = storage.database.remembered ? undefined : 'refused';
  }

  static async open(): Promise<Keeping> {
    const keeping = new Keeping(await openStorage());
    keeping.role = await keeping.#writer.acquire();
    keeping.#writer.onChange = (role) => {
      const waited = keeping.role === 'reader' && role === 'writer';
      keeping.role = role;
      if (waited) keeping.onOutdated?.(undefined);
    };
    keeping.#channel.onSaved = (id) => {
      void keeping.refresh();
      if (keeping.role === 'reader') keeping.onOutdated?.(id);
    };
    await keeping.refresh();
    return keeping;
  }

  async refresh(): Promise<void> {
    this.list = await this.storage.collections.list();
  }

  load(id: string): Promise<StoredCollection | undefined> {
    return this.storage.collections.load(id);
  }

  /**
   * Saves what only the person can make: texts, names, choices. It begins after the next frame: by then the page shows the
   * change and the worker embeds it, so that copying a large collection into the database delays neither.
   */
  save(snapshot: () => StoredCollection): void {
    this.#request(snapshot, 0);
  }

  /** Saves what would not be missed much, a little later. */
  saveLater(snapshot: () => StoredCollection): void {
    this.#request(snapshot, saveDelay);
  }

  /** Saves now what waits: the collection is about to leave the screen, or the page to close. */
  flush(): Promise<void> {
    return this.#autosave.flush();
  }

  #request(snapshot: () => StoredCollection, wait: number): void {
    if (this.role !== 'reader') this.#autosave.request(snapshot, wait);
  }

  async #write(stored: StoredCollection): Promise<void> {
    // Together: a page that is being closed gets no further than this line.
    const [kept] = await Promise.all([
      this.storage.collections.save(stored),
      this.storage.settings.save({ lastCollection: stored.id }),
    ]);
    this.failure = kept === 'kept' ? undefined : kept;
    this.#channel.announceSaved(stored.id);
    // Not awaited: the next change need not wait for a list.
    void this.refresh();
  }

  async remove(id: string): Promise<void> {
    // What is being written may be that collection: it must not come back.
    await this.flush();
    await this.storage.collections.remove(id);
    this.#channel.announceSaved(id);
    await this.refresh();
  }

  /** Notes that the vectors of `texts` go once the deletion cannot be undone. */
  async schedulePurge(texts: readonly string[]): Promise<void> {
    const { cachedSpaces, purge } = this.storage;
    const spaces = [...defaultSpaces(), ...(await cachedSpaces.list())];
    await purge.schedule(await namedKeys(texts, spaces));
  }

  /** Removes the noted vectors, but for those of texts that some collection still has, or that are `open`. */
  async purge(open: readonly string[]): Promise<void> {
    if (this.role !== 'writer') return;
    const { purge } = this.storage;
    if ((await purge.pending()).size === 0) return;
    const inUse = new Set(await namesOf(open));
    for (const { id } of this.list) {
      const stored = await this.load(id).catch(() => undefined);
      for (const name of await namesOf(stored?.items.map(({ text }) => text) ?? [])) inUse.add(name);
    }
    await purge.purgeAll(inUse);
  }

  /** Empties every store of this origin. What could not be emptied is named. */
  async forget(): Promise<readonly string[]> {
    this.#autosave.cancel();
    const { failed } = await forgetEverything(this.storage.database);
    return failed.map(({ store, reason }) => `${store} (${reason})`);
  }
}

/** Those of which an earlier version of the page kept vectors without noting it. */
function defaultSpaces(): CachedSpace[] {
  return knownModels().map((model) => ({ identity: modelIdentity(model), prompt: model.prompt }));
}

const namesOf = (texts: readonly string[]) => Promise.all(texts.map(textName));

/** By the names of `texts`, the cache's keys of their vectors of all `spaces`. */
async function namedKeys(texts: readonly string[], spaces: readonly CachedSpace[]): Promise<Map<string, string[]>> {
  const named = texts.map(async (text): Promise<[string, string[]]> => {
    const keys = await Promise.all(spaces.map(({ identity, prompt }) => vectorKey(identity, prompt, text)));
    return [await textName(text), [...new Set(keys)]];
  });
  return new Map(await Promise.all(named));
}
