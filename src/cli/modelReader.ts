/** Model files from the disk. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadModelFile } from '../embedding/modelFiles';
import type { ModelEntry } from '../embedding/registry';
import { codeOf } from './files';
import { ownReader } from './ownModels';

/** Reads from `folder`/ID/PATH, or what was opened as a model of the person's own. A file that is not there is undefined, as `ReadModelFile` says; other failures reject. */
export function modelReader(folder: string): (entry: ModelEntry) => ReadModelFile {
  return (entry) =>
    ownReader(entry) ??
    (async (path, onBytes, signal) => {
      try {
        const bytes = new Uint8Array(await readFile(join(folder, entry.id, path), signal ? { signal } : {}));
        onBytes(bytes.length);
        return bytes;
      } catch (error) {
        const code = codeOf(error);
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
        throw error;
      }
    });
}
