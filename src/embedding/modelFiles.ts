/** A model's files, read whole and checked before anything runs them. */
import { InputError } from '../errors';
import { sha256 } from '../sha256';
import type { OnProgress } from '../types';
import type { ModelEntry } from './registry';

/**
 * Reads one file of a model: in the page by `fetch`, on the command line from the disk.
 * Resolves to undefined when there is no such file; calls `onBytes` with the bytes read so far.
 */
export type ReadModelFile = (
  path: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
) => Promise<Uint8Array<ArrayBuffer> | undefined>;

export type ModelFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * Every file of `entry`, its size and sha256 checked against the registry. Progress counts bytes.
 * Throws an InputError that names the file when one is missing, of another size or of other content.
 */
export async function loadModelFiles(
  entry: ModelEntry,
  read: ReadModelFile,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<ModelFiles> {
  const expected = Object.entries(entry.files);
  const total = expected.reduce((sum, [, file]) => sum + file.bytes, 0);
  const loaded = new Map<string, number>();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  await Promise.all(
    expected.map(async ([path, file]) => {
      const bytes = await read(
        path,
        (count) => {
          loaded.set(path, count);
          const done = [...loaded.values()].reduce((sum, part) => sum + part, 0);
          onProgress?.({ stage: 'model', done: Math.min(done, total), total });
        },
        signal,
      );
      if (!bytes) throw new InputError('modelFileMissing', { model: entry.id, file: path });
      if (bytes.length !== file.bytes)
        throw new InputError('modelFileSize', { model: entry.id, file: path, got: bytes.length, expected: file.bytes });
      const got = await sha256(bytes);
      if (got !== file.sha256)
        throw new InputError('modelFileChanged', { model: entry.id, file: path, got, expected: file.sha256 });
      files.set(path, bytes);
    }),
  );
  signal?.throwIfAborted();
  return files;
}
