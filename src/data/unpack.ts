/** Archives that a stranger packed, entry by entry: what an entry declares is held against what it unpacks to. */
import { Inflate } from 'fflate';
import { InputError } from '../errors';
import { crc32 } from '../kernels/crc32';
import { mostUnpacked } from './bomb';
import { ownMemory, type RangedBytes, viewOf } from './bytes';
import { type DirectoryEntry, readDirectory } from './zipDirectory';

export interface PackedFile {
  readonly name: string;
  /** As the archive declares it. */
  readonly bytes: number;
  /**
   * Unpacks this file alone. Throws an InputError as soon as it gives more, or at its end fewer, bytes than declared, where their checksum
   * is another, and where it has a password.
   */
  unpack(): Uint8Array<ArrayBuffer>;
  /** The same, piece by piece. */
  pieces(): Generator<Uint8Array>;
}

const localSignature = 0x04034b50;
const localBytes = 30;
/**
 * Bytes that are read at a time: few at first, as often no more are wanted, then many, as a browser takes milliseconds for however few. And
 * of these those that are inflated at a time: deflate makes at most 1,032 times as many.
 */
const step = { first: 1 << 16, read: 1 << 22, inflated: 1 << 14 } as const;
const mostOfDeflate = 1032;
/** More than this, unpacked, is refused before it is unpacked: a small archive can claim any size. */
const mostBytes = 2_000_000_000;

/**
 * The files of an archive, folders left out, by its directory. Nothing is unpacked yet. Throws an InputError when the archive is damaged, one
 * of several disks, or has a name that leads out of it.
 */
export function listPacked(archive: string, bytes: RangedBytes): PackedFile[] {
  return readDirectory(archive, bytes).map((entry) => {
    if (leadsOut(entry.name)) throw new InputError('ownFileName', { name: archive, file: entry.name });
    return packedFile(archive, bytes, entry);
  });
}

/**
 * Those files of an archive that `wanted` takes, by name (names are only compared, never used as paths). Throws as `listPacked` does of a
 * damaged archive, and where they would unpack to more than 2 GB.
 */
export function packedFiles(
  archive: string,
  bytes: RangedBytes,
  wanted: (name: string) => boolean,
): Map<string, PackedFile> {
  const entries = readDirectory(archive, bytes).filter(({ name }) => wanted(name));
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const limit = mostUnpacked(total, bytes.length, mostBytes);
  if (total > limit) throw new InputError('zipTooLarge', { file: archive, bytes: total, limit });
  return new Map(entries.map((entry) => [entry.name, packedFile(archive, bytes, entry)]));
}

/** Names of the files of an archive, without unpacking any. Throws when the archive is damaged. */
export function listZip(archive: string, bytes: RangedBytes): string[] {
  return readDirectory(archive, bytes).map(({ name }) => name);
}

function packedFile(archive: string, bytes: RangedBytes, entry: DirectoryEntry): PackedFile {
  const { name, method, size } = entry;
  const pieces = (first: number) => unpackPieces(archive, bytes, entry, first);
  // What is stored, read at once, need not be put together.
  const unpack = () => unpackWhole(pieces(method === 0 ? size : step.read), size);
  return { name, bytes: size, pieces: () => pieces(step.first), unpack };
}

function unpackWhole(pieces: Generator<Uint8Array>, size: number): Uint8Array<ArrayBuffer> {
  // What is wrong with the entry is found before there is memory for it.
  const first = pieces.next();
  const isAll = !first.done && first.value.length === size;
  const whole = isAll ? ownMemory(first.value) : new Uint8Array(size);
  let at = 0;
  // The end of the pieces tells whether they are what was packed.
  for (let next = first; !next.done; next = pieces.next()) {
    if (!isAll) whole.set(next.value, at);
    at += next.value.length;
  }
  return whole;
}

function* unpackPieces(
  archive: string,
  bytes: RangedBytes,
  entry: DirectoryEntry,
  first: number,
): Generator<Uint8Array> {
  const { name, size, checksum } = entry;
  const data = packedBytes(archive, bytes, entry, first);
  const wrong = (found: string) => damaged(archive, `${name}: ${found} bytes instead of ${size}`);
  let crc = 0;
  let done = 0;
  for (const piece of entry.method === 0 ? data : inflate(data, entry.packed, wrong)) {
    done += piece.length;
    if (done > size) throw wrong(`more than ${done - 1}`);
    crc = crc32(piece, crc);
    yield piece;
  }
  if (done !== size) throw wrong(String(done));
  if (crc !== checksum) throw new InputError('zipChecksum', { file: archive, entry: name });
}

/** The bytes of an entry as they stand in the archive. Throws where it cannot be unpacked. */
function packedBytes(archive: string, bytes: RangedBytes, entry: DirectoryEntry, first: number): Generator<Uint8Array> {
  const { name, method, packed, size, local } = entry;
  if (entry.isEncrypted) throw new InputError('zipEncrypted', { file: archive, entry: name });
  if (method !== 0 && method !== 8) throw damaged(archive, `${name}: compression ${method} is not known`);
  const head = local + localBytes > bytes.length ? undefined : bytes.subarray(local, local + localBytes);
  const view = head && viewOf(head);
  if (view?.getUint32(0, true) !== localSignature) throw damaged(archive, name);
  const start = local + localBytes + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + packed > bytes.length) throw damaged(archive, `${name} is cut short`);
  const most = method === 0 ? packed : packed * mostOfDeflate;
  if (size > most || (method === 0 && size !== packed))
    throw damaged(archive, `${name}: ${packed} bytes instead of ${size}`);
  return slices(bytes, start, start + packed, first);
}

function* slices(bytes: RangedBytes, start: number, end: number, first: number): Generator<Uint8Array> {
  for (let at = start, next = at + first; at < end; at = next, next += step.read)
    yield bytes.subarray(at, Math.min(end, next));
}

function* inflate(data: Iterable<Uint8Array>, packed: number, wrong: (found: string) => Error): Generator<Uint8Array> {
  let taken = 0;
  let done = 0;
  let chunks: Uint8Array[] = [];
  const inflater = new Inflate((chunk) => chunks.push(chunk));
  for (const read of data)
    for (let at = 0; at < read.length; at += step.inflated) {
      const part = read.subarray(at, at + step.inflated);
      taken += part.length;
      chunks = [];
      try {
        inflater.push(part, taken === packed);
      } catch {
        throw wrong(`damaged after ${done}`);
      }
      for (const chunk of chunks) done += chunk.length;
      yield* chunks;
    }
}

function damaged(archive: string, reason: string): InputError {
  return new InputError('zipDamaged', { file: archive, reason });
}

/** Absolute, with a drive, or through a folder above. */
function leadsOut(name: string): boolean {
  return /^[/\\]|^[a-z]:/i.test(name) || name.split(/[/\\]/).includes('..') || name.includes('\0');
}
