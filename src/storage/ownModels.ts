/**
 * Models of the person's own that are kept on this machine: in the origin's private file system, or where a browser has none that a
 * page can write to, in a database of their own.
 */
import { openDB } from 'idb';
import type { DBSchema } from 'idb';

/** Plain data (the model's entry), and files by their path. Both were written by some version of the page: check what is read. */
export interface KeptModel {
  readonly id: string;
  readonly entry: unknown;
  readonly files: ReadonlyMap<string, Blob>;
}

export interface ModelStore {
  /** Whole models; one that was being written when the page closed is none. */
  list(): Promise<KeptModel[]>;
  /** Writes over what was kept under its id. Rejects with the browser's reason, and leaves nothing behind. */
  keep(model: KeptModel): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Both names: of a folder, and of a database. `forgetEverything` finds them by listing what there is. */
export const modelsName = 'constela-models';
/** Written last: a folder without it is not whole. */
const entryName = 'model.json';

interface Schema extends DBSchema {
  models: { key: string; value: { id: string; entry: unknown; files: [string, Blob][] } };
}

/** Undefined where nothing can be kept. */
export async function openModelStore(): Promise<ModelStore | undefined> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(modelsName, { create: true });
    if ('createWritable' in FileSystemFileHandle.prototype) return folderStore(folder);
  } catch {
    // Not a secure context, an old browser, or a private window.
  }
  return globalThis.indexedDB && databaseStore();
}

/** One folder a model, its files numbered: their paths stand in `model.json`. */
export function folderStore(folder: FileSystemDirectoryHandle): ModelStore {
  const remove = async (id: string) => {
    await folder.removeEntry(id, { recursive: true }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    });
  };
  return {
    list: async () => {
      const found: KeptModel[] = [];
      for (const id of await namesIn(folder)) {
        const model = await readFolder(id, await folder.getDirectoryHandle(id)).catch(() => undefined);
        if (model) found.push(model);
      }
      return found;
    },
    keep: async ({ id, entry, files }) => {
      await remove(id);
      try {
        const own = await folder.getDirectoryHandle(id, { create: true });
        const paths = [...files.keys()];
        for (const [i, path] of paths.entries()) await write(own, String(i), files.get(path)!);
        await write(own, entryName, new Blob([JSON.stringify({ entry, paths })]));
      } catch (error) {
        await remove(id).catch(() => undefined);
        throw error;
      }
    },
    remove,
  };
}

async function readFolder(id: string, folder: FileSystemDirectoryHandle): Promise<KeptModel | undefined> {
  const blobOf = async (name: string) => (await folder.getFileHandle(name)).getFile();
  const kept: unknown = JSON.parse(await (await blobOf(entryName)).text());
  if (typeof kept !== 'object' || kept === null || !('entry' in kept) || !('paths' in kept)) return undefined;
  if (!Array.isArray(kept.paths)) return undefined;
  const files = new Map<string, Blob>();
  for (const [i, path] of kept.paths.entries()) files.set(String(path), await blobOf(String(i)));
  return { id, entry: kept.entry, files };
}

async function write(folder: FileSystemDirectoryHandle, name: string, blob: Blob): Promise<void> {
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  try {
    await writable.write(blob);
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
  await writable.close();
}

/** The names of what lies in a folder; none where this browser cannot list them. */
export async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  if (hasKeys(folder)) for await (const name of folder.keys()) names.push(name);
  return names;
}

const hasKeys = (folder: object): folder is { keys(): AsyncIterable<string> } =>
  'keys' in folder && typeof folder.keys === 'function';

/** Opened for each piece of work alone, so that forgetting everything never waits for it. */
export function databaseStore(): ModelStore {
  const open = () =>
    openDB<Schema>(modelsName, 1, {
      upgrade: (database) => void database.createObjectStore('models', { keyPath: 'id' }),
    });
  async function within<T>(work: (database: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
    const database = await open();
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }
  return {
    list: () =>
      within(async (database) =>
        (await database.getAll('models')).map(({ id, entry, files }) => ({ id, entry, files: new Map(files) })),
      ),
    keep: ({ id, entry, files }) =>
      within(async (database) => void (await database.put('models', { id, entry, files: [...files] }))),
    remove: (id) => within((database) => database.delete('models', id)),
  };
}
