import { expect, it } from 'vitest';
import { databaseStore, folderStore, type KeptModel, type ModelStore } from '../../src/storage/ownModels';
import { freshIndexedDb } from './indexedDb';

const model = (id: string, text = 'weights'): KeptModel => ({
  id,
  entry: { id, dim: 8 },
  files: new Map([
    ['config.json', new Blob(['{}'])],
    ['onnx/model.onnx', new Blob([text])],
  ]),
});

async function textsOf({ id, entry, files }: KeptModel) {
  const texts = await Promise.all([...files].map(async ([path, blob]) => [path, await blob.text()]));
  return { id, entry, files: Object.fromEntries(texts) };
}

async function listed(store: ModelStore) {
  return (await Promise.all((await store.list()).map(textsOf))).sort((a, b) => a.id.localeCompare(b.id));
}

/** The part of the origin's private file system that is used, in memory; writing of `full` fails. */
class Folder {
  readonly kind = 'directory';
  readonly #entries = new Map<string, Folder | Blob>();

  constructor(private readonly full: { text: string }) {}

  keys() {
    return this.#entries.keys();
  }

  async getDirectoryHandle(name: string, { create = false } = {}) {
    const found = this.#entries.get(name) ?? (create ? new Folder(this.full) : undefined);
    if (!(found instanceof Folder)) throw new DOMException(name, 'NotFoundError');
    this.#entries.set(name, found);
    return found;
  }

  async getFileHandle(name: string, { create = false } = {}) {
    if (!create && !this.#entries.has(name)) throw new DOMException(name, 'NotFoundError');
    return {
      getFile: async () => this.#entries.get(name),
      createWritable: async () => ({
        write: async (blob: Blob) => {
          if ((await blob.text()) === this.full.text) throw new DOMException('no room', 'QuotaExceededError');
          this.#entries.set(name, blob);
        },
        abort: async () => undefined,
        close: async () => undefined,
      }),
    };
  }

  async removeEntry(name: string) {
    if (!this.#entries.delete(name)) throw new DOMException(name, 'NotFoundError');
  }
}

/** What is used of it is there. */
const asHandle = (folder: Folder) => folder as unknown as FileSystemDirectoryHandle;

it.each([
  ['the private file system', () => folderStore(asHandle(new Folder({ text: '' })))],
  [
    'a database',
    () => {
      freshIndexedDb();
      return databaseStore();
    },
  ],
])('%s gives models back as they were kept, until they are removed', async (_, open) => {
  const store = open();
  expect(await listed(store)).toEqual([]);
  await store.keep(model('a-0b312f237bb8'));
  await store.keep(model('b-e847eefcc0c5'));
  await store.keep(model('a-0b312f237bb8', 'newer'));
  expect(await listed(store)).toEqual([
    {
      id: 'a-0b312f237bb8',
      entry: { id: 'a-0b312f237bb8', dim: 8 },
      files: { 'config.json': '{}', 'onnx/model.onnx': 'newer' },
    },
    await textsOf(model('b-e847eefcc0c5')),
  ]);
  await store.remove('a-0b312f237bb8');
  await store.remove('never-kept-000000000000');
  expect((await listed(store)).map(({ id }) => id)).toEqual(['b-e847eefcc0c5']);
});

it('leaves nothing of a model that did not fit, and lists none that is not whole', async () => {
  const full = { text: 'too much' };
  const root = new Folder(full);
  const store = folderStore(asHandle(root));
  await store.keep(model('fits-0b312f237bb8'));
  await expect(store.keep(model('large-0b312f237bb8', 'too much'))).rejects.toThrow('no room');
  await (await root.getDirectoryHandle('half-0b312f237bb8', { create: true })).getFileHandle('0', { create: true });
  expect([...root.keys()]).toEqual(['fits-0b312f237bb8', 'half-0b312f237bb8']);
  expect((await listed(store)).map(({ id }) => id)).toEqual(['fits-0b312f237bb8']);
});
