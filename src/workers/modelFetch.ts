/** Model files from this machine, where they were kept, or else from the page's own origin. */
import type { ReadModelFile } from '../embedding/modelFiles';
import type { ModelEntry } from '../embedding/registry';
import { InputError } from '../errors';
import { findKept, keep } from './modelCache';

/** `base` is the page's own address: the worker's script lies elsewhere. */
export function modelReader(base: string): (entry: ModelEntry) => ReadModelFile {
  return (entry) => async (path, onBytes, signal) => {
    const file = entry.files[path];
    const url = new URL(`models/${entry.id}/${path}`, base);
    const kept = file && (await findKept(url, file));
    if (kept) return readAll(kept, onBytes);
    const response = await fetch(url, signal ? { signal } : {}).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw new InputError('modelUnreachable', { model: entry.id, file: path, reason: String(error) });
    });
    if (!response.ok) return undefined;
    const bytes = await readAll(response, onBytes);
    // Not awaited: a file that cannot be kept is fetched again next time, and is no failure now.
    if (file && bytes) void keep(url, file, bytes).catch(() => undefined);
    return bytes;
  };
}

/** The body, read as a stream so that progress can be shown; undefined when there is none. */
async function readAll(
  { body }: Response,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!body) return undefined;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for (const reader = body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    chunks.push(value);
    onBytes((read += value.length));
  }
}
