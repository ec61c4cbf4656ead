/** Files as the command line meets them: read whole or in pieces, and written to their end or not at all. */
import { randomUUID } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { access, constants, open, readFile, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ownMemory } from '../data/bytes';
import type { NamedPieces } from '../data/namedFiles';
import type { Pieces } from '../data/pieces';
import { InputError } from '../errors';

/** Bytes that are read from a file at once. */
const pieceBytes = 1 << 18;

/** The bytes of `file`. Throws an InputError when it is missing, a folder, or cannot be read. */
export async function readInput(file: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const bytes = await readFile(file, signal ? { signal } : {});
    // A small one is a part of memory that others have parts of, a large one has all of its own: no copy, which would be as large.
    return ownMemory(bytes);
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(file, error);
  }
}

/** A file that is read as its bytes are needed. Throws as `readInput` does, here and when it is read. */
export async function openInput(file: string, signal: AbortSignal): Promise<NamedPieces> {
  const { size } = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      const stream: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: pieceBytes, signal });
      yield* stream;
    } catch (error) {
      signal.throwIfAborted();
      throw unreadable(file, error);
    }
  }
  return {
    name: file,
    size,
    pieces,
    range: (begin, end) => readRange(file, begin, end),
    whole: () => readInput(file, signal),
  };
}

/** The bytes of `file` from `begin` to `end`, fewer where it ends before. Throws as `readInput` does. */
function readRange(file: string, begin: number, end: number): Uint8Array {
  try {
    const opened = openSync(file, 'r');
    try {
      const bytes = new Uint8Array(end - begin);
      let length = 0;
      for (let more = -1; more !== 0 && length < bytes.length; length += more)
        more = readSync(opened, bytes, length, bytes.length - length, begin + length);
      return bytes.subarray(0, length);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Whether `file` can be read, asked without reading it. Throws as `readInput` does. */
export async function checkInput(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (!(await stat(file)).isFile()) throw new InputError('inputFolder', { file });
}

function unreadable(file: string, error: unknown): InputError {
  const code = codeOf(error);
  if (code === 'ENOENT') return new InputError('inputMissing', { file });
  if (code === 'EISDIR') return new InputError('inputFolder', { file });
  return new InputError('inputUnreadable', { file, reason: reasonOf(error) });
}

/**
 * Whether `file` can be written, asked before the work that takes long. Throws an InputError when its folder does not exist
 * or cannot be written to, or when it is there and no plain file.
 */
export async function checkOutput(file: string): Promise<void> {
  const folder = dirname(file);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new InputError('outputFolderMissing', { file, folder });
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile()) throw new InputError('outputNotFile', { file });
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw new InputError('outputFailed', { file, reason: reasonOf(error) });
  });
}

/**
 * Writes `file` beside its place, each piece while the next one is made, and then renames it there, so that no reader ever sees half of it;
 * on a failure nothing is left. A link is followed. Throws an InputError with the system's reason, and what making a piece throws.
 */
export async function writeOutput(file: string, bytes: Uint8Array | Pieces, signal?: AbortSignal): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    const handle = await open(beside, 'wx');
    try {
      await (bytes instanceof Uint8Array ? writeAll(handle, bytes) : writePieces(handle, bytes, signal));
    } finally {
      await handle.close();
    }
    signal?.throwIfAborted();
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    signal?.throwIfAborted();
    // The system's errors have a code; whatever else was thrown is of the pieces.
    if (error instanceof InputError || codeOf(error) === undefined) throw error;
    throw new InputError('outputFailed', { file, reason: reasonOf(error) });
  }
}

/**
 * The system takes a piece, on a thread of its own, while the next one is made. As a piece holds until then only, it is copied: the two
 * copies take turns.
 */
async function writePieces(handle: FileHandle, pieces: Pieces, signal?: AbortSignal): Promise<void> {
  let [free, busy] = [new Uint8Array(0), new Uint8Array(0)];
  let writing = Promise.resolve();
  try {
    for (const piece of pieces) {
      if (free.length < piece.length) free = new Uint8Array(piece.length);
      free.set(piece);
      await writing;
      signal?.throwIfAborted();
      writing = writeAll(handle, free.subarray(0, piece.length));
      [free, busy] = [busy, free];
    }
  } finally {
    await writing;
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

/** The system's code of an error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}
