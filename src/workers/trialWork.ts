/** The work of the trial worker: it opens one model that nobody checked, and is ended afterwards, whatever became of it. */
import { listPacked } from '../data/unpack';
import { Embedder } from '../embedding/embedder';
import { sha256 } from '../sha256';
import { checkSize, type GivenFiles } from '../embedding/ownFiles';
import { readOwnModel } from '../embedding/ownModel';
import { addModel, canaryFile } from '../embedding/registry';
import { batchTolerance, type Trial } from '../embedding/tryModel';
import { InputError } from '../errors';
import { blobReader, bytesOf, type OwnSource, type TriedModel } from './blobs';
import { createBrowserRuntime } from './runtime';

/** What a worker of the embedding worker's script is called that tries a model instead. */
export const trialName = 'trial';

export const trialWork = {
  /** By WebAssembly, whatever device the page uses: what it gives is what a device is held against afterwards. */
  async open(name: string, source: OwnSource): Promise<TriedModel> {
    const { entry, files } = await readOwnModel(name, await listFiles(name, source));
    // Copies, so that what was tried stays what is used, whatever becomes of the folder on the disk.
    const blobs = new Map([...files].map(([path, bytes]) => [path, new Blob([bytes])]));
    addModel(entry);
    let trial: Trial | undefined;
    const embedder = new Embedder({
      createRuntime: () => createBrowserRuntime('wasm'),
      readFile: () => blobReader({ entry, files: blobs }),
      onTried: (_, made) => (trial = made),
    });
    await embedder.load(entry.id);
    if (!trial) throw new InputError('modelFileMissing', { model: entry.id, file: canaryFile });
    const { shift, canary } = trial;
    const own = blobs.has(canaryFile)
      ? entry
      : { ...entry, files: { ...entry.files, [canaryFile]: await fileOf(canary) } };
    if (own !== entry) blobs.set(canaryFile, new Blob([canary]));
    return { entry: own, files: blobs, ...(shift > batchTolerance && { shift }) };
  },
};

async function listFiles(name: string, source: OwnSource): Promise<GivenFiles> {
  if (source.kind === 'folder')
    return new Map(
      [...source.files].map(([path, file]) => [path, { bytes: file.size, read: () => bytesOf(file, name, path) }]),
    );
  checkSize(name, source.file.size);
  const packed = listPacked(name, await bytesOf(source.file, name, name));
  return new Map(packed.map((file) => [file.name, { bytes: file.bytes, read: async () => file.unpack() }]));
}

const fileOf = async (bytes: Uint8Array<ArrayBuffer>) => ({ bytes: bytes.length, sha256: await sha256(bytes) });
