/** Files of models as the page holds them: blobs, which cross to a worker without being copied and outlive it. */
import type { ReadModelFile } from '../embedding/modelFiles';
import { InputError, reasonOf } from '../errors';
import type { ModelEntry } from '../embedding/registry';

/** A model of the person's own: its entry, and its files by their path. */
export interface OwnModel {
  readonly entry: ModelEntry;
  readonly files: ReadonlyMap<string, Blob>;
}

/** What was chosen or dropped: the files of a folder by their path in it, or a zip archive. */
export type OwnSource =
  | { readonly kind: 'folder'; readonly files: ReadonlyMap<string, File> }
  | { readonly kind: 'zip'; readonly file: Blob };

/** A model that was opened and may be used. */
export interface TriedModel extends OwnModel {
  /** By how much a text's vector depends on its batch, in any number; undefined where it does not. */
  readonly shift?: number;
}

/** Reads its files. Rejects with an InputError where the browser no longer gives one. */
export function blobReader({ entry, files }: OwnModel): ReadModelFile {
  return async (path, onBytes) => {
    const blob = files.get(path);
    if (!blob) return undefined;
    const bytes = await bytesOf(blob, entry.name, path);
    onBytes(bytes.length);
    return bytes;
  };
}

/** What a blob holds. Rejects with an InputError that names the file and the browser's reason. */
export async function bytesOf(blob: Blob, model: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new InputError('ownUnreadable', { model, file, reason: reasonOf(error) });
  }
}
