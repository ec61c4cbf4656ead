/** What is remembered on this machine: the open collection, the others, and the vectors of texts that are gone. */
import type { CollectionSummary } from '../../storage/collections';
import { forgetEverything } from '../../storage/forget';
import { SavedChannel } from '../../storage/savedChannel';
import { openStorage, type LocalStorage } from '../../storage/storage';
import type { StoredCollection } from '../../storage/storedCollection';
import { vectorKey } from '../../storage/vectorKey';
import { WriterLock, type WriterRole } from '../../storage/writer';
import { modelIdentity, models } from '../../embedding/registry';

/** A change is saved once nothing changed for this long, so that a run of frames is one write. */
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
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending: (() => StoredCollection) | undefined;

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

  /** Saves soon; `snapshot` is taken then. */
  touch(snapshot: () => StoredCollection): void {
    if (this.role === 'reader') return;
    this.#pending = snapshot;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), saveDelay);
  }

  /** Saves now what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const snapshot = this.#pending;
    this.#pending = undefined;
    if (!snapshot || this.role === 'reader') return;
    const stored = snapshot();
    const kept = await this.storage.collections.save(stored);
    this.failure = kept === 'kept' ? undefined : kept;
    await this.storage.settings.save({ lastCollection: stored.id });
    this.#channel.announceSaved(stored.id);
    await this.refresh();
  }

  async remove(id: string): Promise<void> {
    await this.storage.collections.remove(id);
    this.#channel.announceSaved(id);
    await this.refresh();
  }

  /** Notes that the vectors of `texts` go once the deletion cannot be undone. */
  async schedulePurge(texts: readonly string[]): Promise<void> {
    await this.storage.purge.schedule(await keysOf(texts));
  }

  /** Removes the noted vectors, but for texts that some collection still has, or that `open` has. */
  async purge(open: readonly string[]): Promise<void> {
    if (this.role !== 'writer') return;
    const pending = await this.storage.purge.pending();
    if (pending.size === 0) return;
    const inUse = new Set(await keysOf(open));
    for (const { id } of this.list) {
      const stored = await this.load(id).catch(() => undefined);
      if (stored) for (const key of await keysOf(stored.items.map(({ text }) => text))) inUse.add(key);
    }
    await this.storage.purge.purgeAll(inUse);
  }

  /** Empties every store of this origin. What could not be emptied is named. */
  async forget(): Promise<readonly string[]> {
    clearTimeout(this.#timer);
    this.#pending = undefined;
    const { failed } = await forgetEverything(this.storage.database);
    return failed.map(({ store, reason }) => `${store} (${reason})`);
  }
}

/** The cache's keys of `texts` under every bundled model with its own prompt. */
async function keysOf(texts: readonly string[]): Promise<string[]> {
  const spaces = models.map((model) => ({ identity: modelIdentity(model), prompt: model.prompt }));
  return Promise.all(spaces.flatMap(({ identity, prompt }) => texts.map((text) => vectorKey(identity, prompt, text))));
}
